import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { createGeneratedAuthority } from './generated-authority.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import { describeRootAuthorityContract, rootRequest } from './testing/root-authority-contract.ts';

describeRootAuthorityContract('the generated authority on disk', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-keys-'));
  const reopen = async () => {
    const keyStore = await openKeyStore({ dir, passphrase: 'correct horse battery staple', scryptCost: 2 ** 10 });
    return createGeneratedAuthority({ keyStore, clock: systemClock });
  };
  return { authority: await reopen(), reopen, dispose: () => rm(dir, { recursive: true }) };
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

describe('the generated authority', () => {
  it('makes a root that says whose it is, reaches back and lasts as asked', async () => {
    const authority = createGeneratedAuthority({ keyStore: keyStoreInMemory(), clock: systemClock });
    const { certificate } = await authority.create(rootRequest);
    expect(certificate.subject).toMatch(/^O=reroot\nCN=demo root [0-9a-f]{16}$/);
    expect(certificate.isCa).toBe(true);
    expect(certificate.notBeforeMs).toBeLessThan(systemClock.now() - 4 * 60_000);
    expect(Math.round((certificate.notAfterMs - systemClock.now()) / 86_400_000)).toBe(10);
  });

  it('makes no root when the key cannot be kept', async () => {
    const full = new RerootError('RR_KEYSTORE_UNWRITABLE', 'the disk is full');
    const keyStore = { ...keyStoreInMemory(), write: () => Promise.reject(full) };
    await expect(createGeneratedAuthority({ keyStore, clock: systemClock }).create(rootRequest)).rejects.toBe(full);
  });

  it('opens a key that it has not made itself once, and asks again after a failure', async () => {
    const keyStore = keyStoreInMemory();
    const authority = createGeneratedAuthority({ keyStore, clock: systemClock });
    await expect(authority.signer('missing')).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
    await expect(authority.signer('missing')).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
    const { keyRef } = await authority.create(rootRequest);
    await authority.signer(keyRef);
    expect(keyStore.reads).toEqual(['missing', 'missing']);
    const restarted = createGeneratedAuthority({ keyStore, clock: systemClock });
    await Promise.all([restarted.signer(keyRef), restarted.signer(keyRef)]);
    expect(keyStore.reads).toEqual(['missing', 'missing', keyRef]);
  });

  it('forgets a signer that was asked for while its key was being destroyed', async () => {
    const keyStore = keyStoreInMemory();
    const { keyRef } = await createGeneratedAuthority({ keyStore, clock: systemClock }).create(rootRequest);
    const disk = Promise.withResolvers<undefined>();
    const remove = (name: string) => disk.promise.then(() => keyStore.remove(name));
    const restarted = createGeneratedAuthority({ keyStore: { ...keyStore, remove }, clock: systemClock });
    const destroyed = restarted.destroy(keyRef);
    await restarted.signer(keyRef);
    disk.resolve(undefined);
    await destroyed;
    await expect(restarted.signer(keyRef)).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
  });

  it('says that a key could not be destroyed', async () => {
    const refused = new RerootError('RR_KEYSTORE_UNWRITABLE', 'the disk refuses');
    const keyStore = { ...keyStoreInMemory(), remove: () => Promise.reject(refused) };
    const authority = createGeneratedAuthority({ keyStore, clock: systemClock });
    const { keyRef } = await authority.create(rootRequest);
    await expect(authority.destroy(keyRef)).rejects.toBe(refused);
  });
});
