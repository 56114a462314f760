import type { Origin, RotationRecord } from '../record.ts';
import { areAdjacent, originOf } from '../row.ts';
import { everyCluster } from '../wave.ts';
import type { JudgedPairs, Looking } from './find-losses.ts';
import type { CellState, TrustClass, TrustClasses } from './trust-classes.ts';

/**
 * Whether an adoption has not yet brought everybody to trust everybody's root, or does not any more: then clusters that came from
 * under roots which the other does not trust refuse each other as they did before it began, and that says nothing against the next wave.
 */
function areApart({ rotation, step, base, wave }: RotationRecord): boolean {
  if (rotation?.origins === undefined) return false;
  return step === 'PREVIOUS_CA' || (base.step === 'PREVIOUS_CA' && wave.through !== everyCluster);
}

/** Whether two clusters are to verify each other: all are, but of an adoption that is apart those that never did. */
export function shallVerify(record: RotationRecord, one: string, other: string): boolean {
  return !areApart(record) || areAdjacent(cameWith(record, one), cameWith(record, other));
}

function cameWith({ rotation }: RotationRecord, cluster: string): Origin {
  return rotation === undefined ? { roots: [], signer: '' } : originOf(rotation, cluster);
}

/** Members that came with the same trust, and so are told the same rows. Within a group everybody verifies everybody all the way. */
export interface Group {
  readonly members: readonly string[];
  /** Those of all groups that it verified, and was verified by, before the adoption; its own members among them. */
  readonly near: readonly string[];
}

/** The members in groups, and which of their pairs count; undefined where all do. */
export interface Groups {
  readonly groups: readonly Group[];
  readonly pairs: JudgedPairs | undefined;
}

interface Kin {
  readonly origin: Origin;
  readonly members: string[];
}

/**
 * Parts the members by what they came with while an adoption is apart; else all are one group. Trust can overlap and signers differ,
 * so that a cluster may have talked to others than those that came with the same: such pairs count too.
 */
export function groupsOf(record: RotationRecord, { members, classes }: Pick<Looking, 'members' | 'classes'>): Groups {
  if (!areApart(record)) return { groups: [{ members, near: members }], pairs: undefined };
  const kinOf = kinsOf(record, members);
  const all = [...new Set(kinOf.values())];
  const near = new Map(all.map((kin) => [kin, new Set(all.filter((other) => areAdjacent(kin.origin, other.origin)))]));
  const nearOf = (kin: Kin): readonly Kin[] => [...(near.get(kin) ?? [])];
  return {
    groups: all.map((kin) => ({ members: kin.members, near: nearOf(kin).flatMap((each) => each.members) })),
    pairs: {
      has: (from, to) => {
        const [one, other] = [kinOf.get(from), kinOf.get(to)];
        return one !== undefined && other !== undefined && near.get(one)?.has(other) === true;
      },
      counts: () => countCells(all, nearOf, classes),
    },
  };
}

/** Of each member those that came with the same, itself among them. */
function kinsOf(record: RotationRecord, members: readonly string[]): ReadonlyMap<string, Kin> {
  const kins = new Map<string, Kin>();
  return new Map(
    members.map((cluster) => {
      const origin = cameWith(record, cluster);
      const key = [origin.signer, ...origin.roots.toSorted()].join();
      const kin = kins.get(key) ?? { origin, members: [] };
      kin.members.push(cluster);
      kins.set(key, kin);
      return [cluster, kin];
    }),
  );
}

/** Counts class by class: clusters of one group and one class are alike. */
function countCells(all: readonly Kin[], nearOf: (kin: Kin) => readonly Kin[], classes: TrustClasses): Record<CellState, number> {
  const sizes = new Map(all.map((kin) => [kin, sizesOf(kin, classes)]));
  const counts = { green: 0, red: 0, unknown: 0 };
  for (const kin of all) {
    for (const [from, ofKin] of sizes.get(kin) ?? []) {
      for (const [to, ofOther] of nearOf(kin).flatMap((other) => [...(sizes.get(other) ?? [])])) {
        counts[classes.stateOf(from, to)] += ofKin * ofOther;
      }
    }
  }
  return counts;
}

function sizesOf({ members }: Kin, classes: TrustClasses): ReadonlyMap<TrustClass, number> {
  const sizes = new Map<TrustClass, number>();
  for (const cluster of members) {
    const found = classes.classOf(cluster);
    if (found !== undefined) sizes.set(found, (sizes.get(found) ?? 0) + 1);
  }
  return sizes;
}
