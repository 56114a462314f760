import { readCode, readProse } from './field.ts';
import type { reroot } from './generated/reroot.js';
import type { Problem } from './message.ts';

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readProblem(path: string, wire: reroot.v1.Problem.$Properties): Problem {
  return {
    code: readCode(`${path}.code`, wire.code),
    message: readProse(wire.message),
    remedy: readProse(wire.remedy),
  };
}
