import type { Clock } from '@reroot/shared/clock';
import { withDeadline } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import type { Problem } from '@reroot/shared/protocol';
import { joinSpan } from '@reroot/shared/tracing';
import type { AcceptedTrust, CaFiles, CaSecret, Cluster } from './cluster/cluster.ts';
import type { AgentTimings } from './config.ts';
import type { TellEvent } from './events/occurrence.ts';
import { clusterDeadline, collectEvidence, type Evidence } from './evidence/collect-evidence.ts';
import { findMultiRootOff } from './evidence/find-multi-root-off.ts';
import { arePublished, prove, seeWorkloads } from './evidence/prove.ts';
import { carryOut, type Task } from './install/carry-out.ts';
import { awaitRestarts, type CrlTrace, noCrlTrace, traceCrl } from './install/crl-trace.ts';
import { type History, noHistory, noteRefresh, noteRestart, observe } from './install/history.ts';
import { isSignerMissing } from './install/kept-signer.ts';
import type { Adoption, FollowUpFacts, InstallPlan } from './install/plan.ts';
import { findNotRestarted, findRefusing } from './install/plan-follow-up.ts';
import { planInstall } from './install/plan-install.ts';
import { allLoaded, type Proof } from './install/proof.ts';
import { readSecret } from './install/read-secret.ts';
import { findRestartsDue, notRestarted } from './install/restart-due.ts';
import { rollOut } from './install/roll-out.ts';
import type { RolloutBudget, SeenWorkload } from './install/rollout-candidates.ts';
import type { Intermediates } from './intermediate/obtain-intermediate.ts';
import { makeProblem, problemOf } from './problem.ts';
import type { Desired } from './trust/desired.ts';

/** How the cluster stands after one pass over it. */
export interface Standing {
  readonly secret: SecretReading;
  readonly evidence: Evidence;
  /** Beyond those of the evidence. */
  readonly problems: readonly Problem[];
  /** Whether everything is as desired; true, too, while nothing is desired yet. */
  readonly settled: boolean;
  /** When time alone will change what is to be done. */
  readonly againAtMs: number | undefined;
  /** What was accepted without anything to write, over a CA that somebody else installed: nothing in the cluster says so. */
  readonly acceptedAside?: AcceptedTrust;
}

/** The Secret as last read or written; `unknown` when the cluster did not say. */
export type SecretReading = { readonly kind: 'known'; readonly secret: CaSecret | undefined } | { readonly kind: 'unknown' };

/** What reconciling works with. */
export interface ReconcileOptions {
  readonly cluster: Cluster;
  readonly intermediates: Intermediates;
  readonly timings: AgentTimings;
  readonly adoption: Adoption;
  readonly budget: RolloutBudget;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: TellEvent;
}

/** Brings the cluster nearer to the desired trust, and sees how it stands. Rejects with the signal's reason only. */
export type Reconcile = (desired: Desired | undefined, signal: AbortSignal) => Promise<Standing>;

/** Makes the function that every pass calls; between passes it remembers since when things have been as they are. */
export function createReconcile(options: ReconcileOptions): Reconcile {
  let history = noHistory;
  let ownedUid: string | undefined;
  let crlTrace = noCrlTrace;
  return async (desired, signal) => {
    const round = createRound(options, signal);
    const before = await round.read(ownedUid);
    if (before.kind === 'known') crlTrace = traceCrl(crlTrace, before.secret, options.clock.now());
    const installed = desired === undefined ? 'skipped' : await round.install(before, desired, crlTrace);
    const evidence = await collectEvidence({ ...options, ...options.timings, secret: round.secret() }, signal);
    const secret = round.secret();
    if (desired !== undefined) round.warn(findMultiRootOff(evidence.replicas, desired));
    if (desired === undefined || secret === undefined || installed !== 'done')
      return round.standing(evidence, desired === undefined);
    if (secret.owner === 'reroot') ownedUid = evidence.clusterUid ?? ownedUid;
    const proof = prove(evidence, secret, desired);
    history = observe(history, secret, proof, options.clock.now());
    const facts = { secret, desired, proof, adoption: options.adoption, timings: options.timings };
    history = await round.followUp({ ...facts, history, nowMs: options.clock.now() }, seeWorkloads(evidence, desired));
    const { term, generation } = desired;
    const aside = secret.owner === 'reroot' ? {} : { acceptedAside: { term, generation } };
    return { ...round.standing(evidence, isSettled(secret, proof, evidence, desired)), ...aside };
  };
}

function isSettled(secret: CaSecret, proof: Proof, evidence: Evidence, desired: Desired): boolean {
  const restarted = findRestartsDue(secret, proof.replicas).length === 0;
  return restarted && allLoaded(proof) && proof.workloads === 'reached' && arePublished(evidence, desired);
}

type Outcome = 'done' | 'failed';

