import { type KeyObject, sign } from 'node:crypto';
import { systemClock } from '@reroot/shared/clock';
import { tokenIssuer } from '../cluster/control-plane.ts';

/** Whose token is made, and with what. */
export interface AccountTokenOptions {
  readonly namespace: string;
  readonly name: string;
  /** Of the ServiceAccount. */
  readonly uid: string;
  /** The API server's own. */
  readonly key: KeyObject;
  readonly lifetimeMs: number;
  /** For whom it is; for the API server when it is left out. */
  readonly audience?: string;
}

const minuteS = 60;

/**
 * A token of a ServiceAccount, as the API server makes them
 * (https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#schema-for-service-account-private-claims).
 * The API itself gives none that lives for less than ten minutes.
 */
export function issueAccountToken(options: AccountTokenOptions): string {
  const { namespace, name, uid, key, lifetimeMs, audience = tokenIssuer } = options;
  const nowS = Math.floor(systemClock.now() / 1_000);
  const claims = {
    iss: tokenIssuer,
    sub: `system:serviceaccount:${namespace}:${name}`,
    aud: [audience],
    iat: nowS - minuteS,
    nbf: nowS - minuteS,
    exp: nowS + Math.floor(lifetimeMs / 1_000),
    'kubernetes.io': { namespace, serviceaccount: { name, uid } },
  };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
