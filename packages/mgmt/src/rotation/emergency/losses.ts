import { durationText, type EmergencyLoss, type Strategy, type Verification } from '@reroot/shared/api';
import { isMember } from '../assignment.ts';
import type { Snapshot } from '../evidence.ts';
import type { Policy, WaveSize } from '../policy.ts';
import type { RotationRecord } from '../record.ts';
import { isSilent } from '../silence.ts';
import { emergencyPolicyOf } from './effective-policy.ts';
import { countText, countWorkloads, namesText } from './loss-places.ts';

/** What the start of a rotation in an emergency asks for, and what the snapshot does not say. */
export interface EmergencyPlan {
  readonly strategy: Strategy | undefined;
  readonly verification: Verification | undefined;
  readonly excludeSilent: readonly string[];
  /** How many maintenance windows the spec has. */
  readonly windows: number;
  /** Whether mgmt can sign a revocation list with the key of the root that is to go. */
  readonly crl: 'can-be-signed' | 'no-key';
}

/** What the checks look at. */
interface Facts {
  readonly record: RotationRecord;
  readonly snapshot: Snapshot;
  /** As the mesh has it. */
  readonly policy: Policy;
  /** As the rotation would have it. */
  readonly hurried: Policy;
  readonly plan: EmergencyPlan;
  /** Clusters that take part: members that are not named to be left out. */
  readonly taking: readonly string[];
  /** Of those, the ones that are silent. */
  readonly silent: readonly string[];
  readonly nowMs: number;
}

interface Check {
  readonly reason: string;
  readonly means: string;
  /** The sentence, where there is something to lose. */
  readonly find: (facts: Facts) => string | undefined;
}

/** What may be lost, in the order in which it is shown: first what traffic feels, then what is skipped, then what stays behind. */
const checks: readonly Check[] = [
  { reason: 'TrafficInterrupted', means: 'strategy NONE: workloads of both roots refuse each other meanwhile', find: traffic },
  { reason: 'OldRootTrustedMeanwhile', means: 'the old root is trusted until the last step is proven', find: trustedMeanwhile },
  {
    reason: 'WorkloadsRestarted',
    means: 'workloads that learn of roots only by a restart are restarted',
    find: workloadsRestarted,
  },
  {
    reason: 'WorkloadsNotRestarted',
    means: 'the policy lets them not be restarted: they are waited for',
    find: workloadsNotRestarted,
  },
  {
    reason: 'WorkloadsReissued',
    means: 'every workload asks for a new certificate at once, in each step',
    find: workloadsReissued,
  },
  { reason: 'ReplicasRestarted', means: 'istiod replicas that refuse a row are restarted', find: replicasRestarted },
  {
    reason: 'ReplicasNotRestarted',
    means: 'the policy lets them not be restarted, and some refuse every row',
    find: replicasStay,
  },
  { reason: 'RolloutsBlocked', means: 'a PodDisruptionBudget holds a restart up', find: rolloutsBlocked },
  { reason: 'WavesSkipped', means: 'canaries and waves: every cluster is told at once', find: wavesSkipped },
  { reason: 'SoakSkipped', means: 'the soak of each wave', find: soakSkipped },
  { reason: 'WindowsSkipped', means: 'the maintenance windows', find: windowsSkipped },
  { reason: 'OverlapSkipped', means: 'the time for which both roots must have been trusted', find: overlapSkipped },
  { reason: 'VerificationSkipped', means: 'the look of people, or of checks, between the steps', find: verificationSkipped },
  { reason: 'TimeoutSkipped', means: 'the step timeout, and that it takes steps back', find: timeoutSkipped },
  { reason: 'ClustersCutOff', means: 'silent clusters that were named: they are left behind', find: cutOff },
  {
    reason: 'ClustersWaitedFor',
    means: 'silent clusters that were not named: the rotation stands still for them',
    find: waitedFor,
  },
  { reason: 'ClustersLeftBehind', means: 'clusters that were excluded before, or have not come back', find: leftBehind },
  { reason: 'WorkloadsNotProven', means: 'workloads of which nobody knows what they hold: they are waited for', find: notProven },
  { reason: 'CrlNotInstalled', means: 'what a revocation list would do: none is put into the clusters', find: crlNotInstalled },
];

