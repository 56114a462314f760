import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { Report } from '@reroot/shared/protocol';
import { joinSpan, type SpanContext } from '@reroot/shared/tracing';
import type { AcceptedTrust } from './cluster/cluster.ts';
import type { AgentTimings } from './config.ts';
import { type Arrival, noteArrival } from './events/arrival.ts';
import type { EventRecorder } from './events/event-recorder.ts';
import { composeReport } from './evidence/compose-report.ts';
import type { Adoption } from './install/plan.ts';
import type { Link } from './link.ts';
import type { LoopOptions, Trigger } from './loop.ts';
import { createProblemLog } from './problem-log.ts';
import type { Reconcile, Standing } from './reconcile.ts';
import { nothingAccepted } from './trust/accepted.ts';
import type { Desired } from './trust/desired.ts';
import { agentVersion } from './version.ts';

/** What a pass works with. */
export interface PassOptions {
  readonly reconcile: Reconcile;
  readonly link: Pick<Link, 'desired' | 'trace' | 'objection' | 'publishReport'>;
  readonly mark: ClusterMark;
  readonly timings: AgentTimings;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly adoption: Adoption;
  readonly events: Pick<EventRecorder, 'tell' | 'noteProblems'>;
}

/** What the cluster was last seen to carry. */
export interface ClusterMark {
  /** Term and generation. */
  accepted: AcceptedTrust;
  /** Empty until the cluster has said it. */
  uid: string;
}

/** A report that was sent, and when the next one is due even if nothing changes. */
interface Sent {
  readonly report: Report;
  readonly dueAtMs: number;
}

/** Share of the interval by which a report may come early, so that the agents of a fleet do not speak in step. */
export const jitterShare = 0.1;

/**
 * Makes the function that the loop calls: reconcile, then tell mgmt when something changed, when mgmt asked, or when
 * it has heard nothing for `reportIntervalMs`.
 */
export function createPass(options: PassOptions): LoopOptions['pass'] {
  const { reconcile, link, mark, timings, clock, random, log, events } = options;
  const problems = createProblemLog(log);
  let sent: Sent | undefined;
  let unchangedPasses = 0;
  let arrival: Arrival = { kind: 'unknown' };

  const following = createFollowing();
  const pass: LoopOptions['pass'] = async (triggers, signal) => {
    const objection = link.objection();
    const desired = link.desired();
    const standing = await reconcile(desired, signal);
    if (standing.secret.kind === 'known') {
      mark.accepted = standing.secret.secret?.annotations?.accepted ?? standing.acceptedAside ?? nothingAccepted;
    }
    if (standing.settled) following.arrived();
    mark.uid = standing.evidence.clusterUid ?? mark.uid;
    const report = describe(standing, options, objection);
    problems.note(report.problems);
    events.noteProblems(report.problems);
    const noted = noteArrival(arrival, desired, standing);
    arrival = noted.arrival;
    if (noted.told !== undefined) events.tell(noted.told);
    const nowMs = clock.now();
    const changed = sent === undefined || !sameEvidence(sent.report, report);
    unchangedPasses = changed ? 0 : unchangedPasses + 1;
    if (sent === undefined || changed || isAsked(triggers) || nowMs >= sent.dueAtMs) {
      link.publishReport(report);
      sent = { report, dueAtMs: nowMs + timings.reportIntervalMs * (1 - jitterShare * random()) };
    }
    return { againAtMs: Math.min(sent.dueAtMs, nextLookAtMs(standing, unchangedPasses, timings, nowMs)) };
  };
  return (triggers, signal) => {
    const attributes = { 'reroot.triggers': [...triggers], ...rowAttributes(link.desired()) };
    return joinSpan('reconcile', { kind: 'consumer', parent: following.next(link.trace()), attributes }, () =>
      pass(triggers, signal),
    );
  };
}

function rowAttributes(desired: Desired | undefined): Record<string, string | number> {
  if (desired === undefined) return {};
  const { generation, rotationId } = desired;
  return { 'reroot.generation': generation, ...(rotationId === '' ? {} : { 'reroot.rotation': rotationId }) };
}

/** A trace must not grow for as long as a proxy waits for its next certificate, which may be days. */
const maxFollowingPasses = 50;

/** Which passes belong to the trace that desired trust came by: those until all of the cluster holds it. */
function createFollowing(): { next(trace: SpanContext | undefined): SpanContext | undefined; arrived(): void } {
  let followed: SpanContext | undefined;
  let left = 0;
  return {
    next: (trace) => {
      if (trace !== followed) {
        followed = trace;
        left = maxFollowingPasses;
      }
      if (left <= 0) return undefined;
      left -= 1;
      return followed;
    },
    arrived: () => {
      left = 0;
    },
  };
}

function describe(standing: Standing, options: PassOptions, objection: ReturnType<Link['objection']>): Report {
  return composeReport({
    secret: standing.secret,
    accepted: options.mark.accepted,
    evidence: standing.evidence,
    problems: objection === undefined ? standing.problems : [objection, ...standing.problems],
    takenAtMs: options.clock.now(),
    agentVersion,
    adoption: options.adoption,
  });
}

function isAsked(triggers: ReadonlySet<Trigger>): boolean {
  return triggers.has('trust') || triggers.has('reconnect');
}

function sameEvidence(a: Report, b: Report): boolean {
  return isDeepStrictEqual({ ...a, takenAtMs: 0 }, { ...b, takenAtMs: 0 });
}

/**
 * No cluster can say when a replica has loaded: while something is on its way the agent looks again soon, and less
 * and less often the longer nothing moves.
 */
function nextLookAtMs({ settled, againAtMs }: Standing, unchangedPasses: number, timings: AgentTimings, nowMs: number): number {
  const { reportIntervalMs, settleMs } = timings;
  const waitMs = settled ? reportIntervalMs : Math.min(reportIntervalMs, settleMs * 2 ** (unchangedPasses + 1));
  return Math.min(nowMs + waitMs, againAtMs ?? Number.POSITIVE_INFINITY);
}
