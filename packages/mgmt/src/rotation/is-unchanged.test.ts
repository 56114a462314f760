import { describe, expect, it } from 'vitest';
import { evidenceOf, rootA } from './evidence-sample.ts';
import { isUnchanged } from './is-unchanged.ts';
import { newRecord } from './new-record.ts';

const record = newRecord('demo', rootA, 0);
const evidence = evidenceOf(record);

describe('a report that came again', () => {
  it('is unchanged, whenever it came', () => {
    expect(isUnchanged(evidence, evidence)).toBe(true);
    expect(isUnchanged(evidence, { ...evidence, receivedAtMs: 9_000 })).toBe(true);
    expect(isUnchanged(undefined, evidence)).toBe(false);
  });

  it.each(Object.keys(evidence).filter((key) => key !== 'receivedAtMs'))('is changed by another %s', (key) => {
    expect(isUnchanged(evidence, { ...evidence, [key]: 'other' })).toBe(false);
  });

  it('is changed by a part more or less, and by equal parts that were read anew', () => {
    expect(isUnchanged(evidence, { ...evidence, secret: 'unknown' })).toBe(false);
    expect(isUnchanged({ ...evidence, secret: 'unknown' }, evidence)).toBe(false);
    expect(isUnchanged(evidence, { ...evidence, replicas: [...evidence.replicas] })).toBe(false);
  });
});
