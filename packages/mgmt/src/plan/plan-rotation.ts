import type { PlanBystander, RotationPlan } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import { entryOf, isMember, paths, quarantineOf, type RotationRecord, type Snapshot } from '../rotation/index.ts';
import { describeBasis } from './basis.ts';
import { findUpToDate, readClusters } from './cluster-facts.ts';
import type { EstimateFacts } from './estimate.ts';
import { findExpiries } from './expiries.ts';
import { measureDurations } from './measured-durations.ts';
import { findNotices } from './notices.ts';
import { type OutlookFacts, planOutlook, planOutlooks } from './outlooks.ts';
import type { PlanAsk, PlanFacts } from './plan-facts.ts';
import { planStart } from './planned-start.ts';
import { bundleChanges, describeSteps, resignsOf, unboundedOf } from './planned-steps.ts';
import { momentText, timeAt } from './planned-time.ts';
import { rowAt } from './row-paths.ts';
import { burstMsOf } from './signing.ts';
import { absenceOf, describeWhatIf, findAllBreaks, likelyAbsence } from './what-if.ts';

/**
 * What a rotation would do, or what is left of the one under way: nothing is changed, and no root is made. Pure: the same facts
 * give the same plan.
 * @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_LAST, RR_ROTATION_IN_PROGRESS, RR_ROTATION_UNSAFE, RR_ROTATION_TARGET_INVALID
 */
export function planRotation(facts: PlanFacts, ask: PlanAsk): RotationPlan {
  const start = planStart(facts, ask);
  const { record, policy, startMs } = start;
  const { rotation, direction } = record;
  const clusters = readClusters(facts, policy);
  const measured = measureDurations(facts.history, rotation);
  const counts = new Map(paths.MULTI_ROOT.map((step) => [step, resignsOf(rowAt(record, step), bundleChanges(record, step))]));
  const resigns = (step: Step): number => counts.get(step) ?? 0;
  const burstMs: EstimateFacts['burstMs'] = (each, step) => burstMsOf(each, facts.spec) * resigns(step);
  const estimates: EstimateFacts = { policy, clusters, measured, burstMs, known: new Map() };
  const upToDate = start.of === 'rest' ? findUpToDate(record, facts.snapshot, policy, facts.nowMs) : new Set<string>();
  const outlook: OutlookFacts = { facts, start, estimates, upToDate };
  const absence = absenceOf(outlook, ask);
  const likely = likelyAbsence(outlook, ask);
  const timelines = planOutlooks(outlook, { known: absence, likely });
  const steps = describeSteps(outlook, timelines, resigns);
  const because = unboundedOf(outlook, timelines);
  const ends = timeAt(timelines, ({ endsMs }) => endsMs, because.at(-1) ?? []);
  const breaks = findAllBreaks(outlook, timelines.likely, ask, likely);
  const members = facts.snapshot.clusters.filter((cluster) => isMember(record, cluster));
  const resigned = steps.find(({ step }) => step === 'PROPAGATING_NEW_INTERMEDIATE')?.proven;
  return {
    mesh: record.mesh,
    madeAt: new Date(facts.nowMs).toISOString(),
    of: start.of,
    from: new Date(startMs).toISOString(),
    ...(start.of === 'rest' && rotation !== undefined ? { rotationId: rotation.id } : {}),
    direction,
    strategy: rotation?.strategy ?? policy.strategy,
    verification: rotation?.verification ?? policy.verification,
    oldRoot: start.oldRoot,
    newRoot: start.newRoot,
    ...(start.alsoOld.length === 0 ? {} : { alsoOld: start.alsoOld }),
    members: members.length,
    steps,
    ends,
    basis: describeBasis({ facts, start, estimates, steps }),
    notices: findNotices({ facts, start, clusters, steps }),
    expiries: findExpiries({ start, clusters, ends, resigned }),
    bystanders: findBystanders(outlook),
    breaks,
    ...(ask.offline.length === 0
      ? {}
      : {
          whatIf: describeWhatIf(
            outlook,
            {
              timeline: timelines.likely,
              otherwise: planOutlook(outlook, 'likely', likelyAbsence(outlook, { offline: [] })),
              breaks,
            },
            ask,
            likely,
          ),
        }),
  };
}

/** What becomes of a cluster that is not told this rotation's rows. */
function standingText(record: RotationRecord, cluster: string, snapshot: Snapshot): string {
  if (entryOf(record.deviations, cluster)?.kind === 'excluded') return 'it keeps what it holds';
  const held = quarantineOf(record, cluster, snapshot);
  return held === undefined ? 'it is led to the others beside the waves' : `it stays as it is: ${held}`;
}

function findBystanders({ facts, start }: OutlookFacts): readonly PlanBystander[] {
  return Object.entries(start.record.deviations)
    .filter(([cluster]) => facts.snapshot.clusters.includes(cluster))
    .map(([cluster, { kind, by, why, sinceMs }]) => {
      const since = momentText(sinceMs) ?? '';
      const told = kind === 'excluded' ? `excluded by ${by} at ${since}: ${why}` : `it returns since ${since}: ${why}`;
      const message = `${standingText(start.record, cluster, facts.snapshot)}; ${told}`;
      return { cluster, membership: kind, message };
    });
}
