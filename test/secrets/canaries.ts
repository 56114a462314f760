import { randomBytes } from 'node:crypto';
import { tokenPrefix } from '@reroot/shared/api';
import { createNkey } from '@reroot/shared/nats-auth';
import { generateIdentity } from '@reroot/shared/protocol';
import { type Ledger, secretKey, secretSeed, secretText, secretToken } from './secret.ts';

/** Makes secrets that somebody puts where they do not belong, and enters each of them. */
export interface Canaries {
  /** A token of the API, of which mgmt has not heard. */
  token(own?: readonly string[]): string;
  /** A private key in PEM. */
  key(own?: readonly string[]): string;
  /** The seed of a NATS user. */
  seed(own?: readonly string[]): string;
  /** A text that nothing marks as a secret. */
  phrase(own?: readonly string[]): string;
}

/** @param ledger where they are entered, each with the files that it is put into */
export function createCanaries(ledger: Ledger): Canaries {
  let count = 0;
  const ownership = (what: string, own: readonly string[]) => {
    count += 1;
    return { kind: 'canary', name: `${what} ${count} that was misplaced`, own } as const;
  };
  return {
    token: (own = []) => {
      const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
      ledger.add(secretToken(tokenPrefix, token, ownership('token', own)));
      return token;
    },
    key: (own = []) => {
      const { privateKeyPem } = generateIdentity();
      ledger.add(secretKey(privateKeyPem, ownership('private key', own)));
      return privateKeyPem;
    },
    seed: (own = []) => {
      const { seed } = createNkey('user');
      ledger.add(secretSeed(seed, ownership('seed', own)));
      return seed;
    },
    phrase: (own = []) => {
      const phrase = `canary of ${randomBytes(24).toString('base64url')}`;
      ledger.add(secretText(phrase, ownership('phrase', own)));
      return phrase;
    },
  };
}
