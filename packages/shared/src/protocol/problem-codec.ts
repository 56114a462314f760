import { readText } from './field.ts';
import type { reroot } from './generated/reroot.js';
import type { Problem } from './message.ts';

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readProblem(path: string, wire: reroot.v1.Problem.$Properties): Problem {
  return {
    code: readText(`${path}.code`, wire.code),
    message: readText(`${path}.message`, wire.message),
    remedy: readText(`${path}.remedy`, wire.remedy),
  };
}
