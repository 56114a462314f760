import { decode, type User } from '@nats-io/jwt';
import { describe, expect, it } from 'vitest';
import { maxPayloadBytes, openAccountSigner } from './account-signer.ts';
import { jwtExpiresAtMs } from './jwt-claims.ts';
import { createNatsUser, createNkey } from './nkey.ts';
import { agentPermissions } from './permissions.ts';

const account = createNkey('account').publicKey;
const signing = createNkey('account');
const signer = openAccountSigner(signing.seed, account);
const { publicKey } = createNatsUser();
const permissions = agentPermissions('m', 'c');

describe('the JWT of a user', () => {
  it('says who it is for, by which key of which account, and what the user may do and use up', async () => {
    const claims = decode<User>(await signer.issueUser({ publicKey, name: 'm/c', permissions }));
    expect(claims).toMatchObject({ name: 'm/c', sub: publicKey, iss: signing.publicKey });
    expect(claims.exp).toBeUndefined();
    expect(claims.nats).toMatchObject({
      issuer_account: account,
      pub: { allow: permissions.publish },
      sub: { allow: permissions.subscribe },
      subs: 16,
      data: -1,
      payload: maxPayloadBytes,
      allowed_connection_types: ['STANDARD'],
    });
    expect(claims.nats).not.toHaveProperty('bearer_token');
    expect(claims.nats).not.toHaveProperty('resp');
  });

  it('ends when it is told to, in whole seconds', async () => {
    const jwt = await signer.issueUser({ publicKey, name: 'x', permissions, expiresAtMs: 1_900_000_000_999 });
    expect(jwtExpiresAtMs(jwt)).toBe(1_900_000_000_000);
    expect(jwtExpiresAtMs(await signer.issueUser({ publicKey, name: 'x', permissions }))).toBeUndefined();
  });

  it('takes other limits, and leaf nodes', async () => {
    const limits = { subscriptions: 2, payloadBytes: 65_536 };
    const claims = decode<User>(await signer.issueUser({ publicKey, name: 'x', permissions, limits, connection: 'leaf-node' }));
    expect(claims.nats).toMatchObject({ subs: 2, payload: 65_536, allowed_connection_types: ['LEAFNODE'] });
  });

  it('denies everything where nothing is allowed, which to NATS would mean that everything is', async () => {
    const jwt = await signer.issueUser({ publicKey, name: 'x', permissions: { publish: [], subscribe: [] } });
    expect(decode<User>(jwt).nats).toMatchObject({ pub: { deny: ['>'] }, sub: { deny: ['>'] } });
  });

  it('is for the public key of a user, by the seed of an account', async () => {
    const refused = { code: 'RR_NATS_CREDENTIALS_INVALID' };
    await expect(issueFor(createNkey('account').publicKey)).rejects.toMatchObject(refused);
    const { seed } = createNatsUser();
    await expect(issueFor(seed)).rejects.toMatchObject(refused);
    await expect(issueFor(seed)).rejects.not.toThrow(seed);
    expect(() => openAccountSigner(seed, account)).toThrow(expect.objectContaining(refused));
    expect(() => openAccountSigner(signing.seed, publicKey)).toThrow(expect.objectContaining(refused));
  });
});

async function issueFor(key: string): Promise<string> {
  return signer.issueUser({ publicKey: key, name: 'x', permissions });
}
