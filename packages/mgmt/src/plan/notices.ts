import type { PlanNotice, RotationPlan } from '@reroot/shared/api';
import { isMadeToOrder } from '../mesh/index.ts';
import { isMember, nobodyTakesPart } from '../rotation/index.ts';
import type { ClusterFacts, FactsOf } from './cluster-facts.ts';
import type { PlanFacts } from './plan-facts.ts';
import type { PlannedStart } from './planned-start.ts';
import { burstMsOf } from './signing.ts';
import { spanText } from './span-text.ts';

/** Longer than this, proxies wait for their certificates noticeably: the first of them may time out and ask again. */
export const burstWarningMs = 10_000;
/** Longer than this, agents wait for their intermediates as long as for the rest of a step. */
const intermediatesWarningSeconds = 30;

/** What notices are made from. */
export interface NoticeFacts {
  readonly facts: PlanFacts;
  readonly start: PlannedStart;
  readonly clusters: FactsOf;
  readonly steps: RotationPlan['steps'];
}

type Make = (noticed: NoticeFacts) => readonly PlanNotice[];

/** Everything that whoever starts the rotation is to know first: what blocks it, then what people must do, then the rest. */
export function findNotices(noticed: NoticeFacts): readonly PlanNotice[] {
  const found = checks.flatMap((check) => check(noticed));
  const order: readonly PlanNotice['severity'][] = ['blocks', 'person', 'warning'];
  return order.flatMap((severity) => found.filter((notice) => notice.severity === severity));
}

const checks: readonly Make[] = [
  nobodyToTell,
  noRootOffered,
  silentClusters,
  refusingReplicas,
  unprovableWorkloads,
  restNotProven,
  noWindow,
  slowerThanTimeout,
  answersOfPeople,
  decisionOfPeople,
  slowWorkloads,
  signingBursts,
  manyIntermediates,
  approvalsThatLapse,
  abruptPassage,
  blockedRestarts,
  raisedAlarms,
];

/** The verdict of such a mesh names no laggard: there is none to name. */
function nobodyToTell({ facts: { snapshot }, start: { record } }: NoticeFacts): readonly PlanNotice[] {
  if (snapshot.clusters.some((cluster) => isMember(record, cluster))) return [];
  return [notice('blocks', 'NoMember', `${nobodyTakesPart(record, snapshot.clusters)}; ${adoptText}`)];
}

const adoptText =
  'a rotation is not started, or waits for ever, before clusters are adopted with `reroot mesh adopt`, included again or back';

function noRootOffered({ facts: { spec, offer }, start: { of, newRoot } }: NoticeFacts): readonly PlanNotice[] {
  if (of === 'rest' || newRoot.origin !== 'unmade' || isMadeToOrder(spec.rootSource)) return [];
  const why = offer?.kind === 'problem' ? `what is there cannot be used: ${offer.message}` : 'nothing new is there';
  return [notice('blocks', 'NoRootOffered', `the next root comes from somebody else, and ${why}`)];
}

function silentClusters({ start: { policy, record }, clusters }: NoticeFacts): readonly PlanNotice[] {
  const silent = membersWith(record, clusters, ({ presence }) => presence !== 'reporting');
  if (silent.length === 0) return [];
  const { silentClusters } = policy;
  const waits =
    silentClusters.kind === 'wait'
      ? 'the rotation waits for them until they report or are excluded'
      : `each is excluded after ${spanText(silentClusters.afterMs)} of silence, while more than half of the members report`;
  const severity = silentClusters.kind === 'wait' ? 'blocks' : 'warning';
  return [notice(severity, 'ClusterSilent', `${counted(silent, 'does', 'do')} not report: ${waits}`, silent)];
}

function refusingReplicas({ start: { policy, record }, clusters }: NoticeFacts): readonly PlanNotice[] {
  const refusing = membersWith(record, clusters, (each) => each.refusing > 0);
  if (refusing.length === 0) return [];
  const what = `${counted(refusing, 'runs', 'run')} istiods without ISTIO_MULTIROOT_MESH=true, which refuse every change of roots`;
  return policy.restarts === 'never' && policy.strategy !== 'NONE'
    ? [notice('blocks', 'MultiRootOff', `${what}, and restarts: RESTART_NEVER restarts none`, refusing)]
    : [notice('warning', 'MultiRootOff', `${what} until they are restarted, which the policy does`, refusing)];
}

