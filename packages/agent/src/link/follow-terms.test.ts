import { createNatsOperator, createNatsUser, openAccountSigner } from '@reroot/shared/nats-auth';
import { generateIdentity } from '@reroot/shared/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { followTerms } from './follow-terms.ts';
import type { HeldLink } from './link-record.ts';
import type { OfferedTerms } from './read-terms.ts';

const [one, two] = [generateIdentity().publicKeyPem, generateIdentity().publicKeyPem];
const { seed, publicKey } = createNatsUser();
const mark = { term: 3, sequence: 9 };
let issue: (natsUser: string, name: string) => Promise<string>;
let held: HeldLink;

beforeAll(async () => {
  const { account } = await createNatsOperator();
  const signer = openAccountSigner(account.signingSeed, account.publicKey);
  const permissions = { publish: [], subscribe: [] };
  issue = (natsUser, name) => signer.issueUser({ publicKey: natsUser, name, permissions });
  held = {
    ...{ mesh: 'demo', cluster: 'cluster-1', tokenId: 'token', privateKeyPem: 'pem', epoch: 2 },
    nats: { origin: 'own', jwt: await issue(publicKey, 'first'), seed },
    mgmtPublicKeys: [one],
    address: { servers: ['nats://127.0.0.1:4222'], plaintext: 'refused' },
    terms: { term: 1, sequence: 1 },
  };
});

const offer = (changes: Partial<OfferedTerms> = {}): OfferedTerms => ({
  ...{ mgmtPublicKeys: [one], credentialsEpoch: 2, cluster: 'cluster-1', natsJwt: undefined },
  ...changes,
});

describe('terms of mgmt', () => {
  it('that say what holds already change nothing, whatever the order of the keys', () => {
    expect(followTerms(held, offer(), mark)).toEqual({ next: undefined, renewal: 'none' });
    const both = { ...held, mgmtPublicKeys: [one, two] };
    expect(followTerms(both, offer({ mgmtPublicKeys: [two, one] }), mark).next).toBeUndefined();
  });

  it('bring another list of keys, and are the mark from then on', () => {
    const { next, renewal } = followTerms(held, offer({ mgmtPublicKeys: [two] }), mark);
    expect({ next, renewal }).toEqual({ next: { ...held, mgmtPublicKeys: [two], terms: mark }, renewal: 'none' });
  });

  it('bring a newer JWT of the present NATS user, and of no other one', async () => {
    const newer = await issue(publicKey, 'second');
    expect(followTerms(held, offer({ natsJwt: newer }), mark).next?.nats).toEqual({ ...held.nats, jwt: newer });
    const foreign = await issue(createNatsUser().publicKey, 'second');
    for (const natsJwt of [foreign, 'no JWT', held.nats?.jwt]) {
      expect(followTerms(held, offer({ natsJwt }), mark).next).toBeUndefined();
    }
    expect(followTerms({ ...held, nats: undefined }, offer({ natsJwt: newer }), mark).next).toBeUndefined();
  });

  it('bring another name only together with a JWT that is good for its subjects', async () => {
    expect(followTerms(held, offer({ cluster: 'cluster-2' }), mark).next).toBeUndefined();
    const natsJwt = await issue(publicKey, 'renamed');
    expect(followTerms(held, offer({ cluster: 'cluster-2', natsJwt }), mark).next).toMatchObject({
      cluster: 'cluster-2',
      nats: { jwt: natsJwt },
    });
  });

  it.each([
    ['has none', undefined],
    ['was given to the agent to keep', 'given' as const],
  ])('bring another name at once where the JWT for NATS %s', (_, origin) => {
    const nats = origin === undefined || held.nats === undefined ? undefined : { ...held.nats, origin };
    expect(followTerms({ ...held, nats }, offer({ cluster: 'cluster-2' }), mark).next?.cluster).toBe('cluster-2');
  });

  it('call for other keys when their epoch is higher, but not before the agent goes by the name that it shall', async () => {
    expect(followTerms(held, offer({ credentialsEpoch: 3 }), mark).renewal).toBe('due');
    expect(followTerms(held, offer({ credentialsEpoch: 1 }), mark).renewal).toBe('none');
    const renamed = offer({ credentialsEpoch: 3, cluster: 'cluster-2', natsJwt: await issue(publicKey, 'renamed') });
    expect(followTerms(held, renamed, mark)).toMatchObject({ next: { cluster: 'cluster-2', epoch: 2 }, renewal: 'none' });
    expect(followTerms(held, offer({ credentialsEpoch: 3, cluster: 'cluster-2' }), mark)).toEqual({
      next: undefined,
      renewal: 'none',
    });
  });
});
