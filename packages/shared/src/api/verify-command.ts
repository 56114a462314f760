import type { MeshStatus } from './contract.ts';

/** Whether the rotation stands still until a person verifies the step. */
export function awaitsVerification({ state, verdict }: MeshStatus): boolean {
  return state === 'VERIFYING' && verdict.reason === 'AwaitingVerification';
}

/**
 * The command that approves the present step and no other.
 * @param program how reroot is called, with the options that name the server
 * @returns undefined outside of a rotation
 */
export function verifyCommand({ mesh, rotation, step, generation }: MeshStatus, program: string): string | undefined {
  if (rotation === undefined) return undefined;
  const named = `--mesh ${mesh} --rotation ${rotation.id} --step ${step} --generation ${generation}`;
  return `${program} verify --continue ${named} --why 'traffic looks right'`;
}

/** What an answer to a mesh in VERIFYING is for, in words; on the first row there is nothing left to take back. */
export function verifyAdvice({ direction, step }: MeshStatus): {
  readonly purpose: string;
  readonly otherwise: string | undefined;
} {
  return {
    purpose: direction === 'back' ? 'to accept the rollback' : 'to go on',
    otherwise: step === 'PREVIOUS_CA' ? undefined : 'or the same with --rollback in the place of --continue to take it back',
  };
}
