import { awaitsDecision, awaitsVerification, type MeshStatus, type VerificationAnswer } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import type { MeshFleet } from './mesh-fleet.ts';

/** The steps of MULTI_ROOT, in their order. */
export const steps = ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'] as const satisfies Step[];

/** Looks until the rotation waits for a person in this step. */
export function untilAsked(fleet: MeshFleet, step: Step): Promise<MeshStatus> {
  return fleet.until(`${step} to be proven`, (status) => awaitsVerification(status) && status.step === step);
}

/** Starts a rotation, and has it continue until it waits for a person in this step. */
export async function rotateTo(fleet: MeshFleet, last: Step): Promise<MeshStatus> {
  await fleet.rotate({ verification: 'manual' });
  for (const step of steps) {
    const asked = await untilAsked(fleet, step);
    if (step === last) return asked;
    await fleet.answer(asked, 'CONTINUE');
  }
  throw new Error(`no rotation passes through ${last}`);
}

/** Answers whatever a person is asked until the mesh is in this state; gives the questions. */
export async function answerUntil(
  fleet: MeshFleet,
  state: MeshStatus['state'],
  choose: (question: MeshStatus) => VerificationAnswer['action'],
): Promise<readonly MeshStatus[]> {
  const questions: MeshStatus[] = [];
  for (;;) {
    const seen = await fleet.until(state, (status) => status.state === state || isNewQuestion(status, questions.at(-1)));
    if (seen.state === state) return questions;
    questions.push(seen);
    await fleet.answer(seen, choose(seen));
  }
}

function isNewQuestion(status: MeshStatus, last: MeshStatus | undefined): boolean {
  const isQuestion = awaitsVerification(status) || awaitsDecision(status);
  return isQuestion && (status.generation !== last?.generation || status.state !== last.state);
}
