import { describe, expect, it } from 'vitest';
import type { ClusterEvidence } from '../evidence.ts';
import { workloadsHolding } from '../evidence-sample.ts';
import { fleetOf, holding, looksAt, trust } from '../testing/sample-trust.ts';
import { type CellExplanation, explainCell } from './explain-cell.ts';

function explain(east: ClusterEvidence | undefined, west: ClusterEvidence | undefined): CellExplanation {
  const lookOf = looksAt(fleetOf({ east, west }));
  return explainCell({ cluster: 'east', look: lookOf('east') }, { cluster: 'west', look: lookOf('west') });
}

describe('a cell', () => {
  it('is green when every bundle of the one accepts every leaf of the other', () => {
    const { message, ...cell } = explain(holding('AB|B', 'B|A'), holding('AB|A', 'ABC|A'));
    expect(cell).toMatchObject({ state: 'green', reason: 'EveryLeafTrusted' });
    expect(message).toBe('every live leaf of east verifies under every live bundle of west');
  });

  it('is red for one leaf that one bundle refuses, and names both sides with all of their places', () => {
    const cell = explain(holding('AB|A', 'AB|B', 'AB|B'), holding('AB|A', 'A|A'));
    expect(cell).toMatchObject({ state: 'red', reason: 'RootNotTrusted' });
    expect(cell.leaf?.places).toMatchObject([{ namespace: 'shop-0' }, { namespace: 'shop-1' }]);
    expect(cell.bundle).toMatchObject({ holding: { bundleSha256: 'bytes of A' }, places: [{ namespace: 'shop-0' }] });
    expect(cell.message).toBe(
      '3 workloads of namespace shop-0 (web-0, web-1, web-2) and 1 more place of east show a leaf under root bbbbbbbbbbbb; ' +
        '3 workloads of namespace shop-0 (web-0, web-1, web-2) of west trust aaaaaaaaaaaa',
    );
  });

  it('is red in one direction alone where the other holds', () => {
    const [old, both] = [holding('A|A'), holding('AB|B')];
    expect(explain(both, old).state).toBe('red');
    expect(explain(old, both).state).toBe('green');
  });

  it.each([
    [
      'a chain that verifies under no root, which has expired for one',
      'A|?',
      'A|A',
      'ChainUnderNoRoot',
      'shows a chain that verifies',
    ],
    ['a bundle without a root', 'A|A', '|A', 'BundleEmpty', 'trusts no root at all'],
  ])('is red for %s', (_, shown, held, reason, text) => {
    const cell = explain(holding(shown), holding(held));
    expect(cell).toMatchObject({ state: 'red', reason });
    expect(cell.message).toContain(text);
  });

  it('is green for a chain under two roots as soon as one of them is trusted', () => {
    expect(explain(holding('AB|AB'), holding('B|B')).state).toBe('green');
    expect(explain(holding('AB|AB'), holding('C|C')).message).toContain('under roots aaaaaaaaaaaa or bbbbbbbbbbbb');
  });

  it('is unknown when something is not known on the side that matters, and says what', () => {
    const unproven = { ...holding('A|A'), workloads: [workloadsHolding(trust('|'), { method: 'none', unread: 'forbidden' })] };
    expect(explain(unproven, holding('A|A'))).toMatchObject({
      state: 'unknown',
      reason: 'EvidenceMissing',
      message:
        'what leaves east shows is not all known: there is no proof of what 3 workloads of namespace default (web-0, web-1, web-2) hold (forbidden)',
    });
    expect(explain(holding('A|A'), undefined).message).toBe('what west trusts is not all known: it has never reported');
    expect(explain(holding('A|A'), holding('A|A', 'A|')).state).toBe('green');
    expect(explain(holding('A|A', 'A|'), holding('A|A')).message).toContain('nothing is known above the leaf of');
  });

  it('is red for what is known, whatever else is not', () => {
    const unproven = { ...holding('B|B'), workloads: undefined };
    expect(explain(unproven, holding('A|A'))).toMatchObject({
      state: 'red',
      unknown: { leaves: [{ why: 'workloads-not-listed' }] },
    });
  });
});
