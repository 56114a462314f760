import type { Certificate } from '@reroot/shared/pki';
import { describe, expect, it } from 'vitest';
import { evidenceOf, holdingOf, rootA } from '../rotation/evidence-sample.ts';
import { type ClusterEvidence, newRecord } from '../rotation/index.ts';
import { createReportMemory } from './report-memory.ts';

const record = newRecord('demo', rootA, 0);
const [one, two] = [{ fingerprint: 'a' }, { fingerprint: 'b' }] as unknown as Certificate[];
const east = { mesh: 'demo', cluster: 'east', digest: 'd' };
const context = { roots: [one!], term: 1, receivedAtMs: 5_000 };

describe('the memory of reports', () => {
  /** Which of these are read, one after the other. */
  const read = (...asked: readonly (readonly [sender: Partial<typeof east>, changes: Partial<typeof context>])[]): boolean[] => {
    const memory = createReportMemory();
    return asked.map(([sender, changes]) => {
      let isRead = false;
      const now = { ...context, ...changes };
      memory.evidenceOf({ ...east, ...sender }, now, () => {
        isRead = true;
        return evidenceOf(record, { receivedAtMs: now.receivedAtMs });
      });
      return isRead;
    });
  };

  it('gives the same evidence for a report that came again, as of now', () => {
    const memory = createReportMemory();
    const first = memory.evidenceOf(east, context, () => evidenceOf(record, { receivedAtMs: 5_000 }));
    const again = memory.evidenceOf(east, { ...context, roots: [one!], receivedAtMs: 15_000 }, () => {
      throw new Error('it is known');
    });
    expect(again).toEqual({ ...first, receivedAtMs: 15_000 });
    expect(again.replicas).toBe(first.replicas);
  });

  it('has another one read: of another content, cluster or mesh', () => {
    expect(read([{}, {}], [{ digest: 'e' }, {}], [{ digest: 'd' }, {}])).toEqual([true, true, true]);
    expect(read([{}, {}], [{ cluster: 'west' }, {}], [{ mesh: 'other' }, {}], [{}, {}])).toEqual([true, true, true, false]);
  });

  it('has it read anew by another term, other roots, and once a minute', () => {
    expect(read([{}, {}], [{}, { term: 2 }], [{}, { term: 2 }])).toEqual([true, true, false]);
    expect(read([{}, {}], [{}, { roots: [one!, two!] }], [{}, { roots: [two!, one!] }])).toEqual([true, true, true]);
    expect(read([{}, {}], [{}, { receivedAtMs: 64_999 }], [{}, { receivedAtMs: 65_000 }])).toEqual([true, false, true]);
    expect(read([{}, {}], [{}, { receivedAtMs: 4_999 }])).toEqual([true, true]);
  });

  const stray = { ...holdingOf(record), signerRoot: undefined };
  it.each<[string, Partial<ClusterEvidence>]>([
    ['the Secret', { written: stray }],
    ['a replica', { replicas: [{ replica: 'istiod-0', holding: stray, failure: undefined, multiRoot: 'on' }] }],
    ['workloads', { workloads: [{ ...evidenceOf(record).workloads![0]!, holding: stray }] }],
  ])('has it read each time while nobody knows the root above %s: another cluster may bring it', (_, changes) => {
    const memory = createReportMemory();
    let reads = 0;
    const ask = (): ClusterEvidence =>
      memory.evidenceOf(east, context, () => {
        reads += 1;
        return evidenceOf(record, changes);
      });
    ask();
    ask();
    expect(reads).toBe(2);
  });

  it('keeps nothing of a report that cannot be read', () => {
    const memory = createReportMemory();
    const fail = (): ClusterEvidence => {
      throw new Error('unreadable');
    };
    expect(() => memory.evidenceOf(east, context, fail)).toThrow('unreadable');
    expect(() => memory.evidenceOf(east, context, fail)).toThrow('unreadable');
  });
});
