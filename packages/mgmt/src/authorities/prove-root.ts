import type { Clock } from '@reroot/shared/clock';
import { createCsr, generateKey, parseCsr, signerFromKey } from '@reroot/shared/pki';
import type { KeptRoot, RootAuthority, RootRequest } from './root-authority.ts';
import { backdateMs } from './validity.ts';

/** Long enough for every step of `issue` to find it sound; nobody gets it. */
const lifetimeMs = 3_600_000;

/**
 * Has an intermediate issued under a root and throws it away: a policy that lets roots be made but not sign, or an issuer that
 * signs what no cluster could use, would else be noticed in the middle of a rotation.
 * @throws what issuing throws
 */
export async function proveRoot(
  root: KeptRoot,
  { mesh, organization, trustDomain }: RootRequest,
  issue: RootAuthority['issue'],
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const commonName = `${mesh} trial`;
  const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  const csr = parseCsr(await createCsr({ key, commonName }));
  const nowMs = clock.now();
  const validity = { notBeforeMs: nowMs - backdateMs, notAfterMs: nowMs + lifetimeMs };
  await issue(root, { csr, commonName, organization, trustDomain, ...validity }, signal);
}
