import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { CertificateRotationSpec } from '@reroot/shared/resources';
import { timestamp } from '../api/index.ts';
import { actAs } from '../audit/index.ts';
import type { ResourceContext } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';
import { sentenceOf } from './sentence-of.ts';
import { isFinal } from './wish.ts';

/** How long after it was written a start may still be carried out. */
export const startWithinMs = 600_000;

/** Starts the rotation, once: what is refused stays refused, and what is too old is not started any more. */
export function startByObject(
  context: ResourceContext,
  object: ResourceObject,
  spec: CertificateRotationSpec,
  onRefused: (error: RerootError) => void,
): void {
  const { deeds, tell, clock, via } = context;
  const { uid } = object;
  deeds.attempt(`CertificateRotation/${uid}/start`, uid, async () => {
    try {
      requireFresh(object, clock.now());
      await actAs({ name: spec.requestedBy, via, ...(spec.why === undefined ? {} : { why: spec.why }) }, () =>
        begin(context, object, spec),
      );
      tell('CertificateRotation', object, { type: 'Normal', reason: 'Started', note: `rotation ${uid} was started` });
    } catch (thrown) {
      const error = toRerootError(thrown);
      if (!isFinal(error) || error.code === 'RR_MESH_NOT_FOUND') throw error;
      onRefused(error);
      tell('CertificateRotation', object, { type: 'Warning', reason: error.code, note: sentenceOf(error) });
    }
  });
}

/** @throws RR_RESOURCE_WISH_STALE */
function requireFresh({ createdAtMs }: ResourceObject, nowMs: number): void {
  if (nowMs - createdAtMs <= startWithinMs) return;
  throw new RerootError(
    'RR_RESOURCE_WISH_STALE',
    `it was written at ${timestamp(createdAtMs)}, and not carried out within ten minutes`,
  );
}

async function begin({ operations }: ResourceContext, { uid }: ResourceObject, spec: CertificateRotationSpec): Promise<void> {
  const { mesh, strategy, verification, targetRoot, emergency, overrides, why, requestedBy } = spec;
  const asked = {
    ...{ rotationId: uid, by: requestedBy },
    ...(why === undefined ? {} : { why }),
    ...(verification === undefined ? {} : { verification }),
    ...(overrides === undefined ? {} : { overrides }),
  };
  if (spec.start === 'adoption') {
    await operations.adopt(mesh, asked);
    return;
  }
  const { outcome } = await operations.startRotation(mesh, {
    ...asked,
    ...(strategy === undefined ? {} : { strategy }),
    ...(targetRoot === undefined ? {} : { targetRoot }),
    ...(emergency === undefined ? {} : { emergency }),
  });
  if (outcome === 'started') return;
  throw new RerootError('RR_ROTATION_TARGET_INVALID', `mesh ${mesh} is on root ${targetRoot ?? ''} already, or on its way to it`);
}
