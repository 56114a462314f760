import type { Condition } from '@reroot/shared/api';
import { toRerootError } from '@reroot/shared/errors';
import {
  type CertificateVerificationResourceStatus,
  type CertificateVerificationSpec,
  certificateVerificationSpecSchema,
} from '@reroot/shared/resources';
import { timestamp } from '../api/index.ts';
import { actAs } from '../audit/index.ts';
import { finding } from './conditions.ts';
import type { Projection } from './project-mesh.ts';
import { putStatus } from './put-status.ts';
import type { ResourceContext } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';
import { sentenceOf } from './sentence-of.ts';
import { isFinal, wasCarriedOut } from './wish.ts';

/** Takes the answers of people. */
export interface VerificationReconciler {
  reconcile(histories: ReadonlyMap<string, readonly Condition[]>): void;
}

type Answered = Required<Pick<CertificateVerificationResourceStatus, 'state' | 'reason' | 'message' | 'at'>>;

const pace = { urgency: 'soon', gapMs: 0 } as const;

/** Has seen nothing yet. */
export function createVerificationReconciler(context: ResourceContext): VerificationReconciler {
  const { certificateVerifications, deeds } = context;
  const answers = new Map<string, Answered>();
  return {
    reconcile: (histories) => {
      const objects = certificateVerifications.list();
      for (const object of objects) {
        const parsed = certificateVerificationSpecSchema.safeParse(object.spec);
        if (!parsed.success || object.deletion !== 'none' || isSettled(object)) continue;
        const answered = answers.get(object.uid);
        const history = histories.get(parsed.data.mesh) ?? [];
        if (answered === undefined) answer(context, object, parsed.data, history, (given) => answers.set(object.uid, given));
        const failure = deeds.failure(`CertificateVerification/${object.uid}`, object.uid);
        const waiting = failure === undefined ? 'it is being taken' : `it could not be taken yet: ${sentenceOf(failure)}`;
        putStatus(context, certificateVerifications, object, projectAnswer(answered, waiting), pace);
      }
      const present = new Set(objects.map(({ uid }) => uid));
      for (const uid of answers.keys()) if (!present.has(uid)) answers.delete(uid);
    },
  };
}

/** What was answered stays so. */
function isSettled({ status }: ResourceObject): boolean {
  return status['state'] === 'VERIFIED' || status['state'] === 'INVALID';
}

function answer(
  context: ResourceContext,
  object: ResourceObject,
  spec: CertificateVerificationSpec,
  history: readonly Condition[],
  onAnswered: (answered: Answered) => void,
): void {
  const { deeds, operations, tell, clock, via } = context;
  const { mesh, rotation, step, generation, verdict, why, requestedBy: by } = spec;
  const settle = (state: Answered['state'], reason: string, message: string): void => {
    onAnswered({ state, reason, message, at: timestamp(clock.now()) });
    tell('CertificateVerification', object, { type: state === 'VERIFIED' ? 'Normal' : 'Warning', reason, note: message });
  };
  const done = (): void =>
    verdict === 'APPROVE'
      ? settle('VERIFIED', 'Approved', 'the step may pass')
      : settle('VERIFIED', 'Rejected', 'the step is taken back');
  deeds.attempt(`CertificateVerification/${object.uid}`, object.uid, async () => {
    try {
      const action = verdict === 'APPROVE' ? 'CONTINUE' : 'ROLLBACK';
      await actAs({ name: by, via, why }, () =>
        operations.answerVerification(mesh, { rotationId: rotation, step, generation, action, by, why }),
      );
      done();
    } catch (thrown) {
      const error = toRerootError(thrown);
      if (!isFinal(error)) throw error;
      const entries = history.filter(({ rotationId }) => rotationId === rotation);
      if (wasCarriedOut({ rotation, step, generation, requestedBy: by, why }, entries)) done();
      else settle('INVALID', error.code, sentenceOf(error));
    }
  });
}

/** What a CertificateVerification says of itself. Pure. */
export function projectAnswer(
  answered: Answered | undefined,
  waiting: string,
): Projection<CertificateVerificationResourceStatus> {
  if (answered === undefined) {
    const findings = [
      { type: 'Verified', status: 'Unknown', reason: 'Pending', message: waiting },
      { type: 'Invalid', status: 'Unknown', reason: 'Pending', message: waiting },
    ] as const;
    return { status: { state: 'PENDING', reason: 'Pending', message: waiting }, findings };
  }
  const { state, reason, message } = answered;
  return {
    status: answered,
    findings: [
      finding('Verified', state === 'VERIFIED', reason, message),
      finding('Invalid', state === 'INVALID', reason, message),
    ],
  };
}
