/**
 * Who may do what on NATS: users with JWTs of an account, what each is permitted, and how they are shut out again.
 *
 *   const signer = openAccountSigner(signingSeed, account);
 *   const jwt = await signer.issueUser({ publicKey, name: 'mesh/cluster-1', permissions: agentPermissions(mesh, cluster) });
 */
export { signingKeysOfJwt } from './account-claims.ts';
export {
  defaultUserLimits,
  maxPayloadBytes,
  type NatsAccountSigner,
  type NatsUserLimits,
  type NatsUserOptions,
  openAccountSigner,
} from './account-signer.ts';
export {
  type AccountUpdater,
  type AccountUpdaterOptions,
  createAccountUpdater,
  type SystemRequest,
} from './account-updater.ts';
export { type NatsCredentials, readCredsText, requireOwnJwt, writeCredsText } from './creds-text.ts';
export { accountOfJwt, jwtExpiresAtMs } from './jwt-claims.ts';
export { createNatsUser, createNkey, type Nkey, natsUserOfSeed, nkeyOfSeed } from './nkey.ts';
export { createNatsOperator, type NatsAccount, type NatsOperator } from './operator.ts';
export {
  agentPermissions,
  joinPermissions,
  leafPermissions,
  leafSystemPermissions,
  mgmtPermissions,
  type NatsPermissions,
  systemPermissions,
} from './permissions.ts';
export { type SystemAccountOptions, systemRequestTo } from './system-account.ts';
export { grantOfJwt, grantsAlike, type NatsGrant } from './user-grant.ts';
