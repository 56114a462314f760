import { fixedIdentity } from './fixed-keys.ts';
import { judge } from './judge.ts';
import { apiToken, oidcAudience, oidcKeyId, type Served } from './serve.ts';
import type { FuzzTarget } from './target.ts';

/** What node takes as the whole head of a request: a longer header never comes in. */
const maxHeaderBytes = 16_384;

/** Stands in seeds for the issuer, whose port is another one each time: it is put in after the change. */
const issuerPlace = 'http://issuer.invalid';

const header = JSON.stringify({ alg: 'EdDSA', typ: 'JWT', kid: oidcKeyId });
const claims = JSON.stringify({
  ...{ iss: issuerPlace, aud: [oidcAudience], sub: 'ann', groups: ['people', 'others'] },
  ...{ iat: 1_700_000_000, nbf: 1_700_000_000, exp: 4_000_000_000 },
});
const identity = fixedIdentity();

/** All that says who asks: the Authorization header, and the two halves of a token under a signature that holds. */
export function accessTargets(served: () => Served): readonly FuzzTarget[] {
  const token = { damage: 'refuses', seedOutcome: 'taken', changedTaken: 'some', maxBytes: 6_000, form: 'json' } as const;
  return [
    {
      ...{ name: 'Authorization header', damage: 'refuses', weight: 10, changedTaken: 'none', maxBytes: maxHeaderBytes },
      seeds: [`Bearer ${apiToken}`, `bearer   ${apiToken}`, `Bearer ${unsigned()}`].map((text) => Buffer.from(text)),
      seedOutcome: ['taken', 'taken', 'RR_API_UNAUTHORIZED'],
      read: (input) => ask(served(), Buffer.from(input).toString('latin1')),
    },
    {
      ...{ ...token, name: 'claims of an OIDC token', weight: 10, seeds: [Buffer.from(claims)] },
      read: (input) => ask(served(), `Bearer ${sign(served(), Buffer.from(header), input)}`),
    },
    {
      ...{ ...token, name: 'header of an OIDC token', weight: 6, seeds: [Buffer.from(header)] },
      read: (input) => ask(served(), `Bearer ${sign(served(), input, Buffer.from(claims))}`),
    },
  ];
}

/** A token with `none` for a signature (RFC 8725 §2.1). */
function unsigned(): string {
  return `${[JSON.stringify({ alg: 'none' }), claims].map((part) => Buffer.from(part).toString('base64url')).join('.')}.`;
}

function sign({ issuerUrl }: Served, head: Uint8Array, body: Uint8Array): string {
  const placed = Buffer.from(Buffer.from(body).toString('latin1').replaceAll(issuerPlace, issuerUrl), 'latin1');
  const signed = [head, placed].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${signed}.${Buffer.from(identity.sign(Buffer.from(signed))).toString('base64url')}`;
}

async function ask({ door }: Served, authorization: string): Promise<void> {
  const { statusCode, body } = await door.app.inject({ url: '/v1/meshes', headers: { authorization } });
  judge(statusCode, body);
}
