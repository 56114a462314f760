import type { Collection } from './collection.ts';
import { conditionsOf } from './conditions.ts';
import { mergePatchOf } from './merge-patch.ts';
import type { PacedWrite } from './paced-writer.ts';
import type { Projection } from './project-mesh.ts';
import type { ResourceContext } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';

/** How a status is written. */
export interface StatusPace extends Pick<PacedWrite, 'urgency' | 'gapMs'> {
  /** Keys that alone are no reason to write. */
  readonly incidental?: readonly string[];
}

/** Has the status of an object written, where it says something else than it should. */
export function putStatus(
  { writer, clock }: Pick<ResourceContext, 'writer' | 'clock'>,
  collection: Collection,
  object: ResourceObject,
  { status, findings }: Projection<object>,
  { urgency, gapMs, incidental = [] }: StatusPace,
): void {
  const key = `${collection.kind}/${object.name}/status`;
  const conditions = conditionsOf(findings, object.status.conditions, object.generation, clock.now());
  const patch = mergePatchOf(object.status, { ...status, observedGeneration: object.generation, conditions });
  if (patch === undefined || Object.keys(patch).every((changed) => incidental.includes(changed))) {
    writer.drop(key);
    return;
  }
  writer.put(key, { urgency, gapMs, send: (signal) => collection.patchStatus(object, patch, signal) });
}
