import { randomBytes } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import {
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  importPrivateKey,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import type { KeyStore } from './key-store.ts';
import type { CreatedRoot, RootAuthority, RootRequest } from './root-authority.ts';
import { backdateMs, validityEndMs } from './validity.ts';

/** What the generated authority works with. */
export interface GeneratedAuthorityOptions {
  readonly keyStore: KeyStore;
  readonly clock: Clock;
}

/** An authority that makes self-signed roots by itself and keeps their keys in the encrypted key store. */
export function createGeneratedAuthority({ keyStore, clock }: GeneratedAuthorityOptions): RootAuthority {
  const signers = new Map<string, Promise<Signer>>();
  return {
    create: async (request) => {
      const { created, signer } = await createRoot(request, keyStore, clock);
      // The first intermediates are asked for at once; reading the key back would cost a scrypt first.
      signers.set(created.keyRef, Promise.resolve(signer));
      return created;
    },
    signer: (keyRef) => {
      const known = signers.get(keyRef);
      if (known !== undefined) return known;
      const signer = keyStore.read(keyRef).then((pem) => signerFromKey(importPrivateKey(pem)));
      signers.set(keyRef, signer);
      // A key that could not be read may be back on the next try.
      signer.catch(() => signers.delete(keyRef));
      return signer;
    },
    destroy: async (keyRef) => {
      try {
        await keyStore.remove(keyRef);
      } finally {
        // Only now: whoever asked for the signer meanwhile may have put it back.
        signers.delete(keyRef);
      }
    },
  };
}

/** Bytes of the serial number, 128 bits as RFC 5280 §4.1.2.2 allows with room to spare. */
const serialBytes = 16;

async function createRoot(
  request: RootRequest,
  keyStore: KeyStore,
  clock: Clock,
): Promise<{ created: CreatedRoot; signer: Signer }> {
  const serial = randomBytes(serialBytes);
  // Positive, and of full length: no leading zero byte to be cut off.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const nowMs = clock.now();
  const key = await generateKey(request.keyAlgorithm);
  const signer = signerFromKey(key);
  const certificate = await createRootCertificate({
    key: signer,
    // Verifiers look an issuer up by its name: two generations must never share one.
    commonName: `${request.mesh} root ${serial.toString('hex').slice(0, 16)}`,
    organization: request.organization,
    notBeforeMs: nowMs - backdateMs,
    notAfterMs: validityEndMs(nowMs, request.ttlDays),
    serial,
  });
  await keyStore.write(certificate.fingerprint, exportPrivateKey(key));
  return { created: { certificate, keyRef: certificate.fingerprint }, signer };
}
