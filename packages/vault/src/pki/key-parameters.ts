import { assertNever } from '@reroot/shared/errors';
import type { KeyAlgorithm } from '@reroot/shared/pki';

/** A key algorithm as the PKI engine calls it. */
export function keyParameters(algorithm: KeyAlgorithm): { readonly key_type: 'rsa' | 'ec'; readonly key_bits: number } {
  switch (algorithm.kind) {
    case 'rsa':
      return { key_type: 'rsa', key_bits: algorithm.bits };
    case 'ecdsa':
      return { key_type: 'ec', key_bits: algorithm.curve === 'P-256' ? 256 : 384 };
    default:
      return assertNever(algorithm);
  }
}
