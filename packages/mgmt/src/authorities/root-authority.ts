import type { Certificate, CertificateRequest, Crl, CrlOptions, KeyAlgorithm } from '@reroot/shared/pki';
import type { RootSource } from '../mesh/index.ts';
import type { Custody } from './custody.ts';

/** Where root certificates come from, where their keys stay, and who signs with them. */
export interface RootAuthority {
  /**
   * Obtains a root for a mesh: has one made, or takes over the one that its source offers. When it resolves, the key is
   * on durable storage, so that a record may name the root.
   * @throws RR_KEYSTORE_* when the key cannot be kept; RR_ROOT_* when what the source offers cannot be used;
   *   RR_SECRET_SOURCE_*, RR_VAULT_*
   */
  obtain(request: RootRequest, signal: AbortSignal): Promise<KeptRoot>;
  /**
   * What a source offers by itself; undefined for one that makes roots when it is asked to.
   * @throws RR_ROOT_* when it cannot be used; RR_SECRET_SOURCE_*, RR_VAULT_*
   */
  findOffer(request: OfferRequest, signal: AbortSignal): Promise<Certificate | undefined>;
  /**
   * Issues an intermediate that may issue leaves only.
   * @returns the chain, the intermediate first, without the root; it verifies under the root
   * @throws RR_KEYSTORE_* when the key is missing, damaged or of another passphrase; RR_ISSUE_NOT_HERE when mgmt cannot
   *   sign under this root; RR_PKI_*, RR_VAULT_*
   */
  issue(root: KeptRoot, request: IntermediateRequest, signal: AbortSignal): Promise<readonly Certificate[]>;
  /**
   * Resolves when the key of a root can be used now; of one that is out of mgmt's reach nothing is asked.
   * @throws RR_KEYSTORE_*, RR_VAULT_*
   */
  probe(custody: Custody, signal: AbortSignal): Promise<void>;
  /**
   * Signs a list that revokes intermediates under a root, by whoever has issued them.
   * @throws RR_CRL_NOT_HERE where mgmt has no key to sign it with; RR_KEYSTORE_*, RR_PKI_*
   */
  signCrl(root: KeptRoot, request: CrlRequest, signal: AbortSignal): Promise<Crl>;
  /**
   * Destroys the key of a root for good, where it is mgmt's to destroy: from when it resolves, `issue` fails, after a
   * restart too. A key that is gone is destroyed already, so that an act which a crash cut short can be made again.
   * @throws RR_KEYSTORE_*, RR_VAULT_* when the key cannot be destroyed; it may be there still
   */
  destroy(custody: Custody, signal: AbortSignal): Promise<void>;
}

/** What a root is for, and what it is made of where it is made. */
export interface RootRequest {
  readonly mesh: string;
  readonly source: RootSource;
  /** Who will sign intermediates under it: mgmt, which needs a key then, or the agents by themselves. */
  readonly signing: 'mgmt' | 'agents';
  readonly keyAlgorithm: KeyAlgorithm;
  readonly organization: string;
  readonly ttlDays: number;
  readonly trustDomain: string;
  /** The roots that the mesh has: another one must be neither one of these nor of the name of one. */
  readonly known: readonly Certificate[];
}

/** Whose offer is asked for, and what it is compared with. */
export type OfferRequest = Pick<RootRequest, 'source' | 'signing' | 'known'>;

/** A list to sign. */
export type CrlRequest = Omit<CrlOptions, 'issuer' | 'issuerKey'>;

/** A root, and where its key is. */
export interface KeptRoot {
  readonly certificate: Certificate;
  readonly custody: Custody;
}

/** An intermediate to issue; its validity is clipped to that of who issues it. */
export interface IntermediateRequest {
  readonly csr: CertificateRequest;
  readonly commonName: string;
  readonly organization: string;
  readonly trustDomain: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}
