import { createNatsOperator, createNatsUser, type NatsAccountSigner, openAccountSigner } from '@reroot/shared/nats-auth';
import { type Credentials, generateIdentity, type Opened, type Problem } from '@reroot/shared/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ShownKeys } from './pending-keys.ts';
import { readAnswer } from './read-answer.ts';

const mgmt = generateIdentity();
const shown = { identity: generateIdentity().identity, natsUser: createNatsUser() };
let signer: NatsAccountSigner;

beforeAll(async () => {
  const { account } = await createNatsOperator();
  signer = openAccountSigner(account.signingSeed, account.publicKey);
});

const jwtOf = (publicKey: string) => signer.issueUser({ publicKey, name: 'x', permissions: { publish: [], subscribe: [] } });

const opened = (body: Opened<'credentials-response'>['message']['body']): Opened<'credentials-response'> => ({
  address: { mesh: 'demo', cluster: 'cluster-1', term: 4, generation: 0 },
  message: { kind: 'credentials-response', body },
  ...{ keyId: mgmt.identity.keyId, sequence: 12, sentAtMs: 0 },
});
const granted = (changes: Partial<Credentials>) =>
  opened({
    kind: 'granted',
    credentials: {
      ...{ keyId: shown.identity.keyId, natsJwt: '', epoch: 1, mgmtPublicKeys: [mgmt.identity.publicKeyDer] },
      ...changes,
    },
  });
const refused = (problem: Partial<Problem>) =>
  opened({ kind: 'refused', problem: { code: 'RR_ENROL_USED', message: 'came late', remedy: 'make another', ...problem } });

describe('what mgmt grants', () => {
  it('is taken when it is for the keys that were shown', async () => {
    const natsJwt = await jwtOf(shown.natsUser.publicKey);
    expect(readAnswer(granted({ natsJwt }), shown)).toEqual({
      kind: 'granted',
      granted: { natsJwt, epoch: 1, mgmtPublicKeys: [mgmt.publicKeyPem], mark: { term: 4, sequence: 12 } },
    });
    expect(readAnswer(granted({}), shown)).toMatchObject({ granted: { natsJwt: undefined } });
  });

  it('is refused when it is for the key of another agent', () => {
    const { keyId } = generateIdentity().identity;
    expect(() => readAnswer(granted({ keyId }), shown)).toThrow(expect.objectContaining({ code: 'RR_ENROL_ANSWER_INVALID' }));
  });

  it.each<[string, () => Promise<string>, ShownKeys]>([
    ['the JWT of another NATS user', () => jwtOf(createNatsUser().publicKey), shown],
    ['a JWT that is none', async () => 'eyJ0eXAi', shown],
    ['a JWT where no user was shown', () => jwtOf(shown.natsUser.publicKey), { ...shown, natsUser: undefined }],
  ])('is refused with %s', async (_, makeJwt, keys) => {
    const answer = granted({ natsJwt: await makeJwt() });
    expect(() => readAnswer(answer, keys)).toThrow(expect.objectContaining({ code: 'RR_ENROL_ANSWER_INVALID' }));
  });

  it('is refused with a public key of mgmt that is none', () => {
    const answer = granted({ mgmtPublicKeys: [Buffer.from('no key')] });
    expect(() => readAnswer(answer, shown)).toThrow(expect.objectContaining({ code: 'RR_IDENTITY_INVALID' }));
  });
});

describe('what mgmt refuses', () => {
  it('ends the asking when the same question would get the same answer', () => {
    expect(readAnswer(refused({}), shown)).toMatchObject({
      kind: 'refused',
      error: { code: 'RR_ENROL_USED', message: 'came late', remedy: 'make another' },
      finality: 'final',
    });
  });

  it('is asked for again when mgmt was only not able to', () => {
    expect(readAnswer(refused({ code: 'RR_INTERNAL' }), shown)).toMatchObject({ finality: 'passing' });
  });

  it('is told with its code where only a newer version knows that', () => {
    expect(readAnswer(refused({ code: 'RR_ENROL_MOON_PHASE' }), shown)).toMatchObject({
      error: { code: 'RR_ENROL_REFUSED', message: 'RR_ENROL_MOON_PHASE: came late' },
      finality: 'final',
    });
  });
});
