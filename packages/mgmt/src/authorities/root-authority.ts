import type { Certificate, KeyAlgorithm, Signer } from '@reroot/shared/pki';

/** Where root certificates come from, and where their keys stay. */
export interface RootAuthority {
  /**
   * Makes a root of its own subject and serial number. When it resolves, the key is on durable storage, so that a
   * record may name the root.
   * @throws RR_KEYSTORE_* when the key cannot be kept
   */
  create(request: RootRequest): Promise<CreatedRoot>;
  /**
   * Signs with the key of a root.
   * @throws RR_KEYSTORE_* when the key is missing, damaged or of another passphrase
   */
  signer(keyRef: string): Promise<Signer>;
  /**
   * Destroys the key of a root for good: from when it resolves, `signer` fails with RR_KEYSTORE_KEY_MISSING, after a
   * restart too. A key that is gone is destroyed already, so that an act which a crash cut short can be made again.
   * @throws RR_KEYSTORE_* when the key cannot be destroyed; it may be there still
   */
  destroy(keyRef: string): Promise<void>;
}

/** What a root is made of. */
export interface RootRequest {
  readonly mesh: string;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly organization: string;
  readonly ttlDays: number;
}

/** A root and the reference by which its authority finds its key again. */
export interface CreatedRoot {
  readonly certificate: Certificate;
  readonly keyRef: string;
}
