import { setTimeout as delay } from 'node:timers/promises';
import type { MeshStatus } from '@reroot/shared/api';
import { errorMessage, toRerootError } from '@reroot/shared/errors';
import { meshDocument } from '@reroot/simulator/fleet-launcher';
import type { ChaosFleet } from './chaos-fleet.ts';
import { comeToRest, judgeHandshakesAtRest, settleMs } from './come-to-rest.ts';
import { type ClusterName, durationOf, type Fault, type Phase } from './fault.ts';
import { judgeTraffic, type TrafficAllowance, type Violation } from './invariants.ts';
import { isTerminal, judgeAtRest, lastSeq } from './look-at-rest.ts';
import { meshName, meshPlan } from './mesh.ts';
import { act, exclude } from './operator.ts';
import { createPerson, type Person } from './person.ts';
import type { Plan, PlannedFault } from './plan.ts';
import { policyOf } from './policy.ts';
import { followStarvation, starvedMs } from './starvation.ts';
import { type Ending, type Mishap, strike } from './strike.ts';
import { tellFault } from './tell-plan.ts';
import { type Watch, watchFleet } from './watch-fleet.ts';

/** How a run went. */
export interface RunOutcome {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** What happened, each line with the milliseconds since the beginning. */
  readonly story: readonly string[];
  readonly states: readonly string[];
  readonly endState: string;
  readonly handshakes: number;
  readonly tookMs: number;
  /** How long the clusters waited for a processor in the worst five seconds. */
  readonly starvedMs: number;
  /** How many faults have begun. */
  readonly faults: number;
}

type Seen = Pick<RunOutcome, 'states' | 'endState' | 'handshakes'>;

/** Faults end by then, whether they have all come or not. */
const chaosMs = 45_000;
const lookMs = 50;
const startAgainMs = 500;

/** Carries a plan out on a fleet that is at rest, and leaves it at rest. @throws the signal's reason */
export async function runPlan(fleet: ChaosFleet, plan: Plan, signal: AbortSignal): Promise<RunOutcome> {
  const run = new Run(fleet, plan, signal);
  return run.carryOut();
}

class Run {
  readonly #fleet: ChaosFleet;
  readonly #plan: Plan;
  readonly #signal: AbortSignal;
  readonly #startedMs = performance.now();
  readonly #story: string[] = [];
  readonly #violations: Violation[] = [];
  readonly #reachedMs = new Map<Phase, number>();
  /** Aborts when faults are to end. */
  readonly #over = new AbortController();
  readonly #under: Promise<void>[] = [];
  readonly #person: Person;
  readonly #excluded = new Set<ClusterName>();
  #begun = 0;

  constructor(fleet: ChaosFleet, plan: Plan, signal: AbortSignal) {
    this.#fleet = fleet;
    this.#plan = plan;
    this.#signal = signal;
    this.#person = createPerson({ fleet, plan, tell: (text) => this.#tell(text) }, signal);
  }

