import { RerootError } from '@reroot/shared/errors';
import { parseCrls, requireCrlOfEachCa } from '@reroot/shared/pki';
import type { CaSecret } from '../cluster/cluster.ts';
import type { Desired } from '../trust/desired.ts';
import { readHeld } from './held.ts';
import type { InstallPlan } from './plan.ts';

const crlFile = 'ca-crl.pem';

/**
 * Holds a plan to the revocation lists that somebody has put beside the CA. istiod since 1.27 loads nothing, and does not even
 * start, unless each certificate of `cert-chain.pem` has signed one; Envoy refuses every chain with a CA that has none, the
 * root included. An agent has no key to sign lists of roots with, so it can only foresee that:
 *
 * - a new intermediate has no list, for its key is new;
 * - a root that comes needs its own, or no proxy of this cluster takes what the other clusters sign under it;
 * - lists that lack a CA of the present chain are told also while there is nothing to write: a replica that is restarted over
 *   them does not come back.
 * @throws RR_SECRET_CRL_INCOMPLETE, RR_SECRET_UNREADABLE
 */
export function requireCrls(plan: InstallPlan, secret: CaSecret, desired: Desired, nowMs: number): void {
  if (secret.crl === undefined) return;
  if (plan.kind === 'write' && plan.needIntermediate) {
    throw incomplete('no CRL can be in it of the new intermediate that is to be written');
  }
  const { chain, roots, signerRoot } = readHeld(secret);
  const known = new Set(roots.map(({ fingerprint }) => fingerprint));
  const coming = desired.roots.filter(({ fingerprint }) => !known.has(fingerprint));
  try {
    requireCrlOfEachCa([...chain, signerRoot, ...coming], parseCrls(secret.crl), nowMs);
  } catch (error) {
    if (!(error instanceof RerootError)) throw error;
    throw incomplete(error.message, error);
  }
}

function incomplete(why: string, cause?: RerootError): RerootError {
  const message = `the cacerts Secret has a ${crlFile}: ${why}`;
  return new RerootError('RR_SECRET_CRL_INCOMPLETE', message, { place: crlFile, ...(cause === undefined ? {} : { cause }) });
}
