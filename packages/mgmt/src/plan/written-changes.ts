import type { PlannedChange } from '@reroot/shared/api';
import type { ClusterEvidence, TrustRow } from '../rotation/index.ts';

/** Roots and the one that signs. */
export interface WrittenTrust {
  readonly roots: readonly string[];
  readonly signer?: string;
}

/** What the `cacerts` Secret of a cluster holds, as its agent last reported it. */
export function heldOf(evidence: ClusterEvidence | undefined): WrittenTrust | undefined {
  const written = evidence?.written;
  if (written === undefined) return undefined;
  const roots = [...new Set(written.roots)];
  return written.signerRoot === undefined ? { roots } : { roots, signer: written.signerRoot };
}

/**
 * What a row changes in each cluster; clusters in which it changes the same are one entry, the largest first.
 * @param rowOf what a cluster shall hold
 * @param before what a cluster holds before; undefined where nobody knows
 */
export function groupChanges(
  clusters: readonly string[],
  rowOf: (cluster: string) => Pick<TrustRow, 'roots' | 'signer'>,
  before: (cluster: string) => WrittenTrust | undefined,
): readonly PlannedChange[] {
  const groups = new Map<string, Alike>();
  for (const cluster of clusters) {
    const held = before(cluster);
    const row = rowOf(cluster);
    const key = `${held === undefined ? '' : trustKey(held)} ${trustKey(row)}`;
    const group = groups.get(key) ?? { held, row, clusters: [] };
    group.clusters.push(cluster);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ held, row, clusters: alike }) => changeOf(alike, held, row))
    .toSorted((a, b) => b.clusters.length - a.clusters.length);
}

/** Clusters that hold the same, and shall hold the same. */
interface Alike {
  readonly held: WrittenTrust | undefined;
  readonly row: Pick<TrustRow, 'roots' | 'signer'>;
  readonly clusters: string[];
}

/** Without what a row says besides. */
function trustOf({ roots, signer }: WrittenTrust): WrittenTrust {
  return signer === undefined ? { roots } : { roots, signer };
}

function trustKey({ roots, signer }: WrittenTrust): string {
  return `${roots.join()} ${signer ?? ''}`;
}

function changeOf(
  clusters: readonly string[],
  held: WrittenTrust | undefined,
  { roots, signer }: Pick<TrustRow, 'roots' | 'signer'>,
): PlannedChange {
  const had = held?.roots ?? [];
  return {
    clusters,
    ...(held === undefined ? {} : { before: trustOf(held) }),
    kept: roots.filter((root) => had.includes(root)),
    added: roots.filter((root) => !had.includes(root)),
    removed: had.filter((root) => !roots.includes(root)),
    signer,
    intermediate: held?.signer === signer ? 'kept' : 'new',
  };
}
