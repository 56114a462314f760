import { awaitsApproval, type MeshStatus, type VerificationAnswer } from '@reroot/shared/api';
import { assertNever } from '@reroot/shared/errors';

/** What an answer will do, in one sentence for whoever is about to give it. */
export function verifyOutlook(status: MeshStatus, { action, step, rotationId }: VerificationAnswer): string {
  const whole = `rotation ${rotationId} of mesh ${status.mesh}`;
  switch (action) {
    case 'CONTINUE':
      return continueOutlook(status, step, whole);
    case 'ROLLBACK':
      return awaitsApproval(status)
        ? `This refuses the emergency ${whole}: no cluster was told of it.`
        : `This takes ${whole} back from ${step}, one step: every cluster is given again what it held before it.`;
    default:
      return assertNever(action);
  }
}

function continueOutlook(status: MeshStatus, step: MeshStatus['step'], whole: string): string {
  if (awaitsApproval(status)) return `This lets the emergency ${whole} begin; \`reroot status\` shows what is lost by it.`;
  if (status.state === 'FAILED') return `This takes ${whole} up again at ${step}, which has failed.`;
  if (status.direction === 'back') {
    return status.state === 'VERIFIED'
      ? `This has ${whole} go forward again from ${step}: ${nextOf(step)}.`
      : `This accepts that ${whole} was rolled back to ${step}.`;
  }
  return `This lets ${step} of ${whole} pass: ${nextOf(step)}.`;
}

function nextOf(step: MeshStatus['step']): string {
  switch (step) {
    case 'PREVIOUS_CA':
      return 'next, every cluster is given the new root beside the old one';
    case 'ADDING_NEW_ROOT':
      return 'next, every cluster signs with the new root';
    case 'PROPAGATING_NEW_INTERMEDIATE':
      return 'next, the old root is taken away from every cluster';
    case 'DELETING_OLD_ROOT':
      return 'the rotation is finished then, and cannot be taken back';
    default:
      return assertNever(step);
  }
}
