import { isDeepStrictEqual } from 'node:util';
import type { KeyPair } from '@nats-io/nkeys';
import { RerootError } from '../errors/index.ts';
import {
  mergeRevocations,
  reissueAccount,
  signingKeysOf,
  withoutSigningKey,
  withRevocations,
  withSigningKey,
} from './account-claims.ts';
import { claimsOf, type NatsClaims } from './jwt-claims.ts';
import { keyPairOfSeed, requirePublicNkey } from './nkey.ts';
import { systemSubjects } from './permissions.ts';
import { type AnsweringServer, readServers, readUpdateAnswers, type UpdateAnswer } from './server-answer.ts';

/**
 * Sends a request over a connection of the system account and gives the answers: those that came when `enough` said so, or
 * else when the time for them was over. Nobody listening is no answer.
 */
export type SystemRequest = (
  subject: string,
  payload: Uint8Array,
  options: { readonly enough?: (answers: readonly Uint8Array[]) => boolean; readonly signal: AbortSignal },
) => Promise<readonly Uint8Array[]>;

/**
 * Whatever can change an account on every server. What is revoked stays so, nothing is sent when every server has it
 * already, and each call may be made again. Each gives the account's newest JWT, and throws RR_NATS_ACCOUNT_STALE when not
 * every server that answers has taken it, RR_NATS_CREDENTIALS_INVALID for a key of another kind, and the signal's reason.
 */
export interface AccountUpdater {
  /**
   * Makes the servers refuse the JWTs that were issued to these users until then, and cut their connections.
   * @param users when by public key (U…), milliseconds since the Unix epoch
   */
  revoke(users: ReadonlyMap<string, number>, signal: AbortSignal): Promise<string>;
  /** Makes the servers take users that this key (A…) has signed, beside those of the others. */
  addSigningKey(publicKey: string, signal: AbortSignal): Promise<string>;
  /**
   * Makes the servers refuse the users that this key (A…) has signed, and cut their connections.
   * @throws RR_NATS_SIGNING_KEY_UNKNOWN when no server has it among the account's signing keys
   */
  dropSigningKey(publicKey: string, signal: AbortSignal): Promise<string>;
  /** Gives every server the newest version that any of them has. */
  settle(signal: AbortSignal): Promise<string>;
}

