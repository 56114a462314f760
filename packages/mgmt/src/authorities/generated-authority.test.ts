import { X509Certificate } from 'node:crypto';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { createGeneratedAuthority } from './generated-authority.ts';
import type { KeyStore } from './key-store.ts';

const request = { mesh: 'demo', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'reroot', ttlDays: 10 } as const;

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
  };
}

describe('the generated authority', () => {
  it('makes a root that says whose it is, reaches back and lasts as asked', async () => {
    const authority = createGeneratedAuthority({ keyStore: keyStoreInMemory(), clock: systemClock });
    const { certificate } = await authority.create(request);
    expect(certificate.subject).toMatch(/^O=reroot\nCN=demo root [0-9a-f]{16}$/);
    expect(certificate.isCa).toBe(true);
    expect(certificate.notBeforeMs).toBeLessThan(systemClock.now() - 4 * 60_000);
    expect(Math.round((certificate.notAfterMs - systemClock.now()) / 86_400_000)).toBe(10);
  });

  it('gives two generations neither the same name nor the same serial number', async () => {
    const authority = createGeneratedAuthority({ keyStore: keyStoreInMemory(), clock: systemClock });
    const [a, b] = [await authority.create(request), await authority.create(request)];
    expect(a.certificate.subject).not.toBe(b.certificate.subject);
    expect(a.certificate.serial).not.toBe(b.certificate.serial);
  });

  it('keeps the key before it gives the root away, and signs with it after a restart', async () => {
    const keyStore = keyStoreInMemory();
    const { certificate, keyRef } = await createGeneratedAuthority({ keyStore, clock: systemClock }).create(request);
    const signer = await createGeneratedAuthority({ keyStore, clock: systemClock }).signer(keyRef);
    const { publicKey } = new X509Certificate(certificate.der);
    expect(Buffer.from(signer.publicKeySpki)).toEqual(publicKey.export({ type: 'spki', format: 'der' }));
  });

  it('makes no root when the key cannot be kept', async () => {
    const full = new RerootError('RR_KEYSTORE_UNWRITABLE', 'the disk is full');
    const keyStore = { ...keyStoreInMemory(), write: () => Promise.reject(full) };
    await expect(createGeneratedAuthority({ keyStore, clock: systemClock }).create(request)).rejects.toBe(full);
  });

  it('opens a key that it has not made itself once, and asks again after a failure', async () => {
    const keyStore = keyStoreInMemory();
    const authority = createGeneratedAuthority({ keyStore, clock: systemClock });
    await expect(authority.signer('missing')).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
    await expect(authority.signer('missing')).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
    const { keyRef } = await authority.create(request);
    await authority.signer(keyRef);
    expect(keyStore.reads).toEqual(['missing', 'missing']);
    const restarted = createGeneratedAuthority({ keyStore, clock: systemClock });
    await Promise.all([restarted.signer(keyRef), restarted.signer(keyRef)]);
    expect(keyStore.reads).toEqual(['missing', 'missing', keyRef]);
  });
});
