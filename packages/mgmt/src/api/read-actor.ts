import { maxNameLength, printableSchema } from '@reroot/shared/api-contract';
import { z } from 'zod';
import type { Actor } from '../store/index.ts';
import { isNamed, type Principal } from './access/principal.ts';

const said = z.object({
  by: printableSchema(maxNameLength).optional().catch(undefined),
  why: printableSchema(2_000).optional().catch(undefined),
  emergency: z
    .object({ reason: printableSchema(2_000) })
    .optional()
    .catch(undefined),
});

/**
 * Who asks, for the journal: by the credentials of the request where these name somebody, else by what the body says. A body that is
 * no JSON, or says it in another way, says nothing.
 */
export function readActor(principal: Principal, body: unknown): Actor {
  const { by, why, emergency } = readSaid(body);
  const reason = why ?? emergency?.reason;
  const name = isNamed(principal) ? principal.name : (by ?? principal.name);
  return { name, via: principal.via, ...(reason === undefined ? {} : { why: reason }) };
}

function readSaid(body: unknown): z.infer<typeof said> {
  if (typeof body !== 'string' || !body.trimStart().startsWith('{')) return {};
  try {
    return said.parse(JSON.parse(body));
  } catch {
    return {};
  }
}
