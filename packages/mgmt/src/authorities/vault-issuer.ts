import { RerootError } from '@reroot/shared/errors';
import type { Certificate } from '@reroot/shared/pki';
import type { Issuer } from '@reroot/vault';
import type { VaultRoot } from '../mesh/index.ts';
import type { RootRequest } from './root-authority.ts';
import { isSelfIssued, type RuleContext, rootProblem } from './root-rules.ts';

/**
 * The self-signed root that an issuer is, or hangs from, once all of it was looked at.
 * @throws RR_ROOT_ISSUER_INVALID naming mount, issuer and what is wrong
 */
export function requireIssuer(
  { chain, keyId }: Issuer,
  source: VaultRoot,
  context: RuleContext & Pick<RootRequest, 'signing'>,
): Certificate {
  if (keyId === '' && context.signing === 'mgmt') throw refuse('Vault has its certificate and not its key', source);
  const root = chain.find(isSelfIssued);
  if (root === undefined) throw refuse('Vault does not know the self-signed root above it', source);
  const problem = rootProblem({ root, chain: belowRoot(chain, root) }, context);
  if (problem === undefined) return root;
  throw refuse(problem, source);
}

function refuse(why: string, source: VaultRoot): RerootError {
  return new RerootError('RR_ROOT_ISSUER_INVALID', `the issuer cannot be used: ${why}`, { place: issuerPlace(source) });
}

/** How messages call an issuer. */
export function issuerPlace({ mount, issuer }: Pick<VaultRoot, 'mount' | 'issuer'>): string {
  return `${mount}/issuer/${issuer}`;
}

/** A mount may know more above the root, such as its cross-signed twin, which has no business in a chain. */
export function belowRoot(chain: readonly Certificate[], root: Certificate): readonly Certificate[] {
  const end = chain.findIndex(({ fingerprint }) => fingerprint === root.fingerprint);
  const below = end === -1 ? chain : chain.slice(0, end);
  const top = below.findIndex((each) => each.x509.checkIssued(root.x509) && each.x509.verify(root.publicKey));
  return top === -1 ? below : below.slice(0, top + 1);
}
