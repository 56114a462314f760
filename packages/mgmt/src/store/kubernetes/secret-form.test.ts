import { describe, expect, it } from 'vitest';
import type { Deviation, RotationRecord } from '../../rotation/index.ts';
import { newMesh, rotating } from '../testing/store-contract.ts';
import { documentSecret } from './secret-form.ts';

const names = Array.from({ length: 5_000 }, (_, index) => `prod-eu-west-1-cluster-${String(index).padStart(4, '0')}`);

/** Everyone is held back, each for a reason and since a moment of its own, and was told a row of its own before. */
function heldBack(record: RotationRecord): RotationRecord {
  const deviations = names.map((name, index): [string, Deviation] => {
    const told = record.deviations['south']?.told;
    const why = `no power in hall ${index}`;
    const own = told === undefined ? undefined : { row: told.row, generation: index };
    return [name, { kind: 'excluded', cause: 'operator', by: 'ann', why, sinceMs: 1_767_225_600_000 + index * 977, told: own }];
  });
  return { ...record, deviations: Object.fromEntries(deviations) };
}

describe('the Secret of a mesh', () => {
  it('stays small with 5,000 clusters, in the middle of a rotation with every one of them held back', () => {
    const { spec, record } = newMesh('demo');
    const value = { revision: 1, spec: { ...spec, clusters: names }, record: heldBack(rotating(record)) };
    const { data } = documentSecret('reroot', 'hot', { key: 'mesh/demo', version: 1, value }, undefined);
    expect(Buffer.from(data['value'] ?? '', 'base64').byteLength).toBeLessThan(100_000);
    expect(JSON.stringify(value).length).toBeGreaterThan(1_000_000);
  });
});
