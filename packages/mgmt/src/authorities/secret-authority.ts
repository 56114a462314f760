import type { Clock } from '@reroot/shared/clock';
import { type Certificate, exportPrivateKey } from '@reroot/shared/pki';
import type { RootSource } from '../mesh/index.ts';
import type { KeyStore } from './key-store.ts';
import { readRootSecret } from './read-root-secret.ts';
import type { KeptRoot, OfferRequest, RootRequest } from './root-authority.ts';
import { requireNew } from './root-rules.ts';
import { nameOfSecret, type SecretSource } from './secret-source.ts';

type SecretRoot = Extract<RootSource, { kind: 'secret' }>;

/** Roots that somebody else makes, and puts into a Secret. */
export interface SecretAuthority {
  /**
   * Takes over the root that stands there. Its key goes into the key store: it has to sign for some time after the Secret holds
   * the next one.
   * @throws RR_ROOT_SECRET_INVALID, RR_ROOT_UNCHANGED, RR_SECRET_SOURCE_*, RR_KEYSTORE_*
   */
  obtain(request: RootRequest, source: SecretRoot, signal: AbortSignal): Promise<KeptRoot>;
  /** The root that stands there now. @throws RR_ROOT_SECRET_INVALID, RR_SECRET_SOURCE_* */
  findOffer(request: OfferRequest, source: SecretRoot, signal: AbortSignal): Promise<Certificate>;
}

/** What it works with. */
export interface SecretAuthorityOptions {
  readonly secrets: SecretSource;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
}

/** Reads the Secret each time it is asked. */
export function createSecretAuthority({ secrets, keyStore, clock }: SecretAuthorityOptions): SecretAuthority {
  const read = async ({ known, signing }: OfferRequest, { secret }: SecretRoot, signal: AbortSignal) =>
    readRootSecret(await secrets.read(secret, signal), { secret, known, signing, nowMs: clock.now() });
  return {
    obtain: async (request, source, signal) => {
      const { root, chain, key } = await read(request, source, signal);
      requireNew(root, request.known, nameOfSecret(source.secret));
      if (key === undefined) return { certificate: root, custody: { kind: 'agents' } };
      // Two meshes may name one Secret, and the end of the key in one is not its end in the other.
      const keyRef = `${request.mesh}-${root.fingerprint}`;
      await keyStore.write(keyRef, exportPrivateKey(key));
      return { certificate: root, custody: { kind: 'key-store', keyRef, chain: chain.map(({ pem }) => pem) } };
    },
    findOffer: async (request, source, signal) => (await read(request, source, signal)).root,
  };
}
