import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from './codec.ts';
import type { Report } from './message.ts';
import { digestReport } from './report-digest.ts';
import { arbitraryMessage } from './testing/arbitrary-message.ts';

const arbitraryReport = arbitraryMessage.filter((message) => message.kind === 'report').map(({ body }) => body);
const bytesOf = (report: Report): Uint8Array => encodeMessage({ kind: 'report', body: report });

describe('the digest of a report', () => {
  it('is another where anything is but the moment that it was taken at', () => {
    fc.assert(
      fc.property(arbitraryReport, arbitraryReport, (one, two) => {
        const untimed = (report: Report): string => Buffer.from(bytesOf({ ...report, takenAtMs: 0 })).toString('hex');
        expect(digestReport(bytesOf(one)) === digestReport(bytesOf(two))).toBe(untimed(one) === untimed(two));
        expect(digestReport(bytesOf({ ...one, takenAtMs: two.takenAtMs }))).toBe(digestReport(bytesOf(one)));
      }),
    );
  });

  it('tells reports apart that differ in term or generation alone', () => {
    fc.assert(
      fc.property(arbitraryReport, fc.nat(), fc.nat(), (report, appliedTerm, appliedGeneration) => {
        const other = { ...report, appliedTerm, appliedGeneration };
        const isSame = report.appliedTerm === appliedTerm && report.appliedGeneration === appliedGeneration;
        expect(digestReport(bytesOf(other)) === digestReport(bytesOf(report))).toBe(isSame);
      }),
    );
  });

  it('is made of any bytes, and of all of them where no moment is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(digestReport(bytes)).toHaveLength(44);
        const longer = Uint8Array.of(...bytes, 0x32, 0x00);
        expect(digestReport(longer)).not.toBe(digestReport(bytes));
      }),
    );
    expect(digestReport(Uint8Array.of(0x18))).not.toBe(digestReport(Uint8Array.of(0x18, 0x01, 0x32)));
  });
});
