import { expect, it } from 'vitest';
import { mergeBundles } from './merge-bundles.ts';

const [a, b] = ['AAAA', 'BBBB'].map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);

it('an added root counts when either source has it, and a removed one until both have dropped it', () => {
  expect(mergeBundles(`${a}${b}`, a)).toBe(`${a}${b}`);
  expect(mergeBundles(b, `${a}${b}`)).toBe(`${a}${b}`);
  expect(mergeBundles(b, b)).toBe(b);
});

it('neither a nudge, a duplicate nor the order shows in what Envoy gets', () => {
  expect(mergeBundles(`${b}${a}${b}# reroot nudge 3.1\n`, undefined)).toBe(`${a}${b}`);
});

it('nothing makes nothing', () => {
  expect(mergeBundles(undefined, undefined)).toBe('');
});
