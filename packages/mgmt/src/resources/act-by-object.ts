import type { Condition } from '@reroot/shared/api';
import { toRerootError } from '@reroot/shared/errors';
import type { CertificateRotationResourceStatus, CertificateRotationSpec, RotationAction } from '@reroot/shared/resources';
import { timestamp } from '../api/index.ts';
import { actAs } from '../audit/index.ts';
import type { ResourceContext } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';
import { sentenceOf } from './sentence-of.ts';
import { isFinal, requireMoment, type Wish, wasCarriedOut } from './wish.ts';

/** An object of a rotation that was started. */
export interface ActedObject {
  readonly object: ResourceObject;
  readonly spec: CertificateRotationSpec;
  readonly rotation: string;
  /** Those of the history that are about the rotation. */
  readonly entries: readonly Condition[];
}

/** An action, and what became of it. */
export type AnsweredAction = NonNullable<CertificateRotationResourceStatus['action']>;

/** Carries spec.action out. @returns the last answer: status.action */
export function actByObject(
  context: ResourceContext,
  { object, spec, rotation, entries }: ActedObject,
  actions: Map<string, AnsweredAction>,
): AnsweredAction | undefined {
  const said = actions.get(object.uid) ?? (object.status['action'] as AnsweredAction | undefined);
  const { action } = spec;
  if (action === undefined || isAnswered(action, said)) return said;
  const { type, step, generation, requestedBy, why } = action;
  const wish: Wish = { rotation, step, generation, requestedBy, why };
  const answer = (outcome: AnsweredAction['outcome'], reason: string, message: string): void => {
    const at = timestamp(context.clock.now());
    actions.set(object.uid, { ...{ type, step, generation, requestedBy, why }, outcome, reason, message, at });
    context.tell('CertificateRotation', object, {
      type: outcome === 'DONE' ? 'Normal' : 'Warning',
      reason,
      note: `${type}: ${message}`,
    });
  };
  context.deeds.attempt(`CertificateRotation/${object.uid}/action`, String(object.generation), async () => {
    try {
      await actAs({ name: requestedBy, via: context.via, why }, () => carryOut(context, spec.mesh, type, wish));
      answer('DONE', 'Done', `${type} was carried out`);
    } catch (thrown) {
      const error = toRerootError(thrown);
      if (!isFinal(error)) throw error;
      if (wasCarriedOut(wish, entries)) answer('DONE', 'Done', `${type} was carried out`);
      else answer('REFUSED', error.code, sentenceOf(error));
    }
  });
  return said;
}

function isAnswered(action: RotationAction, said: AnsweredAction | undefined): boolean {
  return (
    said?.type === action.type &&
    said.step === action.step &&
    said.generation === action.generation &&
    said.requestedBy === action.requestedBy &&
    said.why === action.why
  );
}

/** What is true of the mesh when the wish is judged must be so still when it is carried out. */
async function carryOut({ operations }: ResourceContext, mesh: string, type: RotationAction['type'], wish: Wish): Promise<void> {
  const { rotation, requestedBy: by, why } = wish;
  const { stored } = (await operations.readMesh(mesh)).view;
  const { step, generation } = stored.record;
  requireMoment(wish, { rotation: stored.record.rotation?.id, step, generation });
  const wanted = { kind: 'revisions', revisions: [stored.revision] } as const;
  switch (type) {
    case 'ABORT':
      await operations.abortRotation(mesh, { rotationId: rotation, by, why }, wanted);
      return;
    case 'RETRY':
      await operations.retryRotation(mesh, { rotationId: rotation, by, why }, wanted);
      return;
    case 'ROLLBACK':
      await operations.answerVerification(mesh, { rotationId: rotation, step, generation, action: 'ROLLBACK', by, why }, wanted);
  }
}
