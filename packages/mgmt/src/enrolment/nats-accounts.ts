import { readFile } from 'node:fs/promises';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import {
  type AccountUpdater,
  agentPermissions,
  createAccountUpdater,
  createNatsUser,
  joinPermissions,
  type NatsCredentials,
  natsUserOfSeed,
  openAccountSigner,
  readCredsText,
  systemRequestTo,
} from '@reroot/shared/nats-auth';
import { readSecretFile } from '../authorities/index.ts';
import type { NatsConfig } from './nats-schema.ts';

/** Makes users of NATS, and shuts them out. */
export interface NatsAccounts {
  /**
   * Lets an agent in: gives the JWT of the user whose public key it has shown.
   * @throws RR_NATS_CREDENTIALS_INVALID; RR_ENROL_KEYS_TAKEN when that is mgmt's own
   */
  issueAgentUser(user: AgentUser): Promise<IssuedJwt>;
  /** Makes a user that may do nothing but enrol. */
  issueJoinUser(user: Omit<AgentUser, 'natsUser'> & { readonly expiresAtMs: number }): Promise<JoinUser>;
  /** The longest time that a JWT of an agent lasts. */
  readonly lifetimeMs: number;
  /** Cuts users off; undefined where mgmt has no right to, so that each goes on until its JWT expires. */
  readonly updater: AccountUpdater | undefined;
}

/** Whose user it is. */
export interface AgentUser {
  readonly mesh: string;
  readonly cluster: string;
  /** Public nkey. */
  readonly natsUser: string;
}

/** A JWT with its end. */
export interface IssuedJwt {
  readonly jwt: string;
  readonly expiresAtMs: number;
}

/** All that the bearer of a join file needs of NATS. */
export interface JoinUser {
  readonly natsUser: string;
  readonly jwt: string;
  readonly seed: string;
}

const dayMs = 86_400_000;

/**
 * Opens what the configuration says of users.
 * @returns undefined where it says nothing: agents then bring credentials of somebody else's making, or none
 * @throws RR_NATS_CREDENTIALS_INVALID when a file is missing, readable by others or holds something else
 */
export async function openNatsAccounts(nats: NatsConfig, clock: Clock): Promise<NatsAccounts | undefined> {
  const { users } = nats;
  if (users === undefined) return undefined;
  const signer = openAccountSigner(await readSeed(users.signingKeyFile, 'signing key of the NATS account'), users.account);
  const lifetimeMs = users.jwtLifetimeDays * dayMs;
  const own = await readOwnUser(nats.credentialsFile);
  return {
    lifetimeMs,
    updater: await openUpdater(nats, clock),
    issueAgentUser: async ({ mesh, cluster, natsUser }) => {
      // An agent that showed mgmt's own user could have that one shut out with its own.
      if (natsUser === own) {
        throw new RerootError('RR_ENROL_KEYS_TAKEN', `cluster ${cluster}: NATS user ${natsUser} is that of mgmt`);
      }
      // JWTs count in seconds.
      const expiresAtMs = Math.floor((clock.now() + lifetimeMs) / 1_000) * 1_000;
      const permissions = agentPermissions(mesh, cluster);
      const jwt = await signer.issueUser({ publicKey: natsUser, name: `${mesh}/${cluster}`, permissions, expiresAtMs });
      return { jwt, expiresAtMs };
    },
    issueJoinUser: async ({ mesh, cluster, expiresAtMs }) => {
      const { publicKey, seed } = createNatsUser();
      const permissions = joinPermissions(mesh, cluster);
      const jwt = await signer.issueUser({ publicKey, name: `${mesh}/${cluster} joins`, permissions, expiresAtMs });
      return { natsUser: publicKey, jwt, seed };
    },
  };
}

async function readOwnUser(credentialsFile: string | undefined): Promise<string | undefined> {
  return credentialsFile === undefined ? undefined : natsUserOfSeed((await readCredentialsFile(credentialsFile)).seed).publicKey;
}

async function openUpdater(nats: NatsConfig, clock: Clock): Promise<AccountUpdater | undefined> {
  const { users, servers, plaintext, caFile } = nats;
  if (users?.revocation === undefined) return undefined;
  const { operatorSigningKeyFile, systemCredentialsFile } = users.revocation;
  const operatorSigningSeed = await readSeed(operatorSigningKeyFile, 'signing key of the NATS operator');
  const credentials = await readCredentialsFile(systemCredentialsFile);
  const request = systemRequestTo({
    servers,
    plaintext,
    ...(caFile === undefined ? {} : { caPem: await readText(caFile) }),
    credentials,
    name: 'reroot-mgmt (revocations)',
  });
  return createAccountUpdater({ account: users.account, operatorSigningSeed, request, now: () => clock.now() });
}

function readSeed(file: string, what: string): Promise<string> {
  return readSecretFile(file, { what, minLength: 50, code: 'RR_NATS_CREDENTIALS_INVALID' });
}

/**
 * Reads a `.creds` file, which holds a seed.
 * @throws RR_NATS_CREDENTIALS_INVALID when it is missing, readable by others or holds something else
 */
export async function readCredentialsFile(file: string): Promise<NatsCredentials> {
  const options = { what: 'NATS credentials', minLength: 50, code: 'RR_NATS_CREDENTIALS_INVALID', lines: 'many' } as const;
  return readCredsText(await readSecretFile(file, options));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new RerootError('RR_NATS_CREDENTIALS_INVALID', `the file cannot be read: ${errorMessage(cause)}`, {
      place: file,
      cause,
    });
  }
}
