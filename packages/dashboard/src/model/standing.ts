import type { ClusterStatus } from '@reroot/shared/api';

/** How far a cluster is, as one mark: the level of its evidence, or why it has none that counts. */
export type Mark = '0' | '1' | '2' | '3' | '4' | '5' | 'silent' | 'never-seen' | 'excluded' | 'returning';

/** Every mark, in the order in which they need an eye. */
export const marks: readonly Mark[] = ['never-seen', 'silent', 'excluded', 'returning', '0', '1', '2', '3', '4', '5'];

/** What a mark is called, what stands in its cell, and what it means. */
export interface MarkWords {
  readonly sign: string;
  readonly name: string;
  readonly means: string;
}

export const markWords: Readonly<Record<Mark, MarkWords>> = {
  'never-seen': { sign: '∅', name: 'never seen', means: 'no report has ever come' },
  silent: { sign: '?', name: 'silent', means: 'no report that is new enough to count' },
  excluded: { sign: '×', name: 'excluded', means: 'keeps what it holds and is not waited for' },
  returning: { sign: '↩', name: 'returning', means: 'is led back, step by step, and not waited for' },
  '0': { sign: '0', name: 'not yet', means: 'the Secret does not hold the row' },
  '1': { sign: '1', name: 'written', means: 'the cacerts Secret holds the row' },
  '2': { sign: '2', name: 'loaded', means: 'every istiod replica signs by it and hands it out' },
  '3': { sign: '3', name: 'published', means: 'every namespace serves its roots' },
  '4': { sign: '4', name: 'held', means: 'workloads trust its roots and hold leaves of its signer' },
  '5': { sign: '5', name: 'proven', means: 'handshakes between clusters have confirmed it' },
};

/** Which level was reached when this is the first gate that does not pass. */
const levelBefore: Readonly<Record<string, Mark>> = {
  ClusterNameShared: '0',
  GenerationNotApplied: '0',
  NotWritten: '0',
  ReplicaNotLoaded: '1',
  NudgePending: '2',
  NamespaceNotPublished: '2',
  WorkloadNotProven: '3',
  WorkloadTrustDiffers: '3',
  WorkloadSignedByOtherRoot: '3',
};

/**
 * The mark of a cluster.
 * @param handshakes whether a proof of the present row has confirmed it by handshakes
 */
export function markOf(cluster: ClusterStatus, handshakes: 'proven' | 'not-proven'): Mark {
  const { membership, presence, verdict } = cluster;
  if (membership !== 'member') return membership;
  if (presence !== 'reporting') return presence;
  const before = levelBefore[verdict.reason];
  if (before !== undefined) return before;
  const level = levelOfTallies(cluster);
  return level === '4' && handshakes === 'proven' ? '5' : level;
}

/** A policy may ask for less than everything: a cluster may pass although its workloads are not known. */
function levelOfTallies({ replicas, namespaces, workloads }: ClusterStatus): Mark {
  if (replicas.reached < replicas.total) return '1';
  if (namespaces.reached < namespaces.total) return '2';
  return workloads.reached < workloads.total ? '3' : '4';
}

/** What a cluster waits for, without its own name; empty when nothing. */
export function waitText({ name, verdict, deviation, membership }: ClusterStatus): string {
  if (membership !== 'member' && deviation !== undefined) return `${deviation.by}: ${deviation.why}`;
  if (verdict.passed) return '';
  return verdict.message.replace(/^waiting: /, '').replace(`${name}: `, '');
}

/** Whether the cluster has something that a person should read. */
export function hasProblem({ problems, link, membership }: ClusterStatus): boolean {
  return problems.length > 0 || (membership === 'member' && link?.connected === false);
}