/** Every reason of a loss, with what it stands for; docs/emergency.md lists them. */
export const lossReasons: readonly Pick<Check, 'reason' | 'means'>[] = checks;

/**
 * What a rotation in an emergency would give up or risk, in this mesh, as far as its evidence tells. Pure.
 * @param policy that of the mesh, as it stands
 */
export function lossesOf(
  record: RotationRecord,
  snapshot: Snapshot,
  policy: Policy,
  plan: EmergencyPlan,
  nowMs: number,
): readonly EmergencyLoss[] {
  const taking = snapshot.clusters.filter((cluster) => isMember(record, cluster) && !plan.excludeSilent.includes(cluster));
  const silent = taking.filter((cluster) => isSilent(snapshot.evidence.get(cluster), policy, nowMs));
  const facts: Facts = { record, snapshot, policy, hurried: emergencyPolicyOf(policy, plan), plan, taking, silent, nowMs };
  return checks.flatMap(({ reason, find }) => {
    const message = find(facts);
    return message === undefined ? [] : [{ reason, message }];
  });
}

function traffic({ snapshot, taking, hurried }: Facts): string | undefined {
  if (hurried.strategy !== 'NONE') return undefined;
  const { total } = countWorkloads(snapshot, taking, () => true);
  return `strategy NONE: ${countText(total, 'workload')} of ${countText(taking.length, 'cluster')} refuse each other until all of them hold the new root, and nothing is proven before`;
}

function trustedMeanwhile({ hurried }: Facts): string | undefined {
  if (hurried.strategy === 'NONE') return undefined;
  return 'until DELETING_OLD_ROOT is proven, the old root stays trusted: whoever has its key passes for any workload until then';
}

function workloadsRestarted({ snapshot, taking, hurried }: Facts): string | undefined {
  if (hurried.workloadRestarts === 'never') return undefined;
  const { total, places } = countWorkloads(snapshot, taking, ({ learns }) => learns === 'renewed');
  return total === 0
    ? undefined
    : `${countText(total, 'workload')} learn of roots only by a restart, and are restarted in each step: ${places}`;
}

function workloadsNotRestarted({ snapshot, taking, hurried }: Facts): string | undefined {
  if (hurried.workloadRestarts !== 'never') return undefined;
  const { total, places } = countWorkloads(snapshot, taking, ({ learns }) => learns === 'renewed');
  const allowed = 'which emergency.workloadRestarts forbids: each step waits for their next certificates';
  return total === 0 ? undefined : `${countText(total, 'workload')} would have to be restarted, ${allowed}: ${places}`;
}

function workloadsReissued({ snapshot, taking }: Facts): string | undefined {
  const { total } = countWorkloads(snapshot, taking, ({ learns }) => learns === 'pushed');
  return total === 0 ? undefined : `${countText(total, 'workload')} ask for a new certificate at the same moment, in each step`;
}

function replicasRestarted({ snapshot, taking, hurried }: Facts): string | undefined {
  if (hurried.restarts === 'never' && hurried.strategy !== 'NONE') return undefined;
  const count = replicasOf(snapshot, taking).length;
  const which =
    hurried.strategy === 'NONE'
      ? 'no running istiod takes a new root in the place of the old one: every one of them is restarted'
      : hurried.restarts === 'always'
        ? 'each is restarted in each step, one by one, as restarts: RESTART_ALWAYS says'
        : 'those that refuse a row are restarted, one by one';
  return count === 0 ? undefined : `of ${countText(count, 'istiod replica')}, ${which}`;
}

function replicasStay({ snapshot, taking, hurried }: Facts): string | undefined {
  if (hurried.restarts !== 'never' || hurried.strategy === 'NONE') return undefined;
  const refusing = replicasOf(snapshot, taking).filter(({ multiRoot }) => multiRoot === 'off');
  return refusing.length === 0
    ? undefined
    : `${countText(refusing.length, 'istiod replica')} run without ISTIO_MULTIROOT_MESH, and emergency.restarts forbids to restart them: they hold each step up`;
}

