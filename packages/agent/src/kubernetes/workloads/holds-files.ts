import { parseCertificates, rootsOf } from '@reroot/shared/pki';
import type { CaFiles } from '../../cluster/cluster.ts';
import { withoutRoots } from '../../install/held.ts';
import { findSignerRoot, sameCertificates } from '../../trust/signer-root.ts';
import type { HeldTrust } from './proxy-answer.ts';

/** The part of the Secret that says what proxies end up with. */
export type TrustFiles = Pick<CaFiles, 'certChain' | 'rootCert'>;

/** Many proxies hold the same; so many different answers are remembered. */
const maxRemembered = 256;
const endOfCertificate = '-----END CERTIFICATE-----';

/**
 * Makes the function that says whether a proxy holds what the Secret leads to: exactly its roots, and a leaf that hangs from
 * the root that signs now. It is measured as the agent measures workloads, so a renewed intermediate leaves leaves good. It
 * only decides how soon a proxy is looked into again, and proves nothing.
 * @param files undefined: nothing is known, and so nobody holds it
 */
export function createHoldsFiles(files: TrustFiles | undefined): (held: HeldTrust) => boolean {
  const remembered = new Map<string, boolean>();
  const wanted = files === undefined ? undefined : readFiles(files);
  return ({ certChain, rootCert }) => {
    // Everything but the leaf, which alone differs between proxies.
    const key = `${certChain.slice(certChain.indexOf(endOfCertificate))} ${rootCert}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const holds = wanted !== undefined && measure(certChain, rootCert, wanted);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(key, holds);
    return holds;
  };
}

interface Wanted {
  readonly roots: ReturnType<typeof rootsOf>;
  readonly signerRoot: ReturnType<typeof rootsOf>[number];
}

function readFiles({ certChain, rootCert }: TrustFiles): Wanted | undefined {
  try {
    const roots = rootsOf(rootCert);
    const signerRoot = findSignerRoot(withoutRoots(parseCertificates(certChain), roots), roots);
    return signerRoot === undefined ? undefined : { roots, signerRoot };
  } catch {
    return undefined;
  }
}

function measure(certChain: string, rootCert: string, wanted: Wanted): boolean {
  try {
    const roots = rootsOf(rootCert);
    const [, ...above] = parseCertificates(certChain);
    return sameCertificates(roots, wanted.roots) && findSignerRoot(withoutRoots(above, roots), [wanted.signerRoot]) !== undefined;
  } catch {
    return false;
  }
}
