import type { Clock } from '@reroot/shared/clock';
import {
  type Certificate,
  type Crl,
  createCrl,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  importPrivateKey,
  issueIntermediate,
  parseCertificate,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import type { KeyStoreCustody } from './custody.ts';
import type { KeyStore } from './key-store.ts';
import type { CrlRequest, IntermediateRequest, KeptRoot, RootRequest } from './root-authority.ts';
import { newRootName } from './root-name.ts';
import { backdateMs, validityEndMs } from './validity.ts';

/** Signs with the keys of mgmt's own store, and makes roots whose keys it keeps there. */
export interface KeyStoreAuthority {
  /** Makes a self-signed root of its own name. @throws RR_KEYSTORE_* */
  obtain(request: RootRequest): Promise<KeptRoot>;
  /** @throws RR_KEYSTORE_*, RR_PKI_* */
  issue(root: KeptRoot, custody: KeyStoreCustody, request: IntermediateRequest): Promise<readonly Certificate[]>;
  /** Opens the key. @throws RR_KEYSTORE_* */
  probe(custody: KeyStoreCustody): Promise<void>;
  /** @throws RR_KEYSTORE_*, RR_PKI_* */
  signCrl(root: KeptRoot, custody: KeyStoreCustody, request: CrlRequest): Promise<Crl>;
  /** @throws RR_KEYSTORE_* */
  destroy(custody: KeyStoreCustody): Promise<void>;
}

/** What it works with. */
export interface KeyStoreAuthorityOptions {
  readonly keyStore: KeyStore;
  readonly clock: Clock;
}

/** Each key is opened once, for a scrypt takes a third of a second. */
export function createKeyStoreAuthority({ keyStore, clock }: KeyStoreAuthorityOptions): KeyStoreAuthority {
  const signers = new Map<string, Promise<Signer>>();
  const signerOf = (keyRef: string): Promise<Signer> => {
    const known = signers.get(keyRef);
    if (known !== undefined) return known;
    const signer = keyStore.read(keyRef).then((pem) => signerFromKey(importPrivateKey(pem)));
    signers.set(keyRef, signer);
    // A key that could not be read may be back on the next try.
    signer.catch(() => signers.delete(keyRef));
    return signer;
  };
  return {
    obtain: async (request) => {
      const { certificate, signer } = await makeRoot(request, keyStore, clock);
      const keyRef = certificate.fingerprint;
      // The first intermediates are asked for at once; reading the key back would cost a scrypt first.
      signers.set(keyRef, Promise.resolve(signer));
      return { certificate, custody: { kind: 'key-store', keyRef, chain: [] } };
    },
    issue: async ({ certificate }, { keyRef, chain }, request) => {
      const above = chain.map((pem) => parseCertificate(pem));
      const issued = await issueIntermediate({
        ...request,
        ...clip(request, [...above, certificate]),
        issuer: above[0] ?? certificate,
        issuerKey: await signerOf(keyRef),
      });
      return [issued, ...above];
    },
    probe: async ({ keyRef }) => {
      // Whatever is in memory: after a restart the file alone counts.
      await keyStore.read(keyRef);
    },
    signCrl: async ({ certificate }, { keyRef, chain }, request) => {
      const [pem] = chain;
      const issuer = pem === undefined ? certificate : parseCertificate(pem);
      return createCrl({ ...request, issuer, issuerKey: await signerOf(keyRef) });
    },
    destroy: async ({ keyRef }) => {
      try {
        await keyStore.remove(keyRef);
      } finally {
        // Only now: whoever asked for the signer meanwhile may have put it back.
        signers.delete(keyRef);
      }
    },
  };
}

/** Each CA above may end sooner than the one below it: what outlives any of them fails on the day that one ends. */
function clip(
  { notBeforeMs, notAfterMs }: IntermediateRequest,
  path: readonly Certificate[],
): Pick<IntermediateRequest, 'notBeforeMs' | 'notAfterMs'> {
  return {
    notBeforeMs: Math.max(notBeforeMs, ...path.map((each) => each.notBeforeMs)),
    notAfterMs: Math.min(notAfterMs, ...path.map((each) => each.notAfterMs)),
  };
}

async function makeRoot(
  { mesh, keyAlgorithm, organization, ttlDays, trustDomain }: RootRequest,
  keyStore: KeyStore,
  clock: Clock,
): Promise<{ readonly certificate: Certificate; readonly signer: Signer }> {
  const nowMs = clock.now();
  const key = await generateKey(keyAlgorithm);
  const signer = signerFromKey(key);
  const { serial, commonName } = newRootName(mesh);
  const certificate = await createRootCertificate({
    key: signer,
    commonName,
    organization,
    trustDomain,
    notBeforeMs: nowMs - backdateMs,
    notAfterMs: validityEndMs(nowMs, ttlDays),
    serial,
  });
  await keyStore.write(certificate.fingerprint, exportPrivateKey(key));
  return { certificate, signer };
}
