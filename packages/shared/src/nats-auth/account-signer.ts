import { encodeUser } from '@nats-io/jwt';
import { keyPairOfSeed, requirePublicNkey } from './nkey.ts';
import type { NatsPermissions } from './permissions.ts';

/** What a user may use up. */
export interface NatsUserLimits {
  /** Subscriptions that it may hold at once. */
  readonly subscriptions: number;
  /** Bytes of the largest message that it may publish. */
  readonly payloadBytes: number;
}

/** A user to let in. */
export interface NatsUserOptions {
  /** U…; its seed stays with the user. */
  readonly publicKey: string;
  /** Shown by the servers' monitoring. */
  readonly name: string;
  readonly permissions: NatsPermissions;
  /** When the servers end its connection and take no other; never where it is left out. */
  readonly expiresAtMs?: number | undefined;
  readonly limits?: NatsUserLimits | undefined;
  /** How it connects: as a program, or as a whole leaf node. */
  readonly connection?: 'client' | 'leaf-node';
}

/** Whatever lets users into one account of NATS. */
export interface NatsAccountSigner {
  /** The account's public key, A…. */
  readonly account: string;
  /**
   * Signs a user JWT. It is no secret: of use only with the user's seed.
   * @throws RR_NATS_CREDENTIALS_INVALID when the public key is not a user's
   */
  issueUser(options: NatsUserOptions): Promise<string>;
}

/** The largest message of the protocol, 8 MiB and 4 KiB, fits: what servers of `reroot nats init` take too. */
export const maxPayloadBytes = 9 * 1024 * 1024;

/** An agent holds three subscriptions and mgmt five. */
export const defaultUserLimits: NatsUserLimits = { subscriptions: 16, payloadBytes: maxPayloadBytes };

/**
 * Signs users by a signing key of the account.
 * @param signingSeed SA…; the public half must stand in the account's JWT among its signing keys
 * @param account the public key of the account itself, A…
 * @throws RR_NATS_CREDENTIALS_INVALID; the message never quotes the seed
 */
export function openAccountSigner(signingSeed: string, account: string): NatsAccountSigner {
  const signer = keyPairOfSeed('account', signingSeed);
  requirePublicNkey('account', account);
  return {
    account,
    issueUser: ({ publicKey, name, permissions, expiresAtMs, limits = defaultUserLimits, connection = 'client' }) =>
      encodeUser(
        name,
        requirePublicNkey('user', publicKey),
        account,
        {
          pub: allowOnly(permissions.publish),
          sub: allowOnly(permissions.subscribe),
          subs: limits.subscriptions,
          data: -1,
          payload: limits.payloadBytes,
          // Without it a cluster's user would do for a whole leaf node, or by way of WebSocket and MQTT.
          allowed_connection_types: [connection === 'client' ? 'STANDARD' : 'LEAFNODE'],
        },
        { signer, ...(expiresAtMs === undefined ? {} : { exp: Math.floor(expiresAtMs / 1000) }) },
      ),
  };
}

/** To NATS an empty list of what is allowed means that everything is. */
function allowOnly(subjects: readonly string[]): { allow: string[] } | { deny: string[] } {
  return subjects.length === 0 ? { deny: ['>'] } : { allow: [...subjects] };
}
