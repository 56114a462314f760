import type { BrokenPairs } from '@reroot/shared/api';
import { assertNever, RerootError } from '@reroot/shared/errors';
import { type HeldTrust, supposeMatrix } from '../rotation/index.ts';
import type { HeldFrom } from './row-paths.ts';

/** Clusters that hold the same at any time. */
export interface Peers {
  readonly clusters: readonly string[];
  readonly path: readonly HeldFrom[];
}

/**
 * When a cluster and its peers cannot speak to each other: a mutual handshake fails as soon as either does not trust the other's
 * signer. Peers count as holding a row from when they are told it, and the cluster from when it is proven: so what is said to be
 * broken may begin a little later, and end a little earlier.
 */
export function findBreaks(cluster: string, path: readonly HeldFrom[], peers: Peers): readonly BrokenPairs[] {
  const others = peers.clusters.filter((other) => other !== cluster);
  if (others.length === 0) return [];
  const moments = [...new Set([...path, ...peers.path].map(({ fromMs }) => fromMs))].toSorted((a, b) => a - b);
  const breaks: { -readonly [K in keyof BrokenPairs]: BrokenPairs[K] }[] = [];
  let open: (typeof breaks)[number] | undefined;
  for (const atMs of moments) {
    const [own, their] = [heldAt(path, atMs), heldAt(peers.path, atMs)];
    if (own === undefined || their === undefined) continue;
    const refuses = refusalOf(own.trust, their.trust);
    if (open?.refuses === refuses) continue;
    const at = new Date(atMs).toISOString();
    if (open !== undefined) open.until = at;
    open = undefined;
    if (refuses === undefined) continue;
    open = { cluster, others, step: their.step, from: at, refuses, message: messageOf(cluster, others.length, refuses) };
    breaks.push(open);
  }
  return breaks;
}

function heldAt(path: readonly HeldFrom[], atMs: number): HeldFrom | undefined {
  return path.findLast(({ fromMs }) => fromMs <= atMs);
}

/** By the arithmetic of the trust matrix: a red cell is a leaf that is shown and refused. */
function refusalOf(own: HeldTrust, their: HeldTrust): BrokenPairs['refuses'] | undefined {
  const { refusals } = supposeMatrix(['own', 'their'], (side) => (side === 'own' ? own : their), lookAtNothing);
  const ownRefuses = refusals.some(({ to }) => to.includes('own'));
  const theyRefuse = refusals.some(({ to }) => to.includes('their'));
  if (ownRefuses && theyRefuse) return 'both';
  if (ownRefuses) return 'cluster';
  return theyRefuse ? 'others' : undefined;
}

/** What both hold is supposed; nobody is looked at. */
function lookAtNothing(): never {
  throw new RerootError('RR_INTERNAL', 'a pair of rows is compared by what it holds, and by nothing else');
}

function messageOf(cluster: string, others: number, refuses: BrokenPairs['refuses']): string {
  const whom = others === 1 ? 'the other one' : `the ${others} others`;
  switch (refuses) {
    case 'cluster':
      return `${cluster} does not trust what signs ${whom}, though ${others === 1 ? 'that one trusts' : 'they trust'} what signs it`;
    case 'others':
      return `${others === 1 ? 'the other one does' : `the ${others} others do`} not trust what signs ${cluster}`;
    case 'both':
      return 'neither trusts what signs the other';
    default:
      return assertNever(refuses);
  }
}
