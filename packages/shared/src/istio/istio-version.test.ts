import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isInRange, parseIstioVersion, rangeText, versionText } from './istio-version.ts';

const version = (text: string) => parseIstioVersion(text) ?? expect.fail(`${text} is not a version`);

describe('parseIstioVersion', () => {
  it.each([
    ['1.29.3', '1.29.3'],
    ['v1.29.3', '1.29.3'],
    ['1.29', '1.29.0'],
    ['1.29.3-distroless', '1.29.3'],
    ['1.31-alpha.86c9f01', '1.31.0'],
  ])('reads %s', (text, expected) => {
    expect(versionText(version(text))).toBe(expected);
  });

  it.each(['', '1', 'latest', '1.29.3.4', '1.29.x', '1.29.3 '])('refuses %j', (text) => {
    expect(parseIstioVersion(text)).toBeUndefined();
  });
});

describe('isInRange', () => {
  it.each([
    ['1.26.9', { since: ['1.27.0'] }, false],
    ['1.27.0', { since: ['1.27.0'] }, true],
    ['1.29.9', { until: ['1.30.0'] }, true],
    ['1.30.0', { until: ['1.30.0'] }, false],
    ['1.27.9', { until: ['1.28.7', '1.29.3', '1.30.0'] }, true],
    ['1.28.7', { until: ['1.28.7', '1.29.3', '1.30.0'] }, false],
    ['1.29.2', { until: ['1.28.7', '1.29.3', '1.30.0'] }, true],
    ['1.31.0', { until: ['1.28.7', '1.29.3', '1.30.0'] }, false],
    ['2.0.0', { until: ['1.30.0'] }, false],
  ] as const)('%s in %j: %s', (text, range, expected) => {
    expect(isInRange(version(text), range)).toBe(expected);
  });

  it('has a version on exactly one side of a boundary', () => {
    const some = fc.record({ major: fc.constant(1), minor: fc.integer({ min: 15, max: 40 }), patch: fc.nat(12) });
    const boundary = ['1.28.7', '1.29.3', '1.30.0'] as const;
    fc.assert(
      fc.property(some, (each) => {
        expect(isInRange(each, { since: boundary })).toBe(!isInRange(each, { until: boundary }));
      }),
    );
  });
});

it('orders versions by number, not by letter', () => {
  expect(compareVersions(version('1.9.0'), version('1.29.0'))).toBeLessThan(0);
});

it('tells a range in words', () => {
  expect(rangeText({ since: ['1.20.0'], until: ['1.30.0'] })).toBe('since 1.20.0; before 1.30.0');
  expect(rangeText({})).toBe('all versions');
});
