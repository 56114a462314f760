import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClusterEvidence, noLinks } from '../rotation/index.ts';
import { createFleetView, type FleetView } from './fleet-view.ts';

const silentAfterMs = 30;
const known = new Set(['a', 'b']);

const evidence = (receivedAtMs: number, clusterUid: string): ClusterEvidence => ({
  receivedAtMs,
  clusterUid,
  namesake: undefined,
  appliedTerm: 1,
  appliedGeneration: 1,
  nudges: 0,
  written: undefined,
  replicas: [],
  namespaces: [],
  workloads: [],
  problems: [],
});

const view = (): FleetView => createFleetView({ silentAfterMs, heardSinceMs: 5 });

/** The namesake after each of these reports of one cluster. */
const namesakes = (...reports: readonly (readonly [number, string])[]): (string | undefined)[] => {
  const fleet = view();
  return reports.map(([atMs, uid]) => {
    fleet.put('demo', 'east', evidence(atMs, uid));
    return fleet.snapshot('demo', ['east'], known).evidence.get('east')?.namesake;
  });
};

describe('the view of the fleet', () => {
  it('knows nothing of a cluster that never reported, but since when it has been listening', () => {
    expect(view().snapshot('demo', ['east'], known)).toEqual({
      clusters: ['east'],
      evidence: new Map(),
      knownRoots: known,
      heardSinceMs: 5,
      steadySinceMs: new Map(),
      links: noLinks,
    });
  });

  it('has the newest evidence of each cluster of the mesh', () => {
    const fleet = view();
    for (const cluster of ['east', 'west']) fleet.put('demo', cluster, evidence(10, cluster));
    fleet.put('demo', 'east', evidence(20, 'east'));
    fleet.put('other', 'west', evidence(30, 'else'));
    const found = fleet.snapshot('demo', ['east', 'west', 'south'], known).evidence;
    expect([...found]).toEqual([
      ['east', evidence(20, 'east')],
      ['west', evidence(10, 'west')],
    ]);
  });

  it('knows since when a cluster has reported without a silence that counts, whatever the clock does', () => {
    const since = (...reportsAtMs: readonly number[]): number | undefined => {
      const fleet = view();
      for (const atMs of reportsAtMs) fleet.put('demo', 'east', evidence(atMs, 'east'));
      return fleet.snapshot('demo', ['east'], known).steadySinceMs?.get('east');
    };
    expect(since(10, 10 + silentAfterMs, 10 + 2 * silentAfterMs)).toBe(10);
    expect(since(10, 11 + silentAfterMs, 12 + silentAfterMs)).toBe(11 + silentAfterMs);
    // Set back.
    expect(since(1_000, 1_010, 20, 30)).toBe(20);
    const fleet = view();
    fleet.put('demo', 'east', evidence(10, 'east'));
    fleet.forget('demo', 'east');
    fleet.put('demo', 'east', evidence(20, 'east'));
    expect(fleet.snapshot('demo', ['east'], known).steadySinceMs?.get('east')).toBe(20);
  });

  it('shows in a snapshot what is put in later, and never changes the evidence itself', () => {
    const fleet = view();
    fleet.put('demo', 'east', evidence(10, 'x'));
    const snapshot = fleet.snapshot('demo', ['east'], known);
    const first = snapshot.evidence.get('east');
    fleet.put('demo', 'east', evidence(20, 'x'));
    expect(snapshot.evidence.get('east')?.receivedAtMs).toBe(20);
    expect(first?.receivedAtMs).toBe(10);
  });

  describe('when the clock was set back', () => {
    it('keeps the age of each report, so that who was silent stays silent, and of its own beginning', () => {
      const fleet = createFleetView({ silentAfterMs, heardSinceMs: 5_000 });
      fleet.put('demo', 'east', evidence(5_010, 'x'));
      fleet.put('demo', 'west', evidence(6_000, 'y'));
      const snapshot = fleet.snapshot('demo', ['east', 'west'], known);
      expect(fleet.setBack(4_000, 2_005)).toEqual(['east', 'west'].map((cluster) => ({ mesh: 'demo', cluster })));
      expect([...snapshot.evidence.values()].map(({ receivedAtMs }) => receivedAtMs)).toEqual([1_010, 2_000]);
      expect(snapshot.steadySinceMs?.get('west')).toBe(2_000);
      expect(fleet.snapshot('demo', [], known).heardSinceMs).toBe(1_000);
    });

    it('has heard nothing later than now', () => {
      const fleet = view();
      fleet.put('demo', 'east', evidence(1_000, 'x'));
      fleet.setBack(10, 40);
      expect(fleet.find('demo', 'east')?.receivedAtMs).toBe(40);
    });

    it('still knows for how long two clusters have spoken under one name', () => {
      const fleet = view();
      for (const [atMs, uid] of [
        [1_000, 'x'],
        [1_010, 'y'],
      ] as const) {
        fleet.put('demo', 'east', evidence(atMs, uid));
      }
      fleet.setBack(900, 110);
      const namesakeAfter = (atMs: number, uid: string): string | undefined => {
        fleet.put('demo', 'east', evidence(atMs, uid));
        return fleet.find('demo', 'east')?.namesake;
      };
      // The one was heard at 100 then, the other at 110.
      expect([namesakeAfter(130, 'y'), namesakeAfter(131, 'y'), namesakeAfter(135, 'x')]).toEqual(['x', undefined, 'y']);
      fleet.setBack(30, 105);
      expect([namesakeAfter(101 + silentAfterMs, 'x'), namesakeAfter(102 + silentAfterMs, 'x')]).toEqual(['y', undefined]);
    });
  });

  it('forgets a cluster with all that it said', () => {
    const fleet = view();
    for (const cluster of ['east', 'west']) fleet.put('demo', cluster, evidence(10, 'x'));
    fleet.forget('demo', 'east');
    fleet.forget('demo', 'never-heard');
    fleet.forget('never-heard', 'east');
    expect([...fleet.snapshot('demo', ['east', 'west'], known).evidence.keys()]).toEqual(['west']);
    fleet.put('demo', 'east', evidence(20, 'rebuilt'));
    expect(fleet.snapshot('demo', ['east'], known).evidence.get('east')?.namesake).toBeUndefined();
  });
});

