import { describe, expect, it } from 'vitest';
import { durationText, shorten } from './wording.ts';

describe('a span as people say it', () => {
  it.each([
    [-5, '0.0 s'],
    [3_210, '3.2 s'],
    [75_000, '75 s'],
    [720_000, '12 min'],
    [18_000_000, '5 h'],
    [259_200_000, '3 d'],
  ])('is, for %d ms, %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe('shortened text', () => {
  it.each([
    ['twelve signs', 12, 'twelve signs'],
    ['twelve signs', 11, 'twelve sig…'],
    ['twelve signs', 8, 'twelve…'],
    ['🔑🔑🔑', 2, '🔑…'],
  ])('%j in %d columns is %j', (text, columns, shortened) => {
    expect(shorten(text, columns)).toBe(shortened);
  });
});
