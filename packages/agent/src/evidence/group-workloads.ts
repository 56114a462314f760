import { assertNever, toRerootError } from '@reroot/shared/errors';
import { parseCertificates } from '@reroot/shared/pki';
import type { EvidenceMethod, Problem } from '@reroot/shared/protocol';
import type { ProxyReading, UnreadReason, Workload } from '../cluster/cluster.ts';
import { type Basis, concludeWorkload } from './conclude-workload.ts';
import { isSignedBy, type Observed, observe, observeLeaf, observeNothing } from './observed.ts';
import { summarise } from './summarise.ts';

/** Workloads of one namespace that hold the same trust, known in the same way, and learn of new trust in the same way. */
export interface WorkloadGroup extends Seen {
  readonly namespace: string;
  readonly learns: Workload['learns'];
  /** Why their proxies could not be read; empty where they were. */
  readonly unread: UnreadReason | '';
  readonly members: readonly Workload[];
}

/** What a workload holds, and how that is known. */
interface Seen {
  readonly observed: Observed;
  /** `none` while they hold no certificate: they ask for one by themselves. What cannot be read is taken to hold one. */
  readonly leaf: 'held' | 'none';
  readonly method: EvidenceMethod;
}

/** A reading that was understood, or why it could not be. */
interface Understood extends Pick<Seen, 'observed' | 'leaf'> {
  readonly unreadable: string | undefined;
}

type Read = Extract<ProxyReading, { kind: 'read' }>;

/**
 * What became of readings, for as long as the cluster keeps them: a mesh has thousands, nearly all of them the same objects in
 * each pass, and a signature takes its time. A reading says the same each time that it is understood.
 */
const understood = new WeakMap<Read, Understood>();

/**
 * Sees what each workload holds and puts equal ones together, in the order of their first members. What it holds is read
 * from its proxy or, where that is not possible, concluded. One that cannot be understood counts as trusting nothing, so
 * that it is not overlooked; all of them together are one problem.
 * @param basis what conclusions are drawn from; undefined where none may be
 */
export function groupWorkloads(
  workloads: readonly Workload[],
  basis: Basis | undefined,
): { groups: WorkloadGroup[]; problems: Problem[] } {
  const groups = new Map<string, Omit<WorkloadGroup, 'members'> & { readonly members: Workload[] }>();
  const unreadable: string[] = [];
  for (const workload of workloads) {
    const { namespace, learns, reading } = workload;
    const unread = reading.kind === 'unread' ? reading.why : '';
    const seen = see(workload, basis, unreadable);
    const key = [namespace, learns, unread, ...keyOf(seen)].join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { namespace, learns, unread, ...seen, members: [workload] });
    else {
      group.members.push(workload);
      if (reading.kind === 'read') shareCertificates(reading, group.observed);
    }
  }
  return { groups: [...groups.values()], problems: summarise('workloads hold trust', unreadable) };
}

function see(workload: Workload, basis: Basis | undefined, unreadable: string[]): Seen {
  const { reading } = workload;
  switch (reading.kind) {
    case 'read': {
      const { observed, leaf, unreadable: why } = recall(reading);
      if (why !== undefined) unreadable.push(`${workload.namespace}/${workload.name}: ${why}`);
      return { observed, leaf, method: 'proxy-config' };
    }
    case 'unread':
      return { ...concludeWorkload(workload, basis), leaf: 'held' };
    default:
      return assertNever(reading);
  }
}

function recall(reading: Read): Understood {
  const known = understood.get(reading) ?? understand(reading);
  understood.set(reading, known);
  return known;
}

/** Certificates are large beside a fingerprint: equal ones are kept once, not once for each reading. */
function shareCertificates(reading: Read, observed: Observed): void {
  understood.set(reading, { ...recall(reading), observed });
}

function understand({ certChain, rootCert }: Read): Understood {
  const not = (why: string): Understood => ({ observed: observeNothing(rootCert), leaf: 'held', unreadable: why });
  try {
    const [leaf, ...chain] = parseCertificates(certChain);
    if (leaf === undefined) return { observed: observe(rootCert), leaf: 'none', unreadable: undefined };
    const observed = observeLeaf(leaf, rootCert, chain);
    if (isSignedBy(leaf, observed)) return { observed, leaf: 'held', unreadable: undefined };
    return not('its leaf is not signed by the certificate after it');
  } catch (error) {
    return not(toRerootError(error).message);
  }
}

function keyOf({ leaf, method, observed }: Seen): string[] {
  return [leaf, method, observed.bundleSha256, ...namesOf(observed.roots), '|', ...namesOf(observed.signerChain)];
}

function namesOf(certificates: Observed['roots']): string[] {
  return certificates.map(({ fingerprint }) => fingerprint);
}