function unprovableWorkloads({ start: { policy, record }, clusters }: NoticeFacts): readonly PlanNotice[] {
  if (policy.requiredEvidence !== 'held') return [];
  const lost = membersWith(record, clusters, ({ unprovable }) => unprovable > 0);
  if (lost.length === 0) return [];
  const message = `${counted(lost, 'has', 'have')} workloads with certificates from elsewhere than istiod: nothing proves what they hold`;
  return [notice('blocks', 'WorkloadNotProvable', message, lost)];
}

/** Of a rotation that is to start, the first wave waits; of one under way, what it waits for now. */
function restNotProven({ facts, start: { of, policy, record } }: NoticeFacts): readonly PlanNotice[] {
  const { verdict } = facts;
  if (verdict.passed || verdict.laggardCount === 0 || (of === 'start' && policy.strategy === 'NONE')) return [];
  const lagging = [...new Set(verdict.laggards.map(({ cluster }) => cluster))];
  // The verdict counts clusters that the plan is asked for without.
  const counted = lagging.filter((cluster) => isMember(record, cluster) || !isMember(facts.record, cluster));
  const others = verdict.laggards.length < verdict.laggardCount;
  if (counted.length === 0 && lagging.length > 0 && !others) return [];
  const before = of === 'start' ? 'no cluster is told anything before all are proven to hold what they are told now; ' : '';
  return [notice('blocks', verdict.reason, `${before}${verdict.message}`, counted)];
}

function noWindow({ facts: { spec }, steps }: NoticeFacts): readonly PlanNotice[] {
  const stands = steps.find(({ waves }) => waves.some(({ released }) => released.soonest === undefined));
  if (spec.maintenanceWindows.length === 0 || stands === undefined) return [];
  return [notice('blocks', 'NoWindowToCome', `no maintenance window is to come in which ${stands.step} could begin`)];
}

function slowerThanTimeout({ start: { policy }, steps }: NoticeFacts): readonly PlanNotice[] {
  const { afterMs, then } = policy.stepTimeout;
  if (afterMs === undefined) return [];
  const outcome = then === 'hold' ? 'the rotation fails there, and waits for somebody' : 'the step is then taken back';
  for (const { step, waves } of steps) {
    for (const { index, released, proven } of waves) {
      // What never begins runs into nothing: `NoWindowToCome` says so.
      if (released.likely === undefined) continue;
      const likelyMs = spanOf(released.likely, proven.likely);
      const latestMs = spanOf(released.latest, proven.latest);
      if (likelyMs <= afterMs && (latestMs <= afterMs || released.latest === undefined)) continue;
      const [severity, how] = likelyMs > afterMs ? (['blocks', 'likely takes'] as const) : (['warning', 'may take'] as const);
      const span = `wave ${index} of ${step} ${how} longer than stepTimeout allows (${spanText(afterMs)})`;
      return [notice(severity, 'SlowerThanTimeout', `${span}: ${outcome}`)];
    }
  }
  return [];
}

function answersOfPeople({ start: { of, record, policy }, steps }: NoticeFacts): readonly PlanNotice[] {
  const asked = steps.filter(({ answer }) => answer !== undefined);
  if (asked.length === 0) return [];
  const { approvals, startedBy = '?' } = record.rotation ?? {};
  const starter = of === 'start' ? 'whoever starts it' : startedBy;
  const whose = approvals === 'another-person' ? `of another person than ${starter}` : 'of a person';
  const expires = `an answer is void after ${spanText(policy.approvals.expireAfterMs)} without the next step`;
  const names = asked.map(({ step }) => step).join(', ');
  return [
    notice(
      'person',
      'AwaitingVerification',
      `${names} ${asked.length === 1 ? 'waits' : 'wait'} for an answer ${whose}; ${expires}`,
    ),
  ];
}

function decisionOfPeople({ start: { of, record, awaits } }: NoticeFacts): readonly PlanNotice[] {
  const { state, step, direction, rotation } = record;
  if (awaits === 'approval') {
    return [
      notice('person', 'AwaitingApproval', 'another person must approve the rotation in an emergency before any cluster is told'),
    ];
  }
  if (of === 'start') return [];
  if (state === 'FAILED') {
    const why = rotation?.failedBecause ?? `it failed at ${step}`;
    return [
      notice('person', 'AwaitingOperator', `somebody must retry or roll back first: ${why}; the plan is what a retry leads to`),
    ];
  }
  if (direction === 'forward' || step === 'PREVIOUS_CA') return [];
  return [notice('person', 'AwaitingOperator', `when ${step} is proven again, somebody decides which way it goes from there`)];
}

