import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { verifyChain } from '@reroot/shared/pki';
import { describe, expect, it } from 'vitest';
import { makeCa } from '../testing/openssl-authority.ts';
import { createFolderKeys } from './folder-keys.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import { createKeyStoreAuthority, type KeyStoreAuthority } from './key-store-authority.ts';
import type { IntermediateRequest, KeptRoot } from './root-authority.ts';
import { authorityWith } from './testing/authority-with.ts';
import { describeRootAuthorityContract, intermediateRequest, rootRequest } from './testing/root-authority-contract.ts';

const source = { kind: 'generated' } as const;
const dayMs = 86_400_000;

describeRootAuthorityContract('the key store on disk', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-keys-'));
  const reopen = async () => {
    const keyStore = await openKeyStore({
      keys: createFolderKeys(dir),
      passphrase: 'correct horse battery staple',
      scryptCost: 2 ** 10,
    });
    return authorityWith({ keyStore: createKeyStoreAuthority({ keyStore, clock: systemClock }) });
  };
  const dispose = () => rm(dir, { recursive: true });
  return { authority: await reopen(), source, reopen, goneCode: 'RR_KEYSTORE_KEY_MISSING', dispose };
});

function keyStoreInMemory(): KeyStore & { readonly reads: string[] } {
  const keys = new Map<string, string>();
  const reads: string[] = [];
  return {
    reads,
    write: async (name, pem) => {
      keys.set(name, pem);
    },
    read: async (name) => {
      reads.push(name);
      const pem = keys.get(name);
      if (pem === undefined) throw new RerootError('RR_KEYSTORE_KEY_MISSING', `there is no key ${name}`);
      return pem;
    },
    remove: async (name) => {
      keys.delete(name);
    },
  };
}

const createOn = (keyStore: KeyStore) => createKeyStoreAuthority({ keyStore, clock: systemClock });
const custodyOf = ({ custody }: KeptRoot) => {
  if (custody.kind !== 'key-store') throw new Error('the root is somewhere else');
  return custody;
};
const issue = async (authority: KeyStoreAuthority, root: KeptRoot, changes: Partial<IntermediateRequest> = {}) =>
  authority.issue(root, custodyOf(root), await intermediateRequest(changes));

describe('the authority of the key store', () => {
  it('makes no root when the key cannot be kept', async () => {
    const full = new RerootError('RR_KEYSTORE_UNWRITABLE', 'the disk is full');
    const keyStore = { ...keyStoreInMemory(), write: () => Promise.reject(full) };
    await expect(createOn(keyStore).obtain(rootRequest(source))).rejects.toBe(full);
  });

  it('opens a key that it has not made itself once, and asks again after a failure', async () => {
    const keyStore = keyStoreInMemory();
    const authority = createOn(keyStore);
    const root = await authority.obtain(rootRequest(source));
    const lost: KeptRoot = { ...root, custody: { kind: 'key-store', keyRef: 'missing', chain: [] } };
    for (let tries = 0; tries < 2; tries += 1) {
      await expect(issue(authority, lost)).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
    }
    await issue(authority, root);
    expect(keyStore.reads).toEqual(['missing', 'missing']);
    const restarted = createOn(keyStore);
    await Promise.all([issue(restarted, root), issue(restarted, root)]);
    expect(keyStore.reads).toEqual(['missing', 'missing', custodyOf(root).keyRef]);
  });

  it('forgets a key that was asked for while it was being destroyed', async () => {
    const keyStore = keyStoreInMemory();
    const root = await createOn(keyStore).obtain(rootRequest(source));
    const disk = Promise.withResolvers<undefined>();
    const remove = (name: string) => disk.promise.then(() => keyStore.remove(name));
    const restarted = createOn({ ...keyStore, remove });
    const destroyed = restarted.destroy(custodyOf(root));
    await issue(restarted, root);
    disk.resolve(undefined);
    await destroyed;
    await expect(issue(restarted, root)).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
  });

  it('says that a key could not be destroyed', async () => {
    const refused = new RerootError('RR_KEYSTORE_UNWRITABLE', 'the disk refuses');
    const authority = createOn({ ...keyStoreInMemory(), remove: () => Promise.reject(refused) });
    await expect(authority.destroy(custodyOf(await authority.obtain(rootRequest(source))))).rejects.toBe(refused);
  });

  describe('with the key of a CA below the root', () => {
    const takenOver = async (rootDays: number, policyDays: number, issuingDays: number) => {
      const root = await makeCa({ commonName: 'offline root', days: rootDays });
      const policy = await makeCa({ commonName: 'policy CA', issuer: root, days: policyDays, pathLength: 2 });
      const issuing = await makeCa({ commonName: 'issuing CA', issuer: policy, days: issuingDays, pathLength: 1 });
      const keyStore = keyStoreInMemory();
      await keyStore.write('issuing', issuing.keyPem);
      const chain = [issuing.certificate, policy.certificate];
      const custody = { kind: 'key-store', keyRef: 'issuing', chain: chain.map(({ pem }) => pem) } as const;
      const kept: KeptRoot = { certificate: root.certificate, custody };
      return { authority: createOn(keyStore), kept, chain };
    };

    it('issues by that CA, and gives those in between too', async () => {
      const { authority, kept, chain } = await takenOver(100, 90, 80);
      const [intermediate, ...above] = await issue(authority, kept);
      expect(above.map(({ fingerprint }) => fingerprint)).toEqual(chain.map(({ fingerprint }) => fingerprint));
      expect(verifyChain([intermediate!, ...above], [kept.certificate], Date.now())).toMatchObject({ ok: true });
      expect(verifyChain([intermediate!], [kept.certificate], Date.now())).toMatchObject({ ok: false });
    });

    it.each([
      ['the root', 10, 90, 80],
      ['a CA in between', 100, 10, 80],
      ['the CA that signs', 100, 90, 10],
    ])('gives none that outlives %s', async (_, ...days) => {
      const { authority, kept } = await takenOver(...days);
      const [intermediate, ...above] = await issue(authority, kept, { notAfterMs: Date.now() + 365 * dayMs });
      const ends = [...above, kept.certificate].map(({ notAfterMs }) => notAfterMs);
      expect(intermediate!.notAfterMs).toBe(Math.min(...ends));
    });
  });
});
