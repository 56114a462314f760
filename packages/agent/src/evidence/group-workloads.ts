import { toRerootError } from '@reroot/shared/errors';
import { parseCertificates } from '@reroot/shared/pki';
import type { Problem } from '@reroot/shared/protocol';
import type { Workload } from '../cluster/cluster.ts';
import { isSignedBy, type Observed, observe, observeNothing } from './observed.ts';
import { summarise } from './summarise.ts';

/** Workloads of one namespace that hold the same trust. */
export interface WorkloadGroup {
  readonly namespace: string;
  readonly observed: Observed;
  /** `none` while they hold no certificate: they ask for one by themselves. */
  readonly leaf: 'held' | 'none';
  readonly count: number;
  /** Names of the first ones. */
  readonly examples: readonly string[];
}

const maxExamples = 10;

/**
 * Reads what each workload holds and puts equal ones together, in the order of their first members. One that cannot
 * be read counts as trusting nothing, so that it is not overlooked; all of them together are one problem.
 */
export function groupWorkloads(workloads: readonly Workload[]): { groups: WorkloadGroup[]; problems: Problem[] } {
  const groups = new Map<string, WorkloadGroup>();
  const unreadable: string[] = [];
  for (const workload of workloads) {
    const { namespace, name } = workload;
    const { observed, leaf } = readWorkload(workload, unreadable);
    const key = [namespace, leaf, observed.bundleSha256, ...namesOf(observed.roots), '|', ...namesOf(observed.signerChain)].join(
      ' ',
    );
    const group = groups.get(key) ?? { namespace, observed, leaf, count: 0, examples: [] };
    const examples = group.count < maxExamples ? [...group.examples, name] : group.examples;
    groups.set(key, { ...group, count: group.count + 1, examples });
  }
  return { groups: [...groups.values()], problems: summarise('workloads hold trust', unreadable) };
}

function readWorkload(workload: Workload, unreadable: string[]): Pick<WorkloadGroup, 'observed' | 'leaf'> {
  const { namespace, name, certChain, rootCert } = workload;
  try {
    const [leaf, ...chain] = parseCertificates(certChain);
    if (leaf === undefined) return { observed: observe(rootCert), leaf: 'none' };
    const observed = observe(rootCert, chain);
    if (isSignedBy(leaf, observed)) return { observed, leaf: 'held' };
    unreadable.push(`${namespace}/${name}: its leaf is not signed by the certificate after it`);
  } catch (error) {
    unreadable.push(`${namespace}/${name}: ${toRerootError(error).message}`);
  }
  return { observed: observeNothing(rootCert), leaf: 'held' };
}

function namesOf(certificates: Observed['roots']): string[] {
  return certificates.map(({ fingerprint }) => fingerprint);
}
