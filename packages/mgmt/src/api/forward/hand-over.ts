import { createHash, randomBytes, verify } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Identity, Keyring } from '@reroot/shared/protocol';
import { z } from 'zod';
import { methods, type Principal } from '../access/principal.ts';

/** The header in which a replica says for whom it asks. */
export const handOverHeader = 'reroot-hand-over';

/** What one replica says to the other: who asks, and for what exactly. */
const claimsSchema = z.strictObject({
  /** The tenure of the leader that it is for. */
  to: z.string(),
  /** Identity of the replica that was asked. */
  from: z.string(),
  method: z.string(),
  /** With its query. */
  url: z.string(),
  bodySha256: z.string(),
  /** Those headers that change what is done. */
  headersSha256: z.string(),
  principal: z.strictObject({ name: z.string(), via: z.enum(methods), expiresAtMs: z.number().optional() }),
  requestId: z.string(),
  atMs: z.number(),
  nonce: z.string(),
});
export type HandOver = z.infer<typeof claimsSchema>;

/** A request as it is handed over. */
export interface HandedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Headers that go along: they say what is done, and when. */
export const actingHeaders = ['content-type', 'if-match', 'if-none-match', 'idempotency-key'] as const;

/** How far the clocks of two replicas may differ, with the time that a request is under way. */
const windowMs = 60_000;
/** What the signature is over: no other message of mgmt begins so. */
const context = 'reroot hand-over v1\n';

/** @param to the tenure that it is for @returns the value of the header */
export function signHandOver(
  request: HandedRequest,
  about: Pick<HandOver, 'to' | 'from' | 'requestId'> & { readonly principal: Principal },
  { identity, nowMs }: { readonly identity: Identity; readonly nowMs: number },
): string {
  const { name, via, expiresAtMs } = about.principal;
  const claims: HandOver = {
    ...{ to: about.to, from: about.from, requestId: about.requestId, method: request.method, url: request.url },
    ...{ bodySha256: sha256(request.body), headersSha256: digestHeaders(request.headers) },
    principal: { name, via, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) },
    ...{ atMs: nowMs, nonce: randomBytes(16).toString('base64url') },
  };
  const text = Buffer.from(JSON.stringify(claims));
  const signature = identity.sign(Buffer.concat([Buffer.from(`${context}${identity.keyId}\n`), text]));
  return [identity.keyId, text.toString('base64url'), Buffer.from(signature).toString('base64url')].join('.');
}

/** Opens what other replicas hand over. */
export interface HandOverDoor {
  /**
   * @param to the tenure of this replica; undefined while it does not lead
   * @throws RR_HANDOVER_REFUSED; RR_LEADERSHIP_LOST when it is for a leader that this replica is not, or no longer
   */
  open(header: string, request: Omit<HandedRequest, 'body'>, to: string | undefined): HandOver;
}

/** Remembers what was handed over: none is taken twice. @param keyring the keys of mgmt */
export function createHandOverDoor(keyring: Keyring, clock: Clock): HandOverDoor {
  const seen = new Map<string, number>();
  const refuseAgain = (nonce: string, nowMs: number): void => {
    for (const [each, atMs] of seen) {
      if (nowMs - atMs <= 2 * windowMs) break;
      seen.delete(each);
    }
    if (seen.has(nonce)) throw refused('it was used before');
    seen.set(nonce, nowMs);
  };
  return {
    open: (header, request, to) => {
      const claims = readSigned(header, keyring);
      const nowMs = clock.now();
      if (Math.abs(nowMs - claims.atMs) > windowMs) {
        throw refused(`it was made ${Math.round((nowMs - claims.atMs) / 1_000)} s ago by this replica's clock`);
      }
      if (claims.method !== request.method || claims.url !== request.url) throw refused('it is for another request');
      if (claims.headersSha256 !== digestHeaders(request.headers)) throw refused('it is for other headers');
      refuseAgain(claims.nonce, nowMs);
      if (to === undefined || claims.to !== to) {
        throw new RerootError('RR_LEADERSHIP_LOST', 'the request is for a leader that this replica is not, or no longer');
      }
      return claims;
    },
  };
}

/** @throws RR_HANDOVER_REFUSED when the body is another one */
export function requireHandedBody({ bodySha256 }: HandOver, body: unknown): void {
  if (sha256(typeof body === 'string' ? body : '') !== bodySha256) throw refused('it is for another body');
}

/** Whose request it is. */
export function principalOf({ principal: { name, via, expiresAtMs } }: HandOver): Principal {
  return { name, via, expiresAtMs };
}

function readSigned(header: string, keyring: Keyring): HandOver {
  const [keyId = '', text = '', signature = '', ...rest] = header.split('.');
  const key = keyring.find(keyId);
  const claims = Buffer.from(text, 'base64url');
  const signed = Buffer.concat([Buffer.from(`${context}${keyId}\n`), claims]);
  if (key === undefined || rest.length > 0 || !verify(null, signed, key, Buffer.from(signature, 'base64url'))) {
    throw refused('no key of mgmt has signed it');
  }
  try {
    return claimsSchema.parse(JSON.parse(claims.toString()));
  } catch (cause) {
    throw new RerootError('RR_HANDOVER_REFUSED', 'it cannot be read: another version of mgmt has made it', { cause });
  }
}

function digestHeaders(headers: HandedRequest['headers']): string {
  return sha256(JSON.stringify(actingHeaders.map((name) => headers[name] ?? null)));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function refused(why: string): RerootError {
  return new RerootError('RR_HANDOVER_REFUSED', `a request that is handed over is refused: ${why}`);
}