function slowWorkloads({ start: { policy, record }, clusters }: NoticeFacts): readonly PlanNotice[] {
  if (policy.requiredEvidence !== 'held') return [];
  const slow = membersWith(record, clusters, ({ renewed, unread }) => renewed + unread > 0);
  if (slow.length === 0) return [];
  const count = slow.reduce((sum, name) => sum + (clusters.get(name)?.renewed ?? 0) + (clusters.get(name)?.unread ?? 0), 0);
  const what = `${count} workloads of ${counted(slow, '', '').trim()} take new trust only with their next certificate or start`;
  const way =
    policy.workloadRestarts === 'never'
      ? 'each step waits for that, up to a day; workloadRestarts: RESTART_NEEDED would restart them'
      : 'they are restarted in each step, as PodDisruptionBudgets allow';
  return [notice('warning', 'WorkloadsLearnLate', `${what}: ${way}`, slow)];
}

function signingBursts({ facts: { spec }, start: { record }, clusters }: NoticeFacts): readonly PlanNotice[] {
  const late = membersWith(record, clusters, (each) => burstMsOf(each, spec) > burstWarningMs);
  if (late.length === 0) return [];
  const spans = late.map((name) => burstMsOf(clusters.get(name) as ClusterFacts, spec) / 1_000);
  const longest = Math.max(...spans);
  const message =
    `in ${counted(late, '', '').trim()} more proxies ask for certificates at once than istiod signs in ${burstWarningMs / 1000} s, ` +
    `up to ${Math.round(longest)} s; more replicas, or an ECDSA intermediate, are quicker`;
  return [notice('warning', 'SigningBurst', message, late)];
}

function manyIntermediates({ steps }: NoticeFacts): readonly PlanNotice[] {
  return steps.flatMap(({ step, intermediates: { atOnce, seconds = 0, by } }) =>
    seconds <= intermediatesWarningSeconds
      ? []
      : [
          notice(
            'warning',
            'ManyIntermediates',
            `${by} signs ${atOnce} intermediates at once in ${step}, and needs ${Math.round(seconds)} s; smaller waves ask for fewer`,
          ),
        ],
  );
}

/** An answer is given when the step is proven, and the next step may have to wait for a window. */
function approvalsThatLapse({ start: { policy, record }, steps }: NoticeFacts): readonly PlanNotice[] {
  if (record.rotation?.verification === 'none') return [];
  const { expireAfterMs } = policy.approvals;
  const automatic = record.rotation?.verification === 'automatic';
  return steps.slice(0, -1).flatMap(({ step, proven, ends }) => {
    const waitMs = spanOf(proven.likely, ends.likely);
    if (!Number.isFinite(waitMs) || waitMs < expireAfterMs) return [];
    const lapses = `an approval of ${step} right after its proof would lapse before the next step can begin, ${spanText(waitMs)} later`;
    const message = `${lapses}; ${automatic ? 'mgmt verifies it anew then' : 'answer shortly before'}`;
    return [notice('warning', 'ApprovalWouldLapse', message)];
  });
}

function abruptPassage({ start: { record } }: NoticeFacts): readonly PlanNotice[] {
  if (record.rotation?.strategy !== 'NONE') return [];
  const message =
    'strategy NONE changes root and signer at once: workloads refuse each other until all of them hold the new root';
  return [notice('warning', 'AbruptPassage', message)];
}

function blockedRestarts({ start: { record }, clusters }: NoticeFacts): readonly PlanNotice[] {
  const blocked = membersWith(record, clusters, ({ budgets }) => budgets === 'blocked');
  if (blocked.length === 0) return [];
  const message = `in ${counted(blocked, '', '').trim()} a PodDisruptionBudget bears no disruption of what has to be restarted`;
  return [notice('warning', 'RestartBlocked', message, blocked)];
}

function raisedAlarms({ facts: { alarms } }: NoticeFacts): readonly PlanNotice[] {
  return alarms.map(({ reason, message, cluster }) => notice('warning', reason, message, cluster === undefined ? [] : [cluster]));
}

function notice(severity: PlanNotice['severity'], reason: string, message: string, clusters: readonly string[] = []): PlanNotice {
  return { severity, reason, message, clusters };
}

function membersWith(
  record: PlannedStart['record'],
  clusters: FactsOf,
  has: (facts: ClusterFacts) => boolean,
): readonly string[] {
  return [...clusters.values()].filter((each) => isMember(record, each.cluster) && has(each)).map(({ cluster }) => cluster);
}

/** @param one verb for a single one */
function counted(clusters: readonly string[], one: string, several: string): string {
  return clusters.length === 1 ? `${clusters[0] ?? ''} ${one}` : `${clusters.length} clusters ${several}`;
}

function spanOf(from: string | undefined, to: string | undefined): number {
  return from === undefined || to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to) - Date.parse(from);
}
