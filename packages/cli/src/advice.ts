import {
  awaitsApproval,
  awaitsDecision,
  awaitsVerification,
  type MeshStatus,
  verifyAdvice,
  verifyCommand,
} from '@reroot/shared/api';

/**
 * What a person types to let a rotation go on that waits for them.
 * @param program how reroot is called, with the options that name the server
 * @returns nothing when the rotation waits for nobody
 */
export function adviceLines(status: MeshStatus, program: string): readonly string[] {
  const command = verifyCommand(status, program);
  if (command === undefined || ![awaitsVerification, awaitsDecision, awaitsApproval].some((awaits) => awaits(status))) return [];
  const { situation, purpose, otherwise } = verifyAdvice(status);
  return [`${situation}; ${purpose}, type:`, `  ${command}`, ...(otherwise === undefined ? [] : [otherwise])];
}
