import { readEnum, readProse } from './field.ts';
import { reroot } from './generated/reroot.js';
import type { StandingCa } from './message.ts';

type Wire = reroot.v1.StandingCa.$Properties;

const { AdoptionRule, CaOwner, CaSource } = reroot.v1;

const sources = { cacerts: CaSource.CA_SOURCE_CACERTS, 'self-made': CaSource.CA_SOURCE_SELF_MADE } as const;
const owners = { reroot: CaOwner.CA_OWNER_REROOT, other: CaOwner.CA_OWNER_OTHER } as const;
const rules = { never: AdoptionRule.ADOPTION_RULE_NEVER, allowed: AdoptionRule.ADOPTION_RULE_ALLOWED } as const;

/** To the wire's form. */
export function writeStanding({ source, owner, adoption, objection }: StandingCa): Wire {
  return { source: sources[source], owner: owners[owner], adoption: rules[adoption], objection };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readStanding(wire: Wire): StandingCa {
  return {
    source: readEnum('report.standing.source', sources, wire.source),
    owner: readEnum('report.standing.owner', owners, wire.owner),
    adoption: readEnum('report.standing.adoption', rules, wire.adoption),
    objection: readProse(wire.objection),
  };
}
