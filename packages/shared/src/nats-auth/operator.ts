import { type Account, encodeAccount, encodeOperator, type Operator, type OperatorLimits } from '@nats-io/jwt';
import type { KeyPair } from '@nats-io/nkeys';
import { createNkey, keyPairOfSeed } from './nkey.ts';

/** An account with a key that lets users into it; nobody has the account's own seed, which would be of no use. */
export interface NatsAccount {
  /** A…. */
  readonly publicKey: string;
  /** Signed by the operator's signing key. */
  readonly jwt: string;
  /** SA…: signs users. */
  readonly signingSeed: string;
}

/** All that a NATS of our own rests on. */
export interface NatsOperator {
  readonly jwt: string;
  /** SO…: the identity itself. It signs the operator's JWT and nothing else, and belongs where no program reaches it. */
  readonly seed: string;
  /** SO…: signs the accounts' JWTs, and so revocations. */
  readonly signingSeed: string;
  /** Through which the servers are told and asked. */
  readonly system: NatsAccount;
  /** Where mgmt and the agents talk. */
  readonly account: NatsAccount;
}

/** The library's types lack it; the servers then take nothing that the identities themselves have signed. */
type StrictOperator = Operator & { readonly strict_signing_key_usage: boolean };

const unlimited = -1;

/** Core NATS within the account: nothing shared with other accounts, nothing stored. Absent numbers would mean zero. */
const limits: OperatorLimits = {
  subs: unlimited,
  data: unlimited,
  payload: unlimited,
  conn: unlimited,
  leaf: unlimited,
  imports: 0,
  exports: 0,
  wildcards: false,
  disallow_bearer: true,
};

const nothing = { allow: [], deny: ['>'] };

/** Makes an operator with its two accounts. */
export async function createNatsOperator(): Promise<NatsOperator> {
  const identity = createNkey('operator');
  const signing = createNkey('operator');
  const signer = keyPairOfSeed('operator', signing.seed);
  const system = await createAccount('SYS', signer);
  const claims: Partial<StrictOperator> = {
    signing_keys: [signing.publicKey],
    system_account: system.publicKey,
    strict_signing_key_usage: true,
  };
  return {
    jwt: await encodeOperator('reroot', keyPairOfSeed('operator', identity.seed), claims),
    seed: identity.seed,
    signingSeed: signing.seed,
    system,
    account: await createAccount('reroot', signer),
  };
}

async function createAccount(name: string, signer: KeyPair): Promise<NatsAccount> {
  const { publicKey } = createNkey('account');
  const signing = createNkey('account');
  const claims: Partial<Account> = {
    limits,
    signing_keys: [signing.publicKey],
    // For a user whose JWT says nothing of permissions, to whom NATS would allow everything.
    default_permissions: { pub: nothing, sub: nothing },
  };
  return { publicKey, jwt: await encodeAccount(name, publicKey, claims, { signer }), signingSeed: signing.seed };
}
