import { RerootError } from '../errors/index.ts';
import type { Certificate } from './certificate.ts';
import { nameOf } from './chain-problem.ts';
import type { Crl } from './crl.ts';
import { type CrlResult, verifyCrl } from './verify-crl.ts';

/**
 * Holds the lists of a `ca-crl.pem` to the rule that with lists every CA of a chain has one. istiod asks it of each certificate
 * of `cert-chain.pem`, by signature (`Verify` in security/pkg/pki/util/keycertbundle.go), and refuses all files otherwise.
 * Envoy asks it of the root too, and that the list is in date (X509_V_FLAG_CRL_CHECK_ALL); it refuses every certificate of the
 * chain otherwise, revoked or not.
 * @param cas every CA of the chains that are to be verified, roots included; the order does not matter
 * @throws RR_PKI_CRL_INCOMPLETE names the CA without one
 */
export function requireCrlOfEachCa(cas: readonly Certificate[], crls: readonly Crl[], atMs: number): void {
  for (const ca of cas) {
    const results = crls.map((crl) => verifyCrl(crl, ca, atMs));
    if (results.some(({ ok }) => ok)) continue;
    throw new RerootError('RR_PKI_CRL_INCOMPLETE', `no CRL is good for ${nameOf(ca)} (${ca.fingerprint})${whyNot(results)}`);
  }
}

/**
 * Composes a `ca-crl.pem`: the lists in the order given, each once.
 * @throws RR_PKI_CRL_INCOMPLETE, as `requireCrlOfEachCa`
 */
export function composeCrlFile(cas: readonly Certificate[], crls: readonly Crl[], atMs: number): string {
  requireCrlOfEachCa(cas, crls, atMs);
  return [...new Set(crls.map(({ pem }) => pem))].join('');
}

/** What is wrong with the list that was meant for the CA, where there is one. */
function whyNot(results: readonly CrlResult[]): string {
  const meant = results.find((result) => !result.ok && result.reason !== 'OtherIssuer');
  return meant === undefined || meant.ok ? '' : `: ${meant.message}`;
}
