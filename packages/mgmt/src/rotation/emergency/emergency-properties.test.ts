import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentOf, isMember, memberAssignmentOf } from '../assignment.ts';
import type { Rotation } from '../record.ts';
import { areAdjacent, originOf, sameTrust, type TrustRow } from '../row.ts';
import { anyEvents, anyPolicy, type Event, names } from '../testing/random-events.ts';
import { happen, newWorld, type World } from '../testing/random-world.ts';
import { awaitsApproval } from './emergency.ts';

type Start = Extract<Event, { kind: 'start' }>;

/** Every start is one in an emergency; of the strategies, only the one that keeps the invariant. */
function hurried(events: readonly Event[]): readonly Event[] {
  return events.map((event) => (event.kind === 'start' ? { ...event, pace: 'emergency', strategy: 'MULTI_ROOT' } : event));
}

const start: Start = { kind: 'start', target: 1, strategy: 'MULTI_ROOT', verification: 'none', pace: 'emergency' };

/** Any world and any events, none of which takes clusters apart on purpose. */
const together = anyEvents.map((events) =>
  hurried(events).filter(({ kind }) => !['exclude', 'include', 'join', 'leave', 'rebuild'].includes(kind)),
);

describe('a rotation in an emergency, whatever happens', () => {
  it('is told to nobody before another person has approved it', () => {
    let waited = 0;
    fc.assert(
      fc.property(anyPolicy, anyEvents, (policy, events) => {
        const world = newWorld(policy);
        for (const event of [start, ...hurried(events)]) {
          happen(world, event);
          if (!awaitsApproval(world.record)) continue;
          waited += 1;
          for (const cluster of world.clusters.filter((name) => isMember(world.record, name))) {
            const { row } = memberAssignmentOf(world.record, cluster);
            // Where an adoption was rolled back, a cluster rests on what it came with.
            const { roots, signer } = originOf(requireRotation(world), cluster);
            expect([row.step, row.roots, row.signer]).toEqual(['PREVIOUS_CA', roots, signer]);
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(waited).toBeGreaterThan(300);
  });

  it('never has two members hold, or be told, rows that are not compatible', () => {
    let rows = 0;
    fc.assert(
      fc.property(anyPolicy, together, (policy, events) => {
        // Below this, nothing is asked of workloads, and a usual rotation relies on time. One in an emergency asks all the same.
        const world = newWorld({ ...policy, silentClusters: { kind: 'wait' }, requiredEvidence: 'written' });
        const possible = new Map<string, TrustRow[]>(names.map((name) => [name, [memberAssignmentOf(world.record, name).row]]));
        for (const event of [start, ...events]) {
          happen(world, event, (before) => {
            settle(possible, { record: before, evidence: world.evidence });
            note(possible, world);
          });
          settle(possible, world);
          const members = world.clusters.filter((name) => isMember(world.record, name));
          const held = distinct(members.flatMap((name) => possible.get(name) ?? []));
          rows += held.length > 1 ? 1 : 0;
          const apart = held.flatMap((a) => held.filter((b) => !areAdjacent(a, b)).map((b) => `${a.step} and ${b.step}`));
          if (apart.length > 0) expect(apart).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
    expect(rows).toBeGreaterThan(200);
  });
});

function requireRotation({ record: { rotation } }: World): Rotation {
  if (rotation === undefined) throw new Error('no rotation is under way');
  return rotation;
}

/** Each trust once. */
function distinct(rows: readonly TrustRow[]): readonly TrustRow[] {
  return rows.filter((row, index) => rows.findIndex((other) => sameTrust(row, other)) === index);
}

/** A row that a cluster was told is one that parts of it may hold, besides all that it may hold already. */
function note(possible: Map<string, TrustRow[]>, world: World): void {
  for (const name of world.clusters) {
    const row = assignmentOf(world.record, name)?.row;
    if (row !== undefined) possible.set(name, [...(possible.get(name) ?? []).filter(({ step }) => step !== row.step), row]);
  }
}

/** What every place of a cluster shows to hold what it is told, holds nothing else any more. */
function settle(possible: Map<string, TrustRow[]>, { record, evidence }: Pick<World, 'record' | 'evidence'>): void {
  for (const [name, shown] of evidence) {
    const now = assignmentOf(record, name);
    const places = [
      shown.written,
      ...shown.replicas.map(({ holding }) => holding),
      ...(shown.workloads ?? []).map(({ holding }) => holding),
    ];
    const whole =
      now !== undefined &&
      shown.replicas.length > 0 &&
      places.every((holding) => holding !== undefined && holds(holding, now.row));
    if (whole && shown.appliedGeneration === now.generation) possible.set(name, [now.row]);
  }
}

function holds(holding: { readonly roots: readonly string[]; readonly signerRoot: string | undefined }, row: TrustRow): boolean {
  return holding.signerRoot === row.signer && areSame(holding.roots, row.roots);
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return new Set([...a, ...b]).size === b.length && a.length >= b.length;
}