/** What an updater works with. */
export interface AccountUpdaterOptions {
  /** Public key of the account, A…. */
  readonly account: string;
  /** SO…: a signing key of the operator, and the one that the account's JWT is signed by. */
  readonly operatorSigningSeed: string;
  readonly request: SystemRequest;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/**
 * Changes an account's JWT on servers with a resolver of the kind `full`.
 * @throws RR_NATS_CREDENTIALS_INVALID; the message never quotes the seed
 */
export function createAccountUpdater(options: AccountUpdaterOptions): AccountUpdater {
  const signer = keyPairOfSeed('operator', options.operatorSigningSeed);
  requirePublicNkey('account', options.account);
  // Two at once would each overwrite what the other has just added.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async (edit: Edit, signal: AbortSignal): Promise<string> => {
    const turn = last.then(() => {
      signal.throwIfAborted();
      return change({ ...options, signer, edit, signal });
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    revoke: async (users, signal) => {
      for (const user of users.keys()) requirePublicNkey('user', user);
      return inTurn({ apply: (claims) => withRevocations(claims, users) }, signal);
    },
    addSigningKey: async (publicKey, signal) => {
      requirePublicNkey('account', publicKey);
      return inTurn({ apply: (claims) => withSigningKey(claims, publicKey) }, signal);
    },
    dropSigningKey: async (publicKey, signal) => {
      requirePublicNkey('account', publicKey);
      const check = (found: readonly Version[]): void => {
        requireSigningKey(found, publicKey);
      };
      return inTurn({ apply: (claims) => withoutSigningKey(claims, publicKey), check }, signal);
    },
    settle: (signal) => inTurn({ apply: (claims) => claims }, signal),
  };
}

interface Edit {
  /** Gives the same claims where nothing is to be changed. */
  readonly apply: (claims: NatsClaims) => NatsClaims;
  /** Throws when it makes no sense for what the servers have. */
  readonly check?: (found: readonly Version[]) => void;
}

/** An account's JWT as a server has it. */
interface Version {
  readonly jwt: string;
  readonly claims: NatsClaims;
}

interface Change extends Omit<AccountUpdaterOptions, 'operatorSigningSeed'> {
  readonly signer: KeyPair;
  readonly edit: Edit;
  readonly signal: AbortSignal;
}

const nothing = new Uint8Array();

/** Whoever else changes the account at the same moment does so once or twice, not for ever. */
const maxUpdates = 3;

/**
 * Servers compare nothing when they take an update: what another one has written since the look-up would be lost, and what
 * is written here may be lost to another one. So what is there afterwards is what counts.
 */
async function change(options: Change): Promise<string> {
  const { account, request, signal, edit } = options;
  const servers = readServers(await request(systemSubjects.servers(), nothing, { signal }));
  if (servers.length === 0) throw failed('no server answers on the system account');
  let found = await lookUp(options, servers.length);
  edit.check?.(found);
  const alike = new Set(found.map(({ jwt }) => jwt)).size === 1 && found.length >= servers.length;
  if (alike && hasAll(found, edit)) return newestOf(found).jwt;
  for (let updates = 0; updates < maxUpdates; updates += 1) {
    await update(options, servers, found);
    found = await lookUp(options, servers.length);
    if (hasAll(found, edit)) return newestOf(found).jwt;
  }
  throw failed(`somebody else goes on changing the JWT of the account ${account}: ${maxUpdates} updates were overwritten`, {
    remedy: 'see that nothing but mgmt and this command changes the account, and try again',
  });
}

/** Signs the newest version with the edit, and gives it to every server. */
async function update(
  { request, signal, signer, now, edit }: Change,
  servers: readonly AnsweringServer[],
  found: readonly Version[],
): Promise<void> {
  const merged = mergeRevocations(
    newestOf(found).claims,
    found.map(({ claims }) => claims),
  );
  const jwt = reissueAccount(edit.apply(merged), signer, now());
  const allOf = (answers: readonly Uint8Array[]): boolean => silentOf(servers, readUpdateAnswers(answers)).length === 0;
  requireAll(servers, readUpdateAnswers(await request(systemSubjects.update(), Buffer.from(jwt), { enough: allOf, signal })));
}

/**
 * The versions that the servers have, one at least. One that the operator has not signed by the key that mgmt has is not
 * signed again: a server may be hostile.
 */
async function lookUp({ account, request, signal, signer }: Change, servers: number): Promise<readonly Version[]> {
  const enough = (answers: readonly Uint8Array[]): boolean => answers.length >= servers;
  const answers = await request(systemSubjects.lookup(account), nothing, { enough, signal });
  const jwts = answers.filter(({ length }) => length > 0).map((jwt) => Buffer.from(jwt).toString());
  const found = jwts.map((jwt) => ({ jwt, claims: claimsOf('account', jwt) }));
  if (found.length === 0) throw failed(`no server has the JWT of the account ${account}`);
  const key = signer.getPublicKey();
  const strange = found.find(({ claims }) => claims.sub !== account || claims.iss !== key)?.claims;
  if (strange === undefined) return found;
  throw failed(
    `a server has a JWT of the account ${strange.sub} by ${strange.iss}; expected is one of ${account} by ${key}, the signing key that mgmt has`,
    { remedy: `sign the account's JWT with ${key} once, and push it: mgmt signs nothing that it cannot tell to be yours` },
  );
}

function newestOf(found: readonly Version[]): Version {
  return found.reduce((one, other) => (other.claims.iat > one.claims.iat ? other : one));
}

function hasAll(found: readonly Version[], { apply }: Edit): boolean {
  return found.every(({ claims }) => isDeepStrictEqual(apply(claims), claims));
}

/** One server is enough: when a drop has failed half-way, the others still have the key. */
function requireSigningKey(found: readonly Version[], publicKey: string): void {
  if (found.some(({ claims }) => signingKeysOf(claims).includes(publicKey))) return;
  const { claims } = newestOf(found);
  throw new RerootError(
    'RR_NATS_SIGNING_KEY_UNKNOWN',
    `${publicKey} is not among the signing keys of the account ${claims.sub}, which are ${signingKeysOf(claims).join(', ')}`,
  );
}

function silentOf(servers: readonly AnsweringServer[], taken: readonly UpdateAnswer[]): readonly AnsweringServer[] {
  return servers.filter(({ id }) => !taken.some((answer) => answer.id === id));
}

/** Every server has to say that it took it: the one that did not would let the user in. */
function requireAll(servers: readonly AnsweringServer[], taken: readonly UpdateAnswer[]): void {
  const problems = [
    ...silentOf(servers, taken).map(({ name }) => `${name} did not answer`),
    ...taken.flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name} refused: ${problem}`])),
  ];
  if (problems.length > 0) throw failed(`not every server has taken the account's new JWT: ${problems.join('; ')}`);
}

function failed(why: string, facts: { readonly remedy?: string } = {}): RerootError {
  return new RerootError('RR_NATS_ACCOUNT_STALE', why, facts);
}
