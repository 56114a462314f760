import type { ProofStatus } from './proofs.ts';

/** Enough to tell mgmt's answer from that of another server; mgmt's types keep the rest. */
export function readProof(answer: unknown): ProofStatus | undefined {
  return isProof(answer) ? answer : undefined;
}

/** The same of a list. */
export function readProofs(answer: unknown): readonly ProofStatus[] | undefined {
  if (typeof answer !== 'object' || answer === null || !('proofs' in answer)) return undefined;
  const { proofs } = answer;
  return Array.isArray(proofs) && proofs.every(isProof) ? proofs : undefined;
}

function isProof(value: unknown): value is ProofStatus {
  if (typeof value !== 'object' || value === null || !('id' in value && 'outcome' in value && 'checks' in value)) return false;
  return typeof value.id === 'string' && typeof value.outcome === 'string' && Array.isArray(value.checks);
}