function replicasOf({ evidence }: Snapshot, clusters: readonly string[]) {
  return clusters.flatMap((cluster) => evidence.get(cluster)?.replicas ?? []);
}

function rolloutsBlocked({ snapshot, taking }: Facts): string | undefined {
  const found = taking.flatMap((cluster) =>
    (snapshot.evidence.get(cluster)?.problems ?? [])
      .filter(({ code }) => code === 'RR_ROLLOUT_BLOCKED')
      .map(({ message }) => `${cluster}: ${message}`),
  );
  return found.length === 0 ? undefined : `budgets for disruptions are kept, and hold each step up: ${namesText(found, '; ')}`;
}

function wavesSkipped({ policy: { waves } }: Facts): string | undefined {
  const canaries = waves.canaries.length === 0 ? undefined : `the canaries ${namesText(waves.canaries)}`;
  const parts = [canaries, sizeText(waves.size)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `${parts.join(' and ')}: every cluster is told at once`;
}

function sizeText(size: WaveSize): string | undefined {
  if (size.kind === 'all') return undefined;
  return size.kind === 'count' ? `waves of ${countText(size.clusters, 'cluster')}` : `waves of ${size.percent} %`;
}

function soakSkipped({ policy: { waves } }: Facts): string | undefined {
  return waves.soakMs === 0 ? undefined : `the soak of ${durationText(waves.soakMs)} after each wave`;
}

function windowsSkipped({ plan: { windows }, policy: { window } }: Facts): string | undefined {
  if (windows === 0) return undefined;
  const now = window.kind === 'open' ? 'open now' : 'closed now';
  return `${countText(windows, 'maintenance window')} (${now}): steps begin at any time`;
}

function overlapSkipped({ policy: { minimumOverlapMs }, hurried }: Facts): string | undefined {
  if (minimumOverlapMs === 0 || hurried.strategy === 'NONE') return undefined;
  return `the minimum overlap of ${durationText(minimumOverlapMs)}: evidence alone says that both roots are trusted everywhere`;
}

function verificationSkipped({ policy: { verification, approvals }, hurried }: Facts): string | undefined {
  if (verification === 'none' || hurried.verification !== 'none') return undefined;
  const pairs = approvals.by === 'another-person' ? ', and the second person that approves each step' : '';
  return `the ${verification} verification of each step${pairs}: evidence alone lets it pass`;
}

function timeoutSkipped({ policy: { stepTimeout } }: Facts): string | undefined {
  const { afterMs, then } = stepTimeout;
  if (afterMs === undefined) return undefined;
  const what = then === 'rollback' ? 'takes a step back' : 'stops the rotation';
  return `the step timeout of ${durationText(afterMs)} that ${what}: nothing but a person does`;
}

function cutOff({ plan: { excludeSilent } }: Facts): string | undefined {
  if (excludeSilent.length === 0) return undefined;
  return `left behind while they are silent, and cut off from the mesh when the old root goes: ${namesText(excludeSilent)}`;
}

function waitedFor({ silent, hurried }: Facts): string | undefined {
  if (silent.length === 0) return undefined;
  const stands = hurried.strategy === 'NONE' ? 'does not finish' : 'tells nobody';
  return `silent, and not named: the rotation ${stands} before they report or are excluded: ${namesText(silent)}`;
}

function leftBehind({ record, snapshot: { clusters } }: Facts): string | undefined {
  const deviating = clusters.filter((cluster) => !isMember(record, cluster));
  return deviating.length === 0 ? undefined : `no members now, so they keep what they hold: ${namesText(deviating)}`;
}

function notProven({ snapshot, taking }: Facts): string | undefined {
  const { total, places } = countWorkloads(snapshot, taking, ({ method }) => method === 'none');
  return total === 0
    ? undefined
    : `what ${countText(total, 'workload')} hold is not known, and each step waits for the proof: ${places}`;
}

function crlNotInstalled({ plan: { crl } }: Facts): string | undefined {
  const none = 'no revocation list is put into the clusters (docs/emergency.md says why)';
  return crl === 'can-be-signed'
    ? `${none}; reroot crl gives one of the old root's intermediates, for verifiers outside of the mesh`
    : `${none}, and mgmt has no key to sign one with: revoke the old root's intermediates where its key is`;
}
