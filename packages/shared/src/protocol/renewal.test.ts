import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../pki/index.ts';
import { isRenewalDue, type Renewable, renewalDueAtMs } from './renewal.ts';

const dayMs = 86_400_000;
const issuedAtMs = Date.UTC(2026, 0, 1);
const issue = (name: string, days = 100): Renewable => ({
  fingerprint: sha256Hex(name),
  notBeforeMs: issuedAtMs,
  notAfterMs: issuedAtMs + days * dayMs,
});
const fleet = Array.from({ length: 1_000 }, (_, index) => issue(`cluster-${index}`));
const leftMs = (certificate: Renewable, ratio: number) => certificate.notAfterMs - renewalDueAtMs(certificate, ratio);

describe('the renewal of an intermediate', () => {
  it('never comes later than the grace moment, nor before eleven tenths of the grace period', () => {
    const ratioArb = fc.integer({ min: 1, max: 800 }).map((thousandths) => thousandths / 1_000);
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 36_500 }), ratioArb, (name, days, ratio) => {
        const left = leftMs(issue(name, days), ratio);
        const graceMs = days * dayMs * ratio;
        // A moment is a whole millisecond.
        expect(left).toBeGreaterThanOrEqual(Math.floor(graceMs));
        expect(left).toBeLessThanOrEqual(Math.ceil(graceMs * 1.1));
      }),
    );
  });

  it('spreads a fleet that was issued in one minute over a tenth of the grace period', () => {
    const slots = Array<number>(10).fill(0);
    for (const certificate of fleet) {
      const slot = Math.floor((leftMs(certificate, 0.1) / dayMs) * 10 - 100);
      slots[slot] = (slots[slot] ?? 0) + 1;
    }
    expect(slots).toHaveLength(10);
    // A hundred are expected in each; the fingerprints are fixed, and so is the outcome.
    expect(Math.min(...slots)).toBeGreaterThan(70);
    expect(Math.max(...slots)).toBeLessThan(130);
  });

  it('comes at the same moment for the same certificate, whoever asks and how often', () => {
    const [certificate] = fleet;
    const dueAtMs = renewalDueAtMs(certificate!, 0.5);
    expect(renewalDueAtMs({ ...certificate! }, 0.5)).toBe(dueAtMs);
    expect(isRenewalDue(certificate!, 0.5, dueAtMs)).toBe(false);
    expect(isRenewalDue(certificate!, 0.5, dueAtMs + 1)).toBe(true);
  });

  it('comes with a fifth of the lifetime left where mgmt names no ratio', () => {
    for (const certificate of fleet) expect(renewalDueAtMs(certificate, 0)).toBe(renewalDueAtMs(certificate, 0.2));
  });

  it('leaves every intermediate a part of its life, whatever ratio is asked for', () => {
    for (const certificate of fleet) {
      expect(isRenewalDue(certificate, 0.999, issuedAtMs + 12 * dayMs)).toBe(false);
      expect(isRenewalDue(certificate, 0.999, issuedAtMs + 21 * dayMs)).toBe(true);
    }
  });
});
