import type { HandshakeEnd, PlannedHandshake } from './outcome.ts';

/** A cluster that takes part, with the replicas of istiod that are known of it. */
export interface HandshakeMember {
  readonly cluster: string;
  readonly replicas: readonly string[];
}

/** Clusters that present chains under the same roots and trust the same: what holds of one is to hold of all. */
export interface HandshakeClass {
  readonly clusters: readonly HandshakeMember[];
  /** Of its live leaves, the roots that each verifies under; who is signed alike stands for all who are, where it is known. */
  readonly face?: { readonly leaves: readonly (readonly string[])[] };
}

/** Which handshakes: `all` of them, between every two clusters, or `sampled` by class; `auto` is all up to eight clusters. */
export type HandshakeSampling = 'all' | 'sampled' | 'auto';

/** With so many clusters, or classes, there are 64 pairs. */
const allUpTo = 8;

/** Of more clusters than this not every pair is tried, whoever asks: these are 4,096, some minutes of handshakes. */
export const allPairsUpTo = 64;

/** Among more classes than eight, each is tried with so many kinds of signers. */
const mostSigners = 8;

/**
 * Says which handshakes to make. Sampled, each cluster is client to the next one and server to the one before, classes are tried
 * between representatives, and each replica takes part. Up to eight classes, that is each ordered pair of them; of more, each with
 * itself, with the next, and with one of each kind of signer: no more than clusters + max(64, 10 × classes) + replicas.
 * A cluster of no known replica is planned for all the same, for it must not be left out unseen.
 */
export function planHandshakes(
  classes: readonly HandshakeClass[],
  sampling: HandshakeSampling = 'auto',
): readonly PlannedHandshake[] {
  const members = classes.flatMap(({ clusters }) => clusters);
  const turns = createTurns();
  const upTo = { all: allPairsUpTo, auto: allUpTo, sampled: 0 }[sampling];
  const pairs = members.length <= upTo ? allPairs(members) : [...ringOf(members), ...pairsOfClasses(classes)];
  const planned = pairs.map(([client, server]) => ({ client: turns.next(client), server: turns.next(server) }));
  return distinct([...planned, ...ofReplicasLeft(members, turns)]);
}

type Pair = readonly [client: HandshakeMember, server: HandshakeMember];

function allPairs(members: readonly HandshakeMember[]): readonly Pair[] {
  return members.flatMap((client) => members.map((server): Pair => [client, server]));
}

function ringOf(members: readonly HandshakeMember[]): readonly Pair[] {
  return members.map((client, index): Pair => [client, members[(index + 1) % members.length] ?? client]);
}

/** Another representative for each pair, so that no cluster has to do all the work of its class. */
function pairsOfClasses(classes: readonly HandshakeClass[]): readonly Pair[] {
  const pick = ({ clusters }: HandshakeClass, turn: number): HandshakeMember | undefined => clusters[turn % clusters.length];
  return placesOf(classes).flatMap(([row, column]) => {
    const [clients, servers] = [classes[row], classes[column]];
    const client = clients && pick(clients, column);
    const server = servers && pick(servers, row + 1);
    return client === undefined || server === undefined ? [] : [[client, server] satisfies Pair];
  });
}

/** Which classes are tried with which: the trust matrix has compared what every one of them holds with every other. */
function placesOf(classes: readonly HandshakeClass[]): readonly (readonly [row: number, column: number])[] {
  const places = [...classes.keys()];
  if (classes.length <= allUpTo) return places.flatMap((row) => places.map((column) => [row, column] as const));
  const signers = signersAmong(classes);
  return places.flatMap((place) => {
    const met = new Set([place, (place + 1) % places.length]);
    const shown = signers.filter((signer) => !met.has(signer));
    return [...[...met].map((column) => [place, column] as const), ...shown.map((signer) => [signer, place] as const)];
  });
}

/** For each kind of leaf the first class that shows it. The largest come first, and so do the kinds that most peers meet. */
function signersAmong(classes: readonly HandshakeClass[]): readonly number[] {
  const firsts = new Map<string, number>();
  for (const [index, { face }] of classes.entries()) {
    for (const roots of face?.leaves ?? []) if (!firsts.has(roots.join())) firsts.set(roots.join(), index);
  }
  return [...new Set(firsts.values())].slice(0, mostSigners);
}

interface Turns {
  /** The cluster by the replica whose turn it is. */
  next(member: HandshakeMember): HandshakeEnd;
  /** Replicas that have not had a turn. */
  left(member: HandshakeMember): readonly string[];
}

function createTurns(): Turns {
  const taken = new Map<string, number>();
  return {
    next: ({ cluster, replicas }) => {
      const turn = taken.get(cluster) ?? 0;
      taken.set(cluster, turn + 1);
      return { cluster, replica: replicas[turn % Math.max(1, replicas.length)] ?? '' };
    },
    left: ({ cluster, replicas }) => replicas.slice(taken.get(cluster) ?? 0),
  };
}

function ofReplicasLeft(members: readonly HandshakeMember[], turns: Turns): readonly PlannedHandshake[] {
  return members.flatMap((member, index) => {
    const server = members[(index + 1) % members.length] ?? member;
    return turns.left(member).map((replica) => ({
      client: { cluster: member.cluster, replica },
      server: { cluster: server.cluster, replica: server.replicas[0] ?? '' },
    }));
  });
}

/** A ring and the pairs of classes may meet. */
function distinct(planned: readonly PlannedHandshake[]): readonly PlannedHandshake[] {
  const textOf = ({ cluster, replica }: HandshakeEnd): string => `${cluster}/${replica}`;
  return [...new Map(planned.map((each) => [`${textOf(each.client)} ${textOf(each.server)}`, each])).values()];
}
