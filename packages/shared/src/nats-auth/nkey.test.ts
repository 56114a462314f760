import { createAccount, createUser, fromPublic } from '@nats-io/nkeys';
import { describe, expect, it } from 'vitest';
import { createNatsUser, createNkey, keyPairOfSeed, natsUserOfSeed, nkeyOfSeed, requirePublicNkey } from './nkey.ts';

const seedOf = (pair: ReturnType<typeof createUser>): string => Buffer.from(pair.getSeed()).toString();

describe('a key of NATS', () => {
  it('is a fresh one each time, and comes again out of its seed', () => {
    const [one, other] = [createNatsUser(), createNatsUser()];
    expect(one.publicKey).toMatch(/^U[A-Z2-7]{55}$/);
    expect(one.seed).toMatch(/^SU[A-Z2-7]{56}$/);
    expect(one.publicKey).not.toBe(other.publicKey);
    expect(natsUserOfSeed(`${one.seed}\n`)).toEqual(one);
  });

  it('begins with the letter of its kind', () => {
    expect(createNkey('operator').publicKey).toMatch(/^O/);
    expect(createNkey('account').publicKey).toMatch(/^A/);
    const account = createNkey('account');
    expect(nkeyOfSeed('account', account.seed)).toEqual(account);
  });

  it.each([
    ['the seed of another kind', seedOf(createAccount())],
    ['a seed with one letter changed', seedOf(createUser()).replace(/.{3}$/, (end) => (end === 'AAA' ? 'BBB' : 'AAA'))],
    ['a public key', createUser().getPublicKey()],
    ['nothing', ''],
    ['other text', 'SU%%%%'],
  ])('is not read out of %s, which no error shows', (_, seed) => {
    const caught = catchOf(() => natsUserOfSeed(seed));
    expect(caught).toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID' });
    if (seed !== '') expect(shown(caught)).not.toContain(seed);
  });

  it('signs what the library verifies', () => {
    const { publicKey, seed } = createNkey('account');
    const text = Buffer.from('a user');
    const signature = keyPairOfSeed('account', seed).sign(text);
    expect(fromPublic(publicKey).verify(text, signature)).toBe(true);
    expect(fromPublic(publicKey).verify(Buffer.from('another'), signature)).toBe(false);
  });

  it('is refused as a public key when it is of another kind, damaged, or a seed, which no error shows', () => {
    const { publicKey, seed } = createNatsUser();
    expect(requirePublicNkey('user', publicKey)).toBe(publicKey);
    const damaged = publicKey.slice(0, -1) + (publicKey.endsWith('A') ? 'B' : 'A');
    const longer = `${publicKey}AAAAAAAA`;
    for (const wrong of [createNkey('account').publicKey, damaged, longer, publicKey.toLowerCase(), `${publicKey} `, '', seed]) {
      const caught = catchOf(() => requirePublicNkey('user', wrong));
      expect(caught).toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID' });
      expect(shown(caught)).not.toContain(seed);
    }
  });
});

function catchOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** All that a log could print of an error. */
function shown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.stack, JSON.stringify(error), error.cause === undefined ? '' : shown(error.cause)].join('\n');
}
