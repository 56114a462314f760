import { createHash } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';

/** Longest token that is looked at. Tokens of people in hundreds of groups have about 5 KiB. */
const maxLength = 8_192;

/**
 * The token of an Authorization header (RFC 6750 §2.1).
 * @throws RR_API_UNAUTHORIZED when there is none, or one that no one has given out
 */
export function readBearerToken(header: string): string {
  if (header.length > maxLength + 'Bearer '.length) {
    throw new RerootError('RR_API_UNAUTHORIZED', `the token has more than ${maxLength} characters`);
  }
  const token = /^Bearer +([\x21-\x7e]+)$/i.exec(header)?.[1];
  if (token !== undefined) return token;
  throw new RerootError('RR_API_UNAUTHORIZED', 'the Authorization header holds no bearer token');
}

/** What is kept of a token: the token cannot be found from it. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
