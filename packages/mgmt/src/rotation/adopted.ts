import { entryOf } from './entry-of.ts';
import type { Deviation, Rotation, RotationRecord } from './record.ts';

/**
 * A record in which the clusters that its rotation adopts count: from its start on they are told what they hold, as members. One that
 * was excluded, or is led back already, goes on as it is, also where an adoption before this one has brought its row along.
 */
export function withAdopted(record: RotationRecord): RotationRecord {
  const origins = record.rotation?.origins ?? {};
  const others = Object.entries(record.deviations).filter(
    ([cluster, { kind, told }]) => entryOf(origins, cluster) === undefined || kind === 'excluded' || told !== undefined,
  );
  return { ...record, deviations: Object.fromEntries(others) };
}

/**
 * A record in which the clusters that a rotation would have adopted are held back again: they go on as they are, are told nothing,
 * and wait for the next adoption.
 */
export function withHeldBack(record: RotationRecord, { origins = {} }: Rotation, nowMs: number): RotationRecord {
  const held = Object.keys(origins).map((cluster): [string, Deviation] => [
    cluster,
    entryOf(record.deviations, cluster) ?? heldBack('reroot', 'its adoption was aborted', nowMs),
  ]);
  const ahead = Object.entries(record.ahead).filter(([cluster]) => entryOf(origins, cluster) === undefined);
  return { ...record, ahead: Object.fromEntries(ahead), deviations: { ...record.deviations, ...Object.fromEntries(held) } };
}

/**
 * What clusters hold that an adoption was rolled back for: a rotation that starts from there begins with each one's own row, whatever
 * root it goes to. Undefined where there are none.
 */
export function carriedOrigins({ state, rotation }: RotationRecord): Rotation['origins'] {
  return state === 'PREVIOUS_CA' ? rotation?.origins : undefined;
}

/** A cluster that is to come in, and is told nothing before it has shown what it holds. */
export function heldBack(by: string, why: string, nowMs: number): Deviation {
  return { kind: 'returning', cause: 'joined', by, why, sinceMs: nowMs, told: undefined };
}

/** Whether a cluster comes from elsewhere, and the rotation says what it held. */
export function isAdopted({ rotation }: Pick<RotationRecord, 'rotation'>, cluster: string): boolean {
  return entryOf(rotation?.origins, cluster) !== undefined;
}

/** Whether nobody here has the key of a root: it came with an adopted cluster. */
export function isForeign({ roots }: Pick<RotationRecord, 'roots'>, root: string): boolean {
  return roots.some(({ fingerprint, source }) => fingerprint === root && source === 'foreign');
}
