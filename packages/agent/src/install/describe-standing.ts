import { errorMessage } from '@reroot/shared/errors';
import type { StandingCa } from '@reroot/shared/protocol';
import type { CaSecret } from '../cluster/cluster.ts';
import { readHeld, withoutRoots } from './held.ts';
import type { Adoption } from './plan.ts';

/** What mgmt is told of the CA of a cluster, so that an operator hears before an adoption what stands in its way. Pure. */
export function describeStanding(secret: CaSecret, adoption: Adoption): StandingCa {
  const source = secret.source === 'cacerts' ? 'cacerts' : 'self-made';
  return { source, owner: secret.owner, adoption, objection: objectTo(secret) ?? '' };
}

function objectTo(secret: CaSecret): string | undefined {
  if (secret.unchangeable !== undefined) return secret.unchangeable;
  const [stale] = secret.staleCopies;
  if (stale !== undefined) return `the istiod of namespace ${stale} has another CA than the first one`;
  try {
    const { keyFits, chain, roots } = readHeld(secret);
    if (!keyFits) return 'ca-key.pem is not the key of ca-cert.pem';
    // istiod sends what cert-chain.pem holds, and nothing else: without the signer in it no peer can verify a leaf.
    const sent = secret.source === 'cacerts' && !secret.certChain.includes('BEGIN CERTIFICATE');
    return sent && withoutRoots(chain, roots).length > 0 ? 'cert-chain.pem is empty, although an intermediate signs' : undefined;
  } catch (error) {
    return errorMessage(error);
  }
}
