import { describe, expect, it } from 'vitest';
import { sampleMesh } from '../testing/sample-mesh.ts';
import { ageText, clockText, countText, durationText, lifetimeText, rootLetter } from './wording.ts';

describe('words for times', () => {
  it('are short, and in UTC', () => {
    expect([3_200, 75_000, 720_000, 18_000_000, 259_200_000].map(durationText)).toEqual([
      '3.2 s',
      '75 s',
      '12 min',
      '5 h',
      '3 d',
    ]);
    expect(lifetimeText(3_650 * 86_400_000)).toBe('10.0 y');
    expect(clockText('2030-01-31T14:03:07.5+02:00')).toBe('12:03:07');
  });

  it('do not flicker while they grow, and are never of the future', () => {
    expect(ageText('2030-01-31T12:00:00Z', Date.parse('2030-01-31T12:00:03.9Z'))).toBe('3 s');
    expect(ageText('2030-01-31T12:00:00Z', 0)).toBe('0 s');
  });
});

describe('words for counts', () => {
  it('are in the right number', () => {
    expect([countText(1, 'cluster'), countText(1_200, 'cluster')]).toEqual(['1 cluster', '1,200 clusters']);
  });
});

describe('the letter of a root', () => {
  it('is A for the old one and B for the new one', () => {
    expect(['a', 'b', 'cccccccccccccccc'].map((root) => rootLetter(root, sampleMesh()))).toEqual(['A', 'B', 'cccccccccccc']);
  });
});
