import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { idempotencyKeySchema } from '@reroot/shared/api-contract';
import { RerootError } from '@reroot/shared/errors';
import type { KeyedRequest } from '../../store/index.ts';
import type { Principal } from '../access/principal.ts';

/** What a request is told from others by. */
export interface Told {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly principal: Principal;
}

/**
 * The key of a request, as its principal has sent it, and what it asks for. `If-Match` counts for nothing: it says when to act, and not
 * what to do. Undefined for a request without a key.
 * @throws RR_API_IDEMPOTENCY_KEY_INVALID
 */
export function readKeyed({ method, url, headers, body, principal: { name, via } }: Told): KeyedRequest | undefined {
  const given = headers['idempotency-key'];
  if (given === undefined) return undefined;
  // Several are one text with a comma and a space between them, and a space no key has.
  const read = idempotencyKeySchema.safeParse(given);
  if (!read.success) {
    throw new RerootError('RR_API_IDEMPOTENCY_KEY_INVALID', 'the key is not 1 to 255 visible characters of ASCII', {
      place: 'header (Idempotency-Key)',
    });
  }
  const type = headers['content-type']?.trim().toLowerCase() ?? '';
  const asked = createHash('sha256')
    .update(JSON.stringify([method, url, type, body ?? '']))
    .digest('hex');
  return { principal: `${via} ${name}`, key: read.data, asked };
}
