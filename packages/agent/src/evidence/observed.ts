import { RerootError } from '@reroot/shared/errors';
import { type Certificate, rootsOf, sha256Hex } from '@reroot/shared/pki';
import { type Holding, limits } from '@reroot/shared/protocol';
import { withoutRoots } from '../install/held.ts';
import { sameCertificates } from '../trust/signer-root.ts';

/** Trust as it was seen in one place of the cluster, with the certificates at hand. */
export interface Observed {
  readonly bundleSha256: string;
  readonly roots: readonly Certificate[];
  /** The signing certificate first, without leaf and root; the root alone where it signs by itself. */
  readonly signerChain: readonly Certificate[];
}

/**
 * Reads a bundle and the chain beside it.
 * @param chain the signing certificate first, without the leaf
 * @throws RR_PKI_BAD_CERTIFICATE
 */
export function observe(bundle: string, chain: readonly Certificate[] = []): Observed {
  const roots = rootsOf(bundle);
  const own = roots.find(({ fingerprint }) => fingerprint === chain[0]?.fingerprint && isSelfIssued(chain[0]));
  const signerChain = own === undefined ? withoutRoots(chain, roots) : [own];
  // A report with a longer one would be refused as a whole, and one proxy could so keep mgmt from hearing its cluster.
  if (signerChain.length > limits.signerChain) {
    const problem = `the chain has ${signerChain.length} certificates without roots; ${limits.signerChain} are allowed`;
    throw new RerootError('RR_PKI_BAD_CERTIFICATE', problem);
  }
  return { bundleSha256: sha256Hex(bundle), roots, signerChain };
}

/**
 * The same of what came with a leaf: where no certificate stands above it, a root of the bundle has signed it by itself, as the CA
 * that an istiod made on its own does.
 * @throws RR_PKI_BAD_CERTIFICATE
 */
export function observeLeaf(leaf: Certificate, bundle: string, chain: readonly Certificate[]): Observed {
  const observed = observe(bundle, chain);
  if (observed.signerChain.length > 0) return observed;
  const own = observed.roots.find(({ publicKey }) => leaf.x509.verify(publicKey));
  return own === undefined ? observed : { ...observed, signerChain: [own] };
}

function isSelfIssued({ subjectDer, issuerDer }: Certificate): boolean {
  return Buffer.compare(subjectDer, issuerDer) === 0;
}

/** Stands for a bundle that cannot be read, or a chain that proves nothing. */
export function observeNothing(bundle: string): Observed {
  return { bundleSha256: sha256Hex(bundle), roots: [], signerChain: [] };
}

/**
 * Whether the first certificate of the chain signed the leaf; where the chain is empty, one of the roots did. Nothing
 * else ties a chain to a leaf: whoever sends both can put any certificate beside it.
 */
export function isSignedBy(leaf: Certificate, { signerChain, roots }: Observed): boolean {
  const [signer] = signerChain;
  return (signer === undefined ? roots : [signer]).some(({ publicKey }) => leaf.x509.verify(publicKey));
}

/** Whether two places hold the same certificates, in whatever bytes. */
export function holdsSame(a: Observed, b: Observed): boolean {
  return sameCertificates(a.roots, b.roots) && a.signerChain[0]?.fingerprint === b.signerChain[0]?.fingerprint;
}

/** As it goes into a report. */
export function toHolding({ bundleSha256, roots, signerChain }: Observed): Holding {
  return { bundleSha256, roots: roots.map(nameOf), signerChain: signerChain.map(nameOf) };
}

function nameOf({ fingerprint }: Certificate): string {
  return fingerprint;
}
