import { isDeepStrictEqual } from 'node:util';
import type { KeyPair } from '@nats-io/nkeys';
import { RerootError } from '../errors/index.ts';
import { mergeRevocations, reissueAccount, withoutSigningKey, withRevocations, withSigningKey } from './account-claims.ts';
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
 * already, and each call may be made again. Each throws RR_NATS_ACCOUNT_STALE when not every server that answers has
 * taken it, RR_NATS_CREDENTIALS_INVALID for a key of another kind, and the signal's reason.
 */
export interface AccountUpdater {
  /**
   * Makes the servers refuse the JWTs that were issued to these users until then, and cut their connections.
   * @param users when by public key (U…), milliseconds since the Unix epoch
   */
  revoke(users: ReadonlyMap<string, number>, signal: AbortSignal): Promise<void>;
  /** Makes the servers take users that this key (A…) has signed, beside those of the others. */
  addSigningKey(publicKey: string, signal: AbortSignal): Promise<void>;
  /** Makes the servers refuse the users that this key has signed, and cut their connections. */
  dropSigningKey(publicKey: string, signal: AbortSignal): Promise<void>;
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
  const inTurn = async (edit: Edit, signal: AbortSignal): Promise<void> => {
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
      await inTurn((claims) => withRevocations(claims, users), signal);
    },
    addSigningKey: async (publicKey, signal) => {
      requirePublicNkey('account', publicKey);
      await inTurn((claims) => withSigningKey(claims, publicKey), signal);
    },
    dropSigningKey: (publicKey, signal) => inTurn((claims) => withoutSigningKey(claims, publicKey), signal),
  };
}

type Edit = (claims: NatsClaims) => NatsClaims;

interface Change extends Omit<AccountUpdaterOptions, 'operatorSigningSeed'> {
  readonly signer: KeyPair;
  readonly edit: Edit;
  readonly signal: AbortSignal;
}

async function change({ account, request, signal, signer, now, edit }: Change): Promise<void> {
  const nothing = new Uint8Array();
  const servers = readServers(await request(systemSubjects.servers(), nothing, { signal }));
  if (servers.length === 0) throw failed('no server answers on the system account');
  const asMany = (answers: readonly Uint8Array[]): boolean => answers.length >= servers.length;
  const found = await request(systemSubjects.lookup(account), nothing, { enough: asMany, signal });
  const versions = found.filter(({ length }) => length > 0).map((jwt) => Buffer.from(jwt).toString());
  const present = presentClaims(versions, account, signer.getPublicKey());
  const wanted = edit(present);
  const alike = new Set(versions).size === 1 && versions.length >= servers.length;
  if (alike && isDeepStrictEqual(wanted, present)) return;
  const jwt = reissueAccount(wanted, signer, now());
  const allOf = (answers: readonly Uint8Array[]): boolean => silentOf(servers, readUpdateAnswers(answers)).length === 0;
  requireAll(servers, readUpdateAnswers(await request(systemSubjects.update(), Buffer.from(jwt), { enough: allOf, signal })));
}

/**
 * The newest version among those of the servers, with what any of them has revoked. A version that the operator has not
 * signed by the key that mgmt has is not signed again: a server may be hostile.
 */
function presentClaims(versions: readonly string[], account: string, key: string): NatsClaims {
  const claims = versions.map((jwt) => claimsOf('account', jwt));
  const strange = claims.find(({ sub, iss }) => sub !== account || iss !== key);
  if (strange !== undefined) {
    throw failed(
      `a server has a JWT of the account ${strange.sub} by ${strange.iss}; expected is one of ${account} by ${key}, the signing key that mgmt has`,
      { remedy: `sign the account's JWT with ${key} once, and push it: mgmt signs nothing that it cannot tell to be yours` },
    );
  }
  const newest = claims.toSorted((one, other) => other.iat - one.iat)[0];
  if (newest === undefined) throw failed(`no server has the JWT of the account ${account}`);
  return mergeRevocations(newest, claims);
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
