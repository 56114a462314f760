import { readList, readShort } from './field.ts';
import type { reroot } from './generated/reroot.js';
import type { Inspection, InspectRequest } from './inspection-message.ts';
import { limits } from './limits.ts';

/** To the wire's form. */
export function writeInspectRequest({ facts }: InspectRequest): reroot.v1.InspectRequest.$Properties {
  return { facts: [...facts] };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readInspectRequest(path: string, wire: reroot.v1.InspectRequest.$Properties): InspectRequest {
  return { facts: readList(`${path}.facts`, wire.facts, limits.facts, readShort) };
}

/** To the wire's form. */
export function writeInspection({ agentVersion }: Inspection): reroot.v1.Inspection.$Properties {
  return { agentVersion };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readInspection(path: string, wire: reroot.v1.Inspection.$Properties): Inspection {
  return { agentVersion: readShort(`${path}.agent_version`, wire.agentVersion) };
}
