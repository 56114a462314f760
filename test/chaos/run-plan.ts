import { setTimeout as delay } from 'node:timers/promises';
import { awaitsDecision, awaitsVerification, type MeshStatus } from '@reroot/shared/api';
import { errorMessage, toRerootError } from '@reroot/shared/errors';
import { type ChaosFleet, meshName } from './chaos-fleet.ts';
import { durationOf, type Phase } from './fault.ts';
import { judgeTraffic, type Violation } from './invariants.ts';
import { judgeAtRest } from './look-at-rest.ts';
import { act } from './operator.ts';
import type { Plan, PlannedFault } from './plan.ts';
import { followStarvation, starvedMs } from './starvation.ts';
import { strike } from './strike.ts';
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
/** Once they have ended, all must have come to rest by then. */
const settleMs = 90_000;
const lookMs = 50;
const startAgainMs = 500;
const handshakesAtRest = 40;

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
  #begun = 0;

  constructor(fleet: ChaosFleet, plan: Plan, signal: AbortSignal) {
    this.#fleet = fleet;
    this.#plan = plan;
    this.#signal = signal;
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

  async #watched(machine: () => 'free' | 'starved'): Promise<Seen> {
    const { control } = this.#fleet;
    await this.#prepare();
    const before = await control.traffic(this.#signal);
    await this.#start();
    // Nobody looks before: the rotation before this one has ended in such a state, too.
    const watch = watchFleet(this.#fleet, this.#signal);
    try {
      await this.#makeChaos(watch);
      const end = await this.#comeToRest(watch);
      if (end !== undefined) {
        await this.#untilHandshakes();
        this.#violations.push(...(await judgeAtRest(this.#fleet, end, this.#signal)));
      }
      const after = await control.traffic(this.#signal);
      this.#violations.push(...judgeTraffic(before, after, this.#plan, machine()));
      return { states: watch.states, endState: end?.state ?? 'no rest', handshakes: after.ok - before.ok };
    } finally {
      await watch.stop();
      this.#violations.push(...watch.violations);
    }
  }

  /** Agents that are to be upgraded are of the release before. */
  async #prepare(): Promise<void> {
    const upgraded = new Set(this.#plan.faults.flatMap(({ fault }) => (fault.kind === 'upgrade' ? [fault.cluster] : [])));
    if (this.#fleet.means.earlierAgent === undefined) return;
    for (const cluster of upgraded) {
      await this.#fleet.setAgentRelease(cluster, 'earlier');
      const part = this.#fleet.parts.get(cluster);
      await part?.bringDown('stop');
      await part?.raise();
    }
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
      if (status !== undefined && this.#isQuestion(status)) {
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
      if (fault.kind === 'upgrade') await (await strike(this.#fleet, fault, this.#signal))?.();
    }
  }

  /** mgmt is there: no fault comes before. */
  async #start(): Promise<void> {
    const { verification } = this.#plan;
    const deadlineMs = performance.now() + settleMs;
    for (;;) {
      try {
        await this.#fleet.api.startRotation(meshName, { by: 'chaos', verification }, this.#signal);
        this.#tell('the rotation is started');
        return;
      } catch (thrown) {
        this.#signal.throwIfAborted();
        // Agents that were just started anew have not reported yet.
        if (performance.now() > deadlineMs) throw thrown;
        this.#tell(`the rotation is not started yet: ${errorMessage(thrown)}`);
        await delay(startAgainMs, undefined, { signal: this.#signal });
      }
    }
  }

  #note({ step, direction, state }: MeshStatus): void {
    const phase = phaseOf({ step, direction });
    if (isTerminalState(state) || this.#reachedMs.has(phase)) return;
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
      const end = await strike(this.#fleet, fault, this.#signal);
      if (end === undefined) this.#tell(`left out, this machine has not what it takes: ${text}`);
      await delay(durationOf(fault), undefined, { signal: this.#over.signal }).catch(() => undefined);
      await end?.();
      if (durationOf(fault) > 0) this.#tell(`over: ${text}`);
    } catch (thrown) {
      this.#signal.throwIfAborted();
      this.#tell(`could not be made: ${text}: ${errorMessage(thrown)}`);
    }
  }

  #isQuestion(status: MeshStatus): boolean {
    return awaitsVerification(status) || awaitsDecision(status);
  }

  async #answer(status: MeshStatus): Promise<void> {
    await delay(this.#plan.answerMs, undefined, { signal: this.#over.signal }).catch(() => undefined);
    await this.#decide(status);
  }

  /** A person who wants to come to the goal of the plan. A rotation that has failed is taken up again, or else taken back. */
  async #decide(status: MeshStatus): Promise<void> {
    const { goal } = this.#plan;
    const { rotation, step, generation, state, direction } = status;
    const about = { rotationId: rotation?.id ?? '', by: 'chaos', why: 'as planned' };
    const turnsBack = goal.kind === 'back' && (step === goal.from || (direction === 'back' && step !== 'PREVIOUS_CA'));
    const action = turnsBack ? 'ROLLBACK' : 'CONTINUE';
    try {
      if (state === 'FAILED') await this.#fleet.api.retryRotation(meshName, about, this.#signal);
      else await this.#fleet.api.answerVerification(meshName, { ...about, step, generation, action }, this.#signal);
      this.#tell(`a person answers ${step} ${generation}: ${state === 'FAILED' ? 'retry' : action}`);
    } catch (thrown) {
      this.#signal.throwIfAborted();
      const { code } = toRerootError(thrown);
      this.#tell(`a person is refused in ${state} ${step} ${generation}: ${code}`);
      if (state === 'FAILED') {
        const back = { ...about, step, generation, action: 'ROLLBACK' } as const;
        await this.#fleet.api.answerVerification(meshName, back, this.#signal).catch(() => undefined);
      }
    }
  }

  async #comeToRest(watch: Watch): Promise<MeshStatus | undefined> {
    const { api } = this.#fleet;
    this.#tell('no fault is left');
    const deadlineMs = performance.now() + settleMs;
    let last: MeshStatus | undefined;
    while (performance.now() < deadlineMs) {
      last = await api.readMesh(meshName, this.#signal).catch(() => last);
      this.#signal.throwIfAborted();
      if (last !== undefined && isTerminal(last) && last.verdict.passed) {
        this.#tell(`at rest in ${last.state}`);
        return last;
      }
      if (last !== undefined && this.#isQuestion(last)) await this.#decide(last);
      await delay(lookMs, undefined, { signal: this.#signal });
    }
    const where = `${last?.state ?? 'no state'} ${last?.step ?? ''}: ${last?.verdict.message ?? ''}`;
    const message = `nothing came to rest within ${settleMs / 1_000} s of the last fault; the mesh is in ${where}`;
    this.#violations.push({ invariant: 'terminal-state', message });
    this.#tell(`states seen: ${watch.states.join(', ')}`);
    return undefined;
  }

  async #untilHandshakes(): Promise<void> {
    const { control } = this.#fleet;
    const { ok, failed } = await control.traffic(this.#signal);
    const deadlineMs = performance.now() + settleMs;
    for (;;) {
      const now = await control.traffic(this.#signal);
      const more = now.ok + now.failed - ok - failed;
      if (more >= handshakesAtRest) return;
      if (performance.now() > deadlineMs) {
        this.#violations.push({ invariant: 'handshakes', message: `only ${more} handshakes were made at rest` });
        return;
      }
      await delay(lookMs, undefined, { signal: this.#signal });
    }
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

function isTerminal({ state }: MeshStatus): boolean {
  return isTerminalState(state);
}

function isTerminalState(state: MeshStatus['state']): boolean {
  return state === 'FINISHED' || state === 'NOT_ROTATING' || state === 'PREVIOUS_CA';
}
