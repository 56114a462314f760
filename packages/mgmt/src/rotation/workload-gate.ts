import type { UnreadReason } from '@reroot/shared/api';
import type { WorkloadRestart } from '@reroot/shared/protocol';
import type { Assignment } from './assignment.ts';
import type { ClusterEvidence, WorkloadHolding } from './evidence.ts';
import { type Finding, type Found, findFailing, foundOne } from './findings.ts';
import { isProven, trustsOf } from './holds-row.ts';
import { problemsOf } from './reported-problems.ts';

/** Workloads of which nothing is known are no proof of anything, whatever holding stands beside them. */
export function workloadNotProven(evidence: ClusterEvidence): Found | undefined {
  const { workloads } = evidence;
  if (workloads === undefined) {
    return foundOne(() => ({ message: `the workloads could not be listed${problemsOf(evidence)}` }));
  }
  return findFailing(workloads, isProven, (group) => {
    const why = group.unread === undefined ? 'the agent does not say why' : unreadTexts[group.unread];
    return findingOf(group, 'give', `no proof of what they hold: ${why}${proofOf(group)}`);
  });
}

/** @param restarts whether the agent restarts workloads */
export function workloadTrustDiffers(
  { workloads = [] }: ClusterEvidence,
  { row }: Assignment,
  restarts: WorkloadRestart,
): Found | undefined {
  return findFailing(workloads, trustsOf(row), (group) =>
    findingOf(group, 'trust', `other roots than the row${wayOut(group, restarts)}`),
  );
}

/** @param restarts whether the agent restarts workloads */
export function workloadSignedByOtherRoot(
  { workloads = [] }: ClusterEvidence,
  { row }: Assignment,
  restarts: WorkloadRestart,
): Found | undefined {
  return findFailing(
    workloads,
    ({ holding }) => holding.signerRoot === row.signer,
    (group) => findingOf(group, 'hold', `a leaf of another root${wayOut(group, restarts)}`),
  );
}

const unreadTexts: Readonly<Record<UnreadReason, string>> = {
  'not-asked': 'the agent is configured not to read their proxies',
  forbidden: "the agent's role lacks pods/portforward, so it cannot read their proxies",
  unreachable: 'their proxies do not answer the agent',
  unsupported: 'their proxies have certificates from elsewhere than istiod, or answer with nothing that the agent can read',
  unknown: 'the agent cannot read their proxies, for a reason that this version does not know',
};

/** What would prove them, other than being read. */
function proofOf({ unread }: WorkloadHolding): string {
  return unread === 'unsupported' ? '' : "; a restart is one, or the end of their leaf's life";
}

/** What is pushed to comes by itself. The others may take half a day, and whoever waits is to know. */
function wayOut({ learns }: WorkloadHolding, restarts: WorkloadRestart): string {
  if (learns === 'pushed') return '';
  const offer = restarts === 'never' ? ', and workloadRestarts: RESTART_NEEDED would restart them' : '';
  return `; they change only with their next certificate or a restart${offer}`;
}

/** @param verb of many; one has an s more */
function findingOf({ namespace, count, examples }: WorkloadHolding, verb: string, what: string): Finding {
  const example = examples[0];
  const named = example === undefined ? '' : ` (${examples.slice(0, 3).join(', ')}${count > 3 ? ', …' : ''})`;
  const [noun, does] = count === 1 ? ['workload', `${verb}s`] : ['workloads', verb];
  return {
    namespace,
    ...(example === undefined ? {} : { workload: example }),
    message: `${count} ${noun} of namespace ${namespace}${named} ${does} ${what}`,
  };
}
