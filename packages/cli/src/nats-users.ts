import {
  createNatsUser,
  leafPermissions,
  leafSystemPermissions,
  mgmtPermissions,
  type NatsAccount,
  type NatsPermissions,
  type Nkey,
  openAccountSigner,
  systemPermissions,
  writeCredsText,
} from '@reroot/shared/nats-auth';

/** An account, and a key of it that signs users. */
export type SigningAccount = Pick<NatsAccount, 'publicKey' | 'signingSeed'>;

/** A user that has a `.creds` file of its own. */
export interface NatsFileUser {
  /** Shown by the servers' monitoring. */
  readonly name: string;
  readonly permissions: NatsPermissions;
  readonly connection: 'client' | 'leaf-node';
}

/** mgmt, in the account that it meets the agents in. */
export function mgmtUser(): NatsFileUser {
  return { name: 'mgmt', permissions: mgmtPermissions(), connection: 'client' };
}

/** mgmt, in the system account. @param account whose users it revokes, A… */
export function systemUser(account: string): NatsFileUser {
  return { name: 'mgmt', permissions: systemPermissions(account), connection: 'client' };
}

/** A leaf node, in the account of mgmt and the agents. */
export function leafUser(leaf: string): NatsFileUser {
  return { name: `leaf node ${leaf}`, permissions: leafPermissions(), connection: 'leaf-node' };
}

/** A leaf node, in the system account. @param account whose revocations it hears of, A… */
export function leafSystemUser(leaf: string, account: string): NatsFileUser {
  return { ...leafUser(leaf), permissions: leafSystemPermissions(account) };
}

/**
 * Signs a user's JWT.
 * @param publicKey of the user, U…
 */
export function issueFileUser(
  { publicKey: account, signingSeed }: SigningAccount,
  { name, permissions, connection }: NatsFileUser,
  publicKey: string,
): Promise<string> {
  return openAccountSigner(signingSeed, account).issueUser({ publicKey, name, permissions, connection });
}

/** The text of the `.creds` file of a user; with a key of its own where none is given. */
export async function credentialsOf(
  account: SigningAccount,
  user: NatsFileUser,
  { publicKey, seed }: Nkey = createNatsUser(),
): Promise<string> {
  return writeCredsText({ jwt: await issueFileUser(account, user, publicKey), seed });
}
