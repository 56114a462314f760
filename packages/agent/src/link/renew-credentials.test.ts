import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { sha256Hex } from '@reroot/shared/pki';
import { generateIdentity, type Opened } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { type HeldLink, type LinkRecord, requireHeld, type TermsMark } from './link-record.ts';
import { renewCredentials } from './renew-credentials.ts';

const [former, present] = [generateIdentity(), generateIdentity()];
const held: HeldLink = {
  ...{ mesh: 'demo', cluster: 'east', tokenId: 'token', privateKeyPem: generateIdentity().privateKeyPem, epoch: 1 },
  mgmtPublicKeys: [present.publicKeyPem],
  address: { servers: ['nats://127.0.0.1:4222'], plaintext: 'refused' },
  terms: { term: 3, sequence: 9 },
};

/** What is held after mgmt has granted epoch 2 in an answer that names its former key too. */
async function renewedBy(mark: TermsMark): Promise<HeldLink> {
  let record: LinkRecord = { held, pending: undefined };
  const outcome = await renewCredentials({
    record: () => record,
    update: async (change) => {
      record = change(record);
      return record;
    },
    ask: async ({ publicKey }): Promise<Opened<'credentials-response'>> => ({
      address: { mesh: 'demo', cluster: 'east', term: mark.term, generation: 0 },
      message: {
        kind: 'credentials-response',
        body: {
          kind: 'granted',
          credentials: {
            ...{ keyId: sha256Hex(publicKey), natsJwt: '', epoch: 2 },
            mgmtPublicKeys: [former.identity.publicKeyDer, present.identity.publicKeyDer],
          },
        },
      },
      ...{ keyId: present.identity.keyId, sequence: mark.sequence, sentAtMs: 0 },
    }),
    patience: { clock: systemClock, random: () => 0.5, log: silentLog, backOff: { baseMs: 1, capMs: 1 } },
    signal: AbortSignal.timeout(5_000),
  });
  expect([outcome, record.pending]).toEqual(['renewed', undefined]);
  return requireHeld(record);
}

describe('what mgmt grants to other keys', () => {
  it('brings its list of keys too when that is later than the terms that are held', async () => {
    const mark = { term: 3, sequence: 10 };
    expect(await renewedBy(mark)).toMatchObject({
      ...{ mgmtPublicKeys: [former.publicKeyPem, present.publicKeyPem], epoch: 2, terms: mark },
    });
  });

  it.each([
    { term: 3, sequence: 8 },
    { term: 3, sequence: 9 },
    { term: 2, sequence: 99 },
  ])('brings no list of keys back that terms have replaced since: term $term, sequence $sequence', async (mark) => {
    const after = await renewedBy(mark);
    expect(after).toMatchObject({ mgmtPublicKeys: [present.publicKeyPem], epoch: 2, terms: held.terms });
    expect(after.privateKeyPem).not.toBe(held.privateKeyPem);
  });
});
