import { assertNever, RerootError } from '@reroot/shared/errors';
import type { ClusterAct } from './act.ts';
import { heldBack } from './adopted.ts';
import { assignmentOf } from './assignment.ts';
import { entryOf } from './entry-of.ts';
import type { Deviation, Rotation, RotationRecord } from './record.ts';

/**
 * Changes the part of a cluster in the record.
 *
 * exclude   it keeps what it was told last, and may fall behind by as many rows as the others go
 * include   it is to come back, and is told nothing before it has shown what it holds
 * guide     it is told the next row on its way back, under a generation of its own
 * admit     it is a member again; what it was told last, if anything, is what it is told as a member
 * members   clusters are added to the mesh, which come as if they returned, or are removed, and told nothing more
 * rename    it goes by another name from now on; nothing else of it changes
 *
 * @throws RR_INTERNAL when a cluster is to come back that never left
 */
export function changeCluster(record: RotationRecord, act: ClusterAct, nowMs: number): RotationRecord {
  switch (act.move) {
    case 'exclude': {
      const { cluster, cause, by, why } = act;
      const told = assignmentOf(record, cluster);
      return withDeviation(record, cluster, { kind: 'excluded', cause, by, why, sinceMs: nowMs, told });
    }
    case 'include': {
      const { cluster, by, why } = act;
      const { cause } = requireDeviation(record, cluster);
      return withDeviation(record, cluster, { kind: 'returning', cause, by, why, sinceMs: nowMs, told: undefined });
    }
    case 'guide': {
      const generation = record.lastGeneration + 1;
      const told = { row: act.row, generation };
      const deviation = { ...requireDeviation(record, act.cluster), told };
      return withDeviation({ ...record, lastGeneration: generation }, act.cluster, deviation);
    }
    case 'admit': {
      const { told } = requireDeviation(record, act.cluster);
      const deviations = without(record.deviations, [act.cluster]);
      const ahead = told === undefined ? record.ahead : { ...record.ahead, [act.cluster]: told.generation };
      return { ...record, deviations, ahead };
    }
    case 'members':
      return changeMembers(record, act, nowMs);
    case 'rename':
      return renamed(record, act.cluster, act.to);
    default:
      return assertNever(act);
  }
}

/** Takes a restored record for what the mesh was told. */
export function resumed(held: RotationRecord, unheard: readonly string[]): RotationRecord {
  const { restored, ...record } = held;
  if (restored === undefined) throw new RerootError('RR_INTERNAL', `mesh ${record.mesh} was not restored`);
  const deviations = Object.entries(record.deviations).map(([cluster, deviation]): [string, Deviation] => [
    cluster,
    unheard.includes(cluster) ? { ...deviation, told: undefined } : deviation,
  ]);
  return { ...record, deviations: Object.fromEntries(deviations) };
}

function changeMembers(
  record: RotationRecord,
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
  nowMs: number,
): RotationRecord {
  const joined = heldBack('the spec', 'it was added to the mesh', nowMs);
  const { rotation } = record;
  return {
    ...record,
    rotation: rotation?.origins === undefined ? rotation : { ...rotation, origins: without(rotation.origins, removed) },
    ahead: without(record.ahead, removed),
    deviations: { ...without(record.deviations, removed), ...Object.fromEntries(added.map((cluster) => [cluster, joined])) },
  };
}

function renamed(record: RotationRecord, from: string, to: string): RotationRecord {
  const { ahead, deviations, rotation } = record;
  const canaries = rotation?.canaries.map((canary) => (canary === from ? to : canary)) ?? [];
  return {
    ...record,
    ahead: withKey(ahead, from, to),
    deviations: withKey(deviations, from, to),
    rotation: rotation === undefined ? undefined : { ...rotation, canaries, ...originsRenamed(rotation, from, to) },
  };
}

function originsRenamed({ origins }: Rotation, from: string, to: string): Pick<Rotation, 'origins'> {
  return origins === undefined ? {} : { origins: withKey(origins, from, to) };
}

function withKey<T>(entries: Readonly<Record<string, T>>, from: string, to: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name === from ? to : name, entry]));
}

function without<T>(entries: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !names.includes(name)));
}

/** Entries of `ahead` that the other members have caught up with say nothing any more. */
function withDeviation(record: RotationRecord, cluster: string, deviation: Deviation): RotationRecord {
  const ahead = Object.entries(record.ahead).filter(
    ([name, generation]) => name !== cluster && generation > record.base.generation,
  );
  return { ...record, ahead: Object.fromEntries(ahead), deviations: { ...record.deviations, [cluster]: deviation } };
}

function requireDeviation(record: RotationRecord, cluster: string): Deviation {
  const deviation = entryOf(record.deviations, cluster);
  if (deviation === undefined) throw new RerootError('RR_INTERNAL', `cluster ${cluster} is a member already`);
  return deviation;
}