  async carryOut(): Promise<RunOutcome> {
    const endsBefore = this.#fleet.suddenEnds.length;
    const starvation = followStarvation(this.#fleet.parts.get('clusters')?.pid() ?? 0, this.#signal);
    let seen: Seen = { states: [], endState: 'no rest', handshakes: 0 };
    try {
      seen = await this.#watched(() => (starvation.mostMs() < starvedMs ? 'free' : 'starved'));
    } catch (thrown) {
      this.#signal.throwIfAborted();
      this.#violations.push({ invariant: 'terminal-state', message: `the run broke off: ${errorMessage(thrown)}` });
    } finally {
      await starvation.stop();
    }
    this.#judgeEnds(endsBefore);
    return {
      ...{ seed: this.#plan.seed, story: this.#story, violations: this.#violations, ...seen },
      ...{ tookMs: performance.now() - this.#startedMs, faults: this.#begun, starvedMs: Math.round(starvation.mostMs()) },
    };
  }

  async #watched(machine: () => TrafficAllowance['machine']): Promise<Seen> {
    const { control } = this.#fleet;
    await this.#prepare();
    const since = await lastSeq(this.#fleet, this.#signal);
    const before = await control.traffic(this.#signal);
    const started = await this.#start();
    // Nobody looks before: the rotation before this one has ended in such a state, too.
    const watch = watchFleet(this.#fleet, started.generation, this.#signal);
    try {
      await this.#makeChaos(watch);
      this.#tell('no fault is left');
      const end = await comeToRest(this.#fleet, this.#person, this.#signal);
      const endState = 'invariant' in end ? 'no rest' : end.state;
      this.#tell(`${endState} at the end`);
      this.#violations.push(...('invariant' in end ? [end] : await this.#judgeRest(end, since, machine)));
      const after = await control.traffic(this.#signal);
      const allowed = { machine: machine(), excluded: this.#excluded };
      this.#violations.push(...judgeTraffic(before, after, this.#plan, allowed));
      return { states: watch.states, endState, handshakes: after.ok - before.ok };
    } finally {
      await watch.stop();
      this.#violations.push(...watch.violations);
    }
  }

  async #judgeRest(end: MeshStatus, since: number, machine: () => TrafficAllowance['machine']): Promise<readonly Violation[]> {
    const [fleet, plan, signal] = [this.#fleet, this.#plan, this.#signal];
    const refused = await judgeHandshakesAtRest(fleet, plan, machine, signal);
    return [...refused, ...(await judgeAtRest(fleet, end, { plan, since }, signal))];
  }

  /** The policy is the plan's, and agents that are to be upgraded are of the release before. */
  async #prepare(): Promise<void> {
    const { api, gate } = this.#fleet;
    await api.applyMesh(meshName, meshDocument(meshPlan(policyOf(this.#plan, gate.url))), this.#signal);
    const upgraded = new Set(this.#plan.faults.flatMap(({ fault }) => (fault.kind === 'upgrade' ? [fault.cluster] : [])));
    for (const cluster of this.#fleet.means.earlierAgent === undefined ? [] : upgraded) {
      await this.#fleet.setAgentRelease(cluster, 'earlier');
      const part = this.#fleet.parts.get(cluster);
      await part?.bringDown('stop');
      await part?.raise();
    }
    if (upgraded.size === 0) return;
    const told = await this.#fleet.getInStep();
    if (told === 'started-anew') this.#tell('the clock of an agent was set back across a restart: mgmt is started anew');
  }

  async #makeChaos(watch: Watch): Promise<void> {
    this.#reachedMs.set('START', performance.now());
    const waiting = [...this.#plan.faults];
    let answering: Promise<void> | undefined;
    const untilMs = performance.now() + chaosMs;
    while (performance.now() < untilMs) {
      const status = watch.status();
      if (status !== undefined) this.#note(status);
      for (const due of waiting.filter((each) => this.#isDue(each))) {
        waiting.splice(waiting.indexOf(due), 1);
        this.#under.push(this.#begin(due, watch));
      }
      if (status !== undefined && this.#person.isAsked(status)) {
        answering ??= this.#answer(status).finally(() => {
          answering = undefined;
        });
      }
      if (status !== undefined && isTerminal(status)) break;
      await delay(lookMs, undefined, { signal: this.#signal });
    }
    this.#over.abort();
    await Promise.all(this.#under);
    await answering;
    for (const { phase, fault } of waiting) {
      this.#tell(`${phase} was not reached in time for: ${tellFault(fault)}`);
      // The next run, and a replay, begin with agents of this release.
      if (fault.kind === 'upgrade') await (await this.#strike(fault))?.();
    }
  }

  /** mgmt is there: no fault comes before. */
  async #start(): Promise<MeshStatus> {
    const { kind: verification } = this.#plan.verification;
    const deadlineMs = performance.now() + settleMs;
    let answer: 'heard' | 'lost' = 'heard';
    for (;;) {
      try {
        const started = await this.#fleet.api.startRotation(meshName, { by: 'chaos', verification }, this.#signal);
        this.#tell('the rotation is started');
        return started;
      } catch (thrown) {
        this.#signal.throwIfAborted();
        // Agents that were just started anew have not reported yet.
        if (performance.now() > deadlineMs) throw thrown;
        this.#tell(`the rotation is not started yet: ${errorMessage(thrown)}`);
        if (toRerootError(thrown).code === 'RR_API_UNREACHABLE') answer = 'lost';
        // What was not answered in time on a busy machine may have been done all the same.
        const status =
          answer === 'lost' ? await this.#fleet.api.readMesh(meshName, this.#signal).catch(() => undefined) : undefined;
        if (status !== undefined && !isTerminal(status)) return status;
        await delay(startAgainMs, undefined, { signal: this.#signal });
      }
    }
  }

  #note({ step, direction, state }: MeshStatus): void {
    const phase = phaseOf({ step, direction });
    if (isTerminal({ state }) || this.#reachedMs.has(phase)) return;
    this.#reachedMs.set(phase, performance.now());
    this.#tell(`${phase} is reached`);
  }

  #isDue({ phase, afterMs }: PlannedFault): boolean {
    const reachedMs = this.#reachedMs.get(phase);
    return reachedMs !== undefined && performance.now() - reachedMs >= afterMs;
  }

  async #begin({ fault }: PlannedFault, watch: Watch): Promise<void> {
    this.#begun += 1;
    const text = tellFault(fault);
    try {
      if (fault.kind === 'act') {
        const status = watch.status();
        if (status === undefined) return;
        const { said, violations } = await act(
          this.#fleet,
          fault.act,
          fault.via,
          { status, former: watch.former() },
          this.#signal,
        );
        this.#violations.push(...violations);
        this.#tell(`${text}: ${said}`);
        return;
      }
      this.#tell(text);
      const end = fault.kind === 'membership' ? await this.#exclude(fault) : await this.#strike(fault);
      if (end === undefined) this.#tell(`left out, this machine has not what it takes: ${text}`);
      await delay(durationOf(fault), undefined, { signal: this.#over.signal }).catch(() => undefined);
      await end?.();
      if (durationOf(fault) > 0) this.#tell(`over: ${text}`);
    } catch (thrown) {
      this.#signal.throwIfAborted();
      this.#tell(`could not be made: ${text}: ${errorMessage(thrown)}`);
    }
  }

  #strike(fault: Mishap): Promise<Ending | undefined> {
    return strike(this.#fleet, fault, (text) => this.#tell(text), this.#signal);
  }

  async #exclude({ cluster }: Extract<Fault, { kind: 'membership' }>): Promise<Ending> {
    const { outcome, include } = await exclude(this.#fleet, cluster, this.#signal);
    this.#violations.push(...outcome.violations);
    // Whether one that was answered with nothing was done, nobody knows.
    if (outcome.said === 'done' || /UNREACHABLE|LOST|TIMEOUT/.test(outcome.said)) this.#excluded.add(cluster);
    this.#tell(`${cluster} is excluded: ${outcome.said}`);
    return async () => this.#tell(`${cluster} is included: ${(await include()).said}`);
  }

  async #answer(status: MeshStatus): Promise<void> {
    await delay(this.#plan.answerMs, undefined, { signal: this.#over.signal }).catch(() => undefined);
    await this.#person.decide(status);
  }

  /** Only mgmt may end by itself, and only where its disk fails. */
  #judgeEnds(endsBefore: number): void {
    const mayEnd = this.#plan.faults.some(({ fault }) => fault.kind === 'disk-full' || fault.kind === 'fsync-error');
    for (const { part, problem } of this.#fleet.suddenEnds.slice(endsBefore)) {
      this.#tell(`${part} ended by itself`);
      if (part !== 'mgmt' || !mayEnd) this.#violations.push({ invariant: 'processes', message: `${part} ended: ${problem}` });
    }
  }

  #tell(text: string): void {
    this.#story.push(`${String(Math.round(performance.now() - this.#startedMs)).padStart(6)} ms  ${text}`);
  }
}

function phaseOf({ step, direction }: Pick<MeshStatus, 'step' | 'direction'>): Phase {
  if (direction === 'back') return 'ROLLING_BACK';
  return step === 'PREVIOUS_CA' ? 'START' : step;
}
