import { beforeEach, describe, expect, it } from 'vitest';
import { type AgentSequences, createAgentSequences } from './agent-sequences.ts';

const said = { mesh: 'demo', cluster: 'east', keyId: 'key', kind: 'report' } as const;

describe('what agents have numbered', () => {
  let sequences: AgentSequences;
  beforeEach(() => {
    sequences = createAgentSequences();
  });

  it('is taken once, and only above what was taken of the same key and kind', () => {
    sequences.take({ ...said, sequence: 5 });
    sequences.take({ ...said, kind: 'link-state', sequence: 3 });
    sequences.take({ ...said, keyId: 'another', sequence: 1 });
    for (const sequence of [5, 4]) {
      expect(() => sequences.take({ ...said, sequence })).toThrow(
        expect.objectContaining({
          code: 'RR_PROTOCOL_REPLAYED',
          message: `report ${sequence} of east is not newer than the last one`,
        }),
      );
    }
  });

  it('comes to the highest of all kinds, for each cluster by itself, and what is refused counts for nothing', () => {
    expect(sequences.highest('demo', 'east')).toBe(0);
    sequences.take({ ...said, sequence: 5 });
    sequences.take({ ...said, kind: 'link-state', sequence: 3 });
    expect(() => sequences.take({ ...said, sequence: 4 })).toThrow();
    expect(sequences.highest('demo', 'east')).toBe(5);
    expect([sequences.highest('demo', 'west'), sequences.highest('other', 'east')]).toEqual([0, 0]);
  });

  it('begins anew with a new key: what was numbered with the former one says nothing of it', () => {
    sequences.take({ ...said, sequence: 9_000 });
    sequences.take({ ...said, keyId: 'new', sequence: 7 });
    expect(sequences.highest('demo', 'east')).toBe(7);
  });

  it('is known of a cluster under its new name as well, though nothing is taken under that yet', () => {
    sequences.take({ ...said, sequence: 9_000 });
    expect(() => sequences.take({ ...said, cluster: 'orient', sequence: 7 })).toThrow();
    expect(sequences.highest('demo', 'orient')).toBe(9_000);
  });
});
