import type { TrustMatrix, TrustPair } from './matrix.ts';

/** Enough to tell mgmt's answer from that of another server; mgmt's types keep the rest. */
export function readMatrix(answer: unknown): TrustMatrix | undefined {
  return isMatrix(answer) ? answer : undefined;
}

/** The same of one pair. */
export function readPair(answer: unknown): TrustPair | undefined {
  return isPair(answer) ? answer : undefined;
}

function isMatrix(value: unknown): value is TrustMatrix {
  if (typeof value !== 'object' || value === null || !('counts' in value && 'classes' in value)) return false;
  return typeof value.counts === 'object' && value.counts !== null && Array.isArray(value.classes);
}

function isPair(value: unknown): value is TrustPair {
  if (typeof value !== 'object' || value === null || !('from' in value && 'state' in value)) return false;
  return typeof value.from === 'string' && typeof value.state === 'string';
}
