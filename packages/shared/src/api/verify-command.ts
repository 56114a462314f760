import type { MeshStatus } from './mesh-status.ts';
import { printable } from './render-table.ts';

/** Whether the rotation stands still until a person verifies the step. */
export function awaitsVerification({ state, verdict }: MeshStatus): boolean {
  return state === 'VERIFYING' && verdict.reason === 'AwaitingVerification';
}

/** Whether a rotation in an emergency has not begun, and another person must approve it. */
export function awaitsApproval({ verdict }: MeshStatus): boolean {
  return verdict.reason === 'AwaitingApproval';
}

/**
 * Whether the rotation stands still until a person decides which way it goes: it has failed, or was rolled back to a
 * row and accepted there. On the first row there is nothing to decide: it settles by itself.
 */
export function awaitsDecision({ state, direction, step }: MeshStatus): boolean {
  return state === 'FAILED' || (state === 'VERIFIED' && direction === 'back' && step !== 'PREVIOUS_CA');
}

/**
 * The command that lets the present step go on, and no other.
 * @param program how reroot is called, with the options that name the server
 * @returns undefined outside of a rotation
 */
export function verifyCommand(status: MeshStatus, program: string): string | undefined {
  const { mesh, rotation, step, generation } = status;
  if (rotation === undefined) return undefined;
  const named = `--mesh ${mesh} --rotation ${rotation.id} --step ${step} --generation ${generation}`;
  const why = whyOf(status);
  return `${program} verify --continue ${named} --why '${why}'`;
}

function whyOf(status: MeshStatus): string {
  if (awaitsApproval(status)) return 'the losses are accepted';
  return awaitsDecision(status) ? 'the cause is mended' : 'traffic looks right';
}

/** What an answer to a mesh that waits for a person is for, in words. */
export interface VerifyAdvice {
  /** What has come about, and who is waited for. */
  readonly situation: string;
  /** What `verify --continue` is for. */
  readonly purpose: string;
  /** What else can be answered; on the first row there is nothing left to take back. */
  readonly otherwise: string | undefined;
}

/** What to tell a person whose answer is waited for: `awaitsVerification`, `awaitsDecision` or `awaitsApproval`. */
export function verifyAdvice(status: MeshStatus): VerifyAdvice {
  const { state, direction, step, rotation } = status;
  if (awaitsApproval(status)) return approvalAdvice(status);
  const whom = rotation?.approvals === 'another-person' ? `another person than ${printable(rotation.startedBy)}` : 'you';
  const rollback = (end: string): string | undefined =>
    step === 'PREVIOUS_CA' ? undefined : `or the same with --rollback in the place of --continue to ${end}`;
  switch (state) {
    case 'FAILED':
      return {
        situation: `${step} has failed and waits for ${whom}`,
        purpose: 'to try it again',
        otherwise: rollback('take it back'),
      };
    case 'VERIFIED':
      return {
        situation: `${step} was rolled back to, is accepted, and waits for ${whom}`,
        purpose: 'to go forward again',
        otherwise: rollback('go further back'),
      };
    default:
      return {
        situation: `${step} is proven and waits for ${whom}`,
        purpose: direction === 'back' ? 'to accept the rollback' : 'to go on',
        otherwise: rollback('take it back'),
      };
  }
}

/** Four eyes are always asked for in an emergency, and nothing can be taken back that nobody was told of. */
function approvalAdvice({ rotation }: MeshStatus): VerifyAdvice {
  return {
    situation: `the emergency rotation waits for another person than ${printable(rotation?.startedBy ?? '')}`,
    purpose: 'to let it begin',
    otherwise: 'or the same with --rollback in the place of --continue to refuse it, which is open to everybody',
  };
}
