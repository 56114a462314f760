import { beforeAll, describe, expect, it } from 'vitest';
import { type Ca, createCa } from '../testing/ca.ts';
import { acceptedOf, compareAccepted, digestRow, requireNewerOrSame, requireTermInForce } from './accepted.ts';

let a: Ca;
let b: Ca;

beforeAll(async () => {
  const nowMs = Date.UTC(2026, 0, 1);
  a = await createCa('root A', nowMs);
  b = await createCa('root B', nowMs);
});

const rowOf = (roots: readonly Ca[], signer: Ca) => ({
  roots: roots.map(({ certificate }) => certificate),
  signerRoot: signer.certificate,
});

describe('pairs of term and generation', () => {
  it('are ordered by the term first', () => {
    expect(compareAccepted({ term: 2, generation: 1 }, { term: 1, generation: 9 })).toBeGreaterThan(0);
    expect(compareAccepted({ term: 2, generation: 1 }, { term: 2, generation: 2 })).toBeLessThan(0);
    expect(compareAccepted({ term: 2, generation: 2 }, { term: 2, generation: 2 })).toBe(0);
  });
});

describe('the digest of a row', () => {
  it('is that of the set of roots and of the signing root', () => {
    const digest = digestRow(rowOf([a, b], a));
    expect(digestRow(rowOf([b, a, b], a))).toBe(digest);
    expect(digestRow(rowOf([a, b], b))).not.toBe(digest);
    expect(digestRow(rowOf([a], a))).not.toBe(digest);
  });
});

describe('an offer of desired trust', () => {
  const pair = { term: 3, generation: 4 };
  const codeOf = (offered: Parameters<typeof requireNewerOrSame>[0], accepted: Parameters<typeof requireNewerOrSame>[1]) => {
    try {
      requireNewerOrSame(offered, accepted);
      return 'taken';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('is taken when nothing was accepted before, when it is newer, and when it says the same again', () => {
    const accepted = acceptedOf({ ...pair, ...rowOf([a], a) });
    expect(codeOf({ ...pair, ...rowOf([a], a) }, undefined)).toBe('taken');
    expect(codeOf({ ...pair, ...rowOf([a], a) }, accepted)).toBe('taken');
    expect(codeOf({ term: 3, generation: 5, ...rowOf([b], b) }, accepted)).toBe('taken');
    expect(codeOf({ term: 4, generation: 1, ...rowOf([b], b) }, accepted)).toBe('taken');
  });

  it('is refused when it is older, and when it is as old and another row', () => {
    const accepted = acceptedOf({ ...pair, ...rowOf([a], a) });
    expect(codeOf({ term: 2, generation: 9, ...rowOf([a], a) }, accepted)).toBe('RR_TRUST_STALE');
    expect(codeOf({ term: 3, generation: 3, ...rowOf([a], a) }, accepted)).toBe('RR_TRUST_STALE');
    expect(codeOf({ ...pair, ...rowOf([a, b], a) }, accepted)).toBe('RR_TRUST_CONTRADICTORY');
    expect(codeOf({ ...pair, ...rowOf([b], b) }, accepted)).toBe('RR_TRUST_CONTRADICTORY');
  });
});

describe('an answer', () => {
  it('counts when its term is in force or newer, and not when it is older', () => {
    expect(() => {
      requireTermInForce(3, { term: 3, generation: 4 });
      requireTermInForce(4, { term: 3, generation: 4 });
    }).not.toThrow();
    expect(() => {
      requireTermInForce(2, { term: 3, generation: 4 });
    }).toThrow(expect.objectContaining({ code: 'RR_ISSUE_STALE' }));
  });
});
