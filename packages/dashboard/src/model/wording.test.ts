import { meshStatus, newRoot, oldRoot, waitingVerdict } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { ageText, clockText, countText, lifetimeText, rootLetter, waitingFor } from './wording.ts';

describe('words for times', () => {
  it('are short, and in UTC', () => {
    expect(lifetimeText(3_650 * 86_400_000)).toBe('10.0 y');
    expect(clockText('2030-01-31T14:03:07.5+02:00')).toBe('12:03:07');
  });

  it('do not flicker while they grow, and are never of the future', () => {
    expect(ageText('2030-01-31T12:00:00Z', Date.parse('2030-01-31T12:00:03.9Z'))).toBe('3 s');
    expect(ageText('2030-01-31T12:00:00Z', 0)).toBe('0 s');
  });
});

describe('the sentence of a verdict', () => {
  it('begins as sentences do, and leaves the name of a cluster as it is', () => {
    expect(waitingFor(waitingVerdict('AwaitingVerification', 'verify and answer'))).toBe('Verify and answer');
    const laggard = { cluster: 'eu-1', reason: 'NotWritten', message: 'eu-1: the Secret holds another row' };
    expect(waitingFor(waitingVerdict('NotWritten', laggard.message, [laggard]))).toBe(laggard.message);
  });
});

describe('words for counts', () => {
  it('are in the right number', () => {
    expect([countText(1, 'cluster'), countText(1_200, 'cluster')]).toEqual(['1 cluster', '1,200 clusters']);
  });
});

describe('the letter of a root', () => {
  it('is A for the old one and B for the new one', () => {
    expect([oldRoot, newRoot, 'cccccccccccccccc'].map((root) => rootLetter(root, meshStatus()))).toEqual([
      'A',
      'B',
      'cccccccccccc',
    ]);
  });
});
