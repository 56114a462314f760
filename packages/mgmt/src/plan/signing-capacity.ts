import type { KeyAlgorithm } from '@reroot/shared/pki';

/**
 * Certificates a second, on one core. Measured on a virtual machine with two cores of an AMD EPYC:
 *
 * istiod  Go 1.26, one core: reads and verifies a request for an RSA-2048 key and issues a certificate, which is all of the
 *         cryptography that istiod does for a workload. A replica is taken to have one core for it, and no more to do.
 * mgmt    Node 24, one core: signs alone. docs/pki.md has what mgmt makes of it, on two cores and with all its checks.
 *
 * They are assumptions: docs/plan.md says how to measure others.
 */
const rates = {
  'RSA-2048': { istiod: 560, mgmt: 1_130 },
  'RSA-3072': { istiod: 190, mgmt: 370 },
  'RSA-4096': { istiod: 100, mgmt: 180 },
  'P-256': { istiod: 4_500, mgmt: 3_400 },
  'P-384': { istiod: 800, mgmt: 750 },
} as const;

/** An algorithm as people write it. */
export function algorithmName(algorithm: KeyAlgorithm): keyof typeof rates {
  return algorithm.kind === 'rsa' ? `RSA-${algorithm.bits}` : algorithm.curve;
}

/** Leaves that the replicas of one cluster sign in a second with an intermediate of that kind. */
export function leavesPerSecond(algorithm: KeyAlgorithm, replicas: number): number {
  return rates[algorithmName(algorithm)].istiod * Math.max(1, replicas);
}

/** Intermediates that mgmt signs in a second with a root of that kind. */
export function intermediatesPerSecond(algorithm: KeyAlgorithm): number {
  return rates[algorithmName(algorithm)].mgmt;
}

/** What Vault's PKI engine is taken to sign in a second, as a share of mgmt's rate: measured 0.16 to 0.22 (docs/pki.md). */
export const vaultShare = 0.16;