/** One pass in the making: what it has read and written, and what went wrong. */
interface Round {
  /** @param ownedUid as `readSecret` takes it */
  read(ownedUid: string | undefined): Promise<SecretReading>;
  /** Writes the Secret unless it is right already. */
  install(before: SecretReading, desired: Desired, crlTrace: CrlTrace): Promise<Outcome>;
  /** Nudges, or restarts a replica or owners of workloads, as the proof allows. */
  followUp(facts: FollowUpFacts, workloads: readonly SeenWorkload[]): Promise<History>;
  warn(found: readonly Problem[]): void;
  secret(): CaSecret | undefined;
  standing(evidence: Evidence, settled: boolean): Standing;
}

function createRound(options: ReconcileOptions, signal: AbortSignal): Round {
  const { cluster, clock, log, tell, timings, adoption, budget } = options;
  const deadline = clusterDeadline({ cluster, clock, requestTimeoutMs: timings.requestTimeoutMs }, signal);
  const problems: Problem[] = [];
  let reading: SecretReading = { kind: 'unknown' };
  let againAtMs: number | undefined;
  let acted = false;
  const secret = (): CaSecret | undefined => (reading.kind === 'known' ? reading.secret : undefined);

  const attempt = async (work: () => Promise<CaSecret | undefined>): Promise<Outcome> => {
    try {
      reading = { kind: 'known', secret: await work() };
      return 'done';
    } catch (error) {
      signal.throwIfAborted();
      problems.push(problemOf(error));
      return 'failed';
    }
  };
  const act = async (plan: InstallPlan, desired: Desired): Promise<Outcome> => {
    if (plan.kind === 'none') {
      againAtMs = plan.againAtMs;
      return 'done';
    }
    if (plan.kind === 'refuse') {
      problems.push(plan.problem);
      return 'failed';
    }
    acted = true;
    const drift = problems.some(({ code }) => code === 'RR_SECRET_EDITED') ? 'found' : 'none';
    const task: Task = { plan, secret: secret(), desired, drift };
    return attempt(async () => {
      const done = await joinSpan(`trust: ${task.plan.kind}`, {}, () => carryOut(task, { ...options, deadline }));
      problems.push(...done.problems);
      return done.secret;
    });
  };
  /** Asks for the replicas only where it matters how long they run. */
  const heldBack = async (plan: InstallPlan, trace: CrlTrace): Promise<InstallPlan> => {
    if (plan.kind !== 'write' || trace.kind !== 'gone') return plan;
    try {
      return awaitRestarts(plan, trace, await withDeadline(deadline, (inner) => cluster.listReplicas(inner)));
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'refuse', problem: problemOf(error) };
    }
  };
  /** Undefined when the cluster did not say; empty, and not asked for, where nothing is looked for. */
  const readFormer = async (before: CaSecret | undefined, desired: Desired): Promise<readonly CaFiles[] | undefined> => {
    if (!isSignerMissing(before, desired)) return [];
    try {
      return await withDeadline(deadline, (inner) => cluster.readFormerCas(inner));
    } catch (error) {
      signal.throwIfAborted();
      problems.push(problemOf(error));
      return undefined;
    }
  };
  return {
    read: async (ownedUid) => {
      await attempt(async () => {
        const found = await readSecret(cluster, ownedUid, deadline);
        problems.push(...found.problems);
        return found.secret;
      });
      return reading;
    },
    install: async (before, desired, crlTrace) => {
      if (before.kind === 'unknown') return 'failed';
      const facts = { secret: before.secret, desired, proof: undefined, history: noHistory, nowMs: clock.now() };
      const former = await readFormer(before.secret, desired);
      if (former === undefined) return 'failed';
      return act(await heldBack(planInstall({ ...facts, former, timings, adoption }), crlTrace), desired);
    },
    followUp: async (facts, workloads) => {
      const { desired, proof, history } = facts;
      problems.push(...findRefusing(facts).map(notLoaded), ...findNotRestarted(facts).map(notRestarted));
      const plan = planInstall(facts);
      const outcome = await act(plan, desired);
      if (plan.kind === 'restart') return outcome === 'done' ? noteRestart(history, plan.replica, proof, clock.now()) : history;
      if (plan.kind === 'refresh') return noteRefresh(history, clock.now());
      if (plan.kind !== 'none') return history;
      const rolled = await rollOut({ ...facts, workloads, budget }, { cluster, deadline, log, tell });
      problems.push(...rolled.problems);
      againAtMs = earlier(againAtMs, rolled.againAtMs);
      acted ||= rolled.acted;
      return { ...history, begun: rolled.begun, refused: rolled.refused };
    },
    warn: (found) => {
      problems.push(...found);
    },
    secret,
    // What was just done has not been seen to arrive.
    standing: (evidence, settled) => ({ secret: reading, evidence, problems, settled: settled && !acted, againAtMs }),
  };
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function notLoaded(replica: string): Problem {
  return makeProblem('RR_REPLICA_NOT_LOADED', `replica ${replica} holds other trust than the cacerts Secret`);
}