describe('two clusters under one name', () => {
  it('are told apart as soon as the second one speaks', () => {
    expect(namesakes([0, 'x'], [10, 'x'], [20, 'y'])).toEqual([undefined, undefined, 'x']);
  });

  it('are one again when the first has been silent for long enough: it was rebuilt', () => {
    expect(namesakes([0, 'x'], [10, 'y'], [30, 'y'], [31, 'y'])).toEqual([undefined, 'x', 'x', undefined]);
  });

  it('are no conflict when the first was silent for long before the second spoke', () => {
    expect(namesakes([0, 'x'], [31, 'y'])).toEqual([undefined, undefined]);
  });

  it('stay in conflict for as long as both speak', () => {
    expect(namesakes([0, 'x'], [10, 'y'], [25, 'x'], [40, 'y'], [55, 'x'])).toEqual([undefined, 'x', 'y', 'x', 'y']);
  });

  it('stay in conflict when the one that is heard more often hides the other', () => {
    expect(namesakes([0, 'x'], [10, 'y'], [20, 'y'], [30, 'y'], [35, 'x'], [36, 'y'], [60, 'y'])).toEqual([
      undefined,
      'x',
      'x',
      'x',
      'y',
      'x',
      'x',
    ]);
  });

  it('are not ended or begun by a report that does not say whose it is', () => {
    expect(namesakes([0, ''], [1, 'x'], [2, ''], [3, 'x'])).toEqual([undefined, undefined, undefined, undefined]);
    expect(namesakes([0, 'x'], [10, 'y'], [20, ''], [31, ''])).toEqual([undefined, 'x', 'x', undefined]);
  });

  it('are found among any number of them, by whoever else was heard last', () => {
    const steps = fc.array(fc.tuple(fc.nat(20), fc.constantFrom('', 'x', 'y', 'z')), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (gaps) => {
        let atMs = 0;
        const reports = gaps.map(([gapMs, uid]) => [(atMs += gapMs), uid] as const);
        expect(namesakes(...reports)).toEqual(reports.map((_, index) => otherHeardLast(reports.slice(0, index + 1))));
      }),
    );
  });
});

/** The same in plain words: who but the present speaker was heard last, if that is not too long ago. */
function otherHeardLast(reports: readonly (readonly [number, string])[]): string | undefined {
  const named = reports.filter(([, uid]) => uid !== '');
  const speaker = named.at(-1)?.[1];
  const other = named.findLast(([, uid]) => uid !== speaker);
  const nowMs = reports.at(-1)?.[0] ?? 0;
  return other !== undefined && nowMs - other[0] <= silentAfterMs ? other[1] : undefined;
}
