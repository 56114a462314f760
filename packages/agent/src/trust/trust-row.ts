import type { Certificate } from '@reroot/shared/pki';

/** `[roots | signer]`: what a cluster trusts, and the root above the intermediate that it signs with. */
export interface TrustRow {
  readonly roots: readonly Certificate[];
  readonly signerRoot: Certificate;
}
