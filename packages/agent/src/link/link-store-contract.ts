import { describe, expect, it } from 'vitest';
import type { HeldLink, LinkRecord } from './link-record.ts';
import type { LinkStore } from './link-store.ts';

/** Stores over one medium that holds nothing yet. */
export interface StoreSubject {
  /** Another agent with the same state gets another one of these. */
  readonly open: () => LinkStore;
  dispose(): Promise<void>;
}

const held: HeldLink = {
  mesh: 'demo',
  cluster: 'cluster-1',
  tokenId: '0123456789abcdef',
  privateKeyPem: '-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----\n',
  nats: { origin: 'own', jwt: 'eyJ0eXAi', seed: 'SUAM' },
  mgmtPublicKeys: ['-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n'],
  address: { servers: ['tls://nats.example:4222'], ca: '-----BEGIN CERTIFICATE-----\n', plaintext: 'refused' },
  epoch: 3,
  terms: { term: 2, sequence: 1_700_000_000_000_000 },
};
const pending: LinkRecord = {
  held: undefined,
  pending: { purpose: { kind: 'enrol', tokenId: '0123456789abcdef' }, privateKeyPem: 'pem', natsSeed: 'SUAB' },
};
const joined: LinkRecord = { held, pending: { purpose: { kind: 'renew' }, privateKeyPem: 'pem' } };

/** What holds for every `LinkStore`. */
export function describeLinkStoreContract(name: string, create: () => Promise<StoreSubject>): void {
  const { signal } = new AbortController();
  const within = async (look: (subject: StoreSubject) => Promise<void>): Promise<void> => {
    const subject = await create();
    try {
      await look(subject);
    } finally {
      await subject.dispose();
    }
  };

  describe(`the state of the link in ${name}`, () => {
    it('is empty before anything was written', () =>
      within(async ({ open }) => {
        expect((await open().read(signal)).record).toEqual({ held: undefined, pending: undefined });
      }));

    it('is what was written last, also for an agent that is started anew', () =>
      within(async ({ open }) => {
        const store = open();
        const { basis } = await store.read(signal);
        const next = await store.write(pending, basis, signal);
        expect((await open().read(signal)).record).toEqual(pending);
        await store.write(joined, next, signal);
        expect((await open().read(signal)).record).toEqual(joined);
      }));

    it('can be written on what a later agent has read', () =>
      within(async ({ open }) => {
        await open().write(pending, (await open().read(signal)).basis, signal);
        await open().write(joined, (await open().read(signal)).basis, signal);
        expect((await open().read(signal)).record).toEqual(joined);
      }));

    it('is not written over by an agent that has not seen what another one wrote', () =>
      within(async ({ open }) => {
        const [one, two] = [open(), open()];
        const [seenByOne, seenByTwo] = [await one.read(signal), await two.read(signal)];
        const next = await one.write(pending, seenByOne.basis, signal);
        await expect(two.write(joined, seenByTwo.basis, signal)).rejects.toMatchObject({ code: 'RR_LINK_STATE_CONFLICT' });
        expect((await open().read(signal)).record).toEqual(pending);
        await one.write(joined, next, signal);
        expect((await open().read(signal)).record).toEqual(joined);
      }));

    it('is neither read nor written once the signal has aborted, and the reason is that of the signal', () =>
      within(async ({ open }) => {
        const { basis } = await open().read(signal);
        const reason = new Error('enough');
        const aborted = AbortSignal.abort(reason);
        await expect(open().read(aborted)).rejects.toBe(reason);
        await expect(open().write(pending, basis, aborted)).rejects.toBe(reason);
        expect((await open().read(signal)).record.pending).toBeUndefined();
      }));
  });
}
