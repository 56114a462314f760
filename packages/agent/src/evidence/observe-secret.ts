import { parseCertificates } from '@reroot/shared/pki';
import type { CaFiles } from '../cluster/cluster.ts';
import { uniqueByFingerprint } from '../trust/desired.ts';
import { type Observed, observe, observeNothing } from './observed.ts';

/** The Secret as evidence of level 1; one that cannot be read trusts and signs nothing. */
export function observeSecret({ caCert, certChain, rootCert }: CaFiles): Observed {
  try {
    const [signer] = parseCertificates(caCert);
    const chain = parseCertificates(certChain);
    return observe(rootCert, uniqueByFingerprint(signer === undefined ? chain : [signer, ...chain]));
  } catch {
    return observeNothing(rootCert);
  }
}
