import type { RotationRecord } from '../record.ts';
import { originOf } from '../row.ts';
import { everyCluster } from '../wave.ts';
import type { Looking } from './find-losses.ts';
import { classify } from './trust-classes.ts';

/**
 * Whether an adoption has not yet brought everybody to trust everybody's root, or does not any more: then clusters that come from
 * under different roots refuse each other as they did before it began, and that says nothing against the next wave.
 */
export function areApart({ rotation, step, base, wave }: RotationRecord): boolean {
  if (rotation?.origins === undefined) return false;
  return step === 'PREVIOUS_CA' || (base.step === 'PREVIOUS_CA' && wave.through !== everyCluster);
}

/** Whether two clusters are to verify each other: all are, but of an adoption that is apart those that came with other trust. */
export function shallVerify(record: RotationRecord, one: string, other: string): boolean {
  return !areApart(record) || groupKeyOf(record, one) === groupKeyOf(record, other);
}

function groupKeyOf({ rotation }: RotationRecord, cluster: string): string {
  const { roots, signer } = rotation === undefined ? { roots: [], signer: '' } : originOf(rotation, cluster);
  return [signer, ...roots.toSorted()].join();
}

/** The members in groups of those that came with the same trust: within each of them everybody verifies everybody all the way. */
export function groupsOf(record: RotationRecord, { members, lookOf }: Looking): readonly Looking[] {
  const groups = new Map<string, string[]>();
  for (const cluster of members) {
    const key = groupKeyOf(record, cluster);
    groups.set(key, [...(groups.get(key) ?? []), cluster]);
  }
  return [...groups.values()].map((group) => ({ members: group, lookOf, classes: classify(group, lookOf) }));
}
