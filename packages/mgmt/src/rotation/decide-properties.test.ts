import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act } from './act.ts';
import { type Decision, decide } from './decide.ts';
import { awaitsApproval } from './emergency/emergency.ts';
import type { ClusterEvidence } from './evidence.ts';
import { judgeMesh } from './judge.ts';
import { anyEvents, anyPolicy, type Event } from './testing/random-events.ts';
import { decideIn, happen, holdTold, newWorld, snapshotOf, type World } from './testing/random-world.ts';
import { laggardReasons, meshReasons, trustReasons } from './verdict.ts';

/** Transitions that evidence brings about; the others are about its absence, about time or about a single cluster. */
const earned: ReadonlySet<Act['move'] | undefined> = new Set<Act['move']>([
  'release',
  'prove',
  'verify',
  'confirm',
  'advance',
  'finish',
  'settle',
]);

function moveOf(decision: Decision): Act['move'] | undefined {
  return decision.kind === 'transition' ? decision.transition.condition.act?.move : undefined;
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of value instanceof Map ? value.values() : Object.values(value)) freeze(part);
  return value;
}

/** Looks at the world after each event. */
function afterEach(look: (world: World) => void, numRuns: number): void {
  fc.assert(
    fc.property(anyPolicy, anyEvents, (policy, events) => {
      const world = newWorld(policy);
      for (const event of events) {
        happen(world, event);
        look(world);
      }
    }),
    { numRuns },
  );
}

/** Lets every cluster hold what it is told, and every question be answered, for as long as anything changes. */
function complete(world: World, way: 'forward' | 'back'): void {
  const { policy } = world;
  const waves = { ...policy.waves, soakMs: 0 };
  world.policy = { ...policy, waves, minimumOverlapMs: 0, rootGraceRatio: 0, window: { kind: 'open' } };
  const attempts: readonly Event[] = [
    ...(way === 'back' ? [{ kind: 'answer', action: 'ROLLBACK' } as const] : []),
    { kind: 'proceed', times: 1 },
    { kind: 'answer', action: 'CONTINUE' },
  ];
  for (let round = 0; !isBeyondHope(world, way) && attempts.some((event) => changes(world, event)); round += 1) {
    if (round > 300) throw new Error(`no end in sight: ${world.record.state} at ${world.record.step}`);
  }
}

/** A retry helps nobody once the new root has expired, and there is no way back to an old root that has. */
function isBeyondHope({ record: { roots, rotation, state }, nowMs }: World, way: 'forward' | 'back'): boolean {
  const needed = way === 'forward' ? rotation?.target : rotation?.old;
  const root = roots.find(({ fingerprint }) => fingerprint === needed);
  const expired = root !== undefined && nowMs >= root.notAfterMs;
  return expired && (way === 'back' || state === 'FAILED');
}

function changes(world: World, event: Event): boolean {
  const before = world.record;
  happen(world, event);
  return world.record !== before;
}

function hasEnded({ record: { state } }: World): boolean {
  return state === 'NOT_ROTATING' || state === 'PREVIOUS_CA' || state === 'FINISHED';
}

/**
 * Where a policy asks for less than all evidence, the gates let a cluster be two rows behind. What is known of it can turn red
 * once another cluster is where it was told to be: then the matrix holds up what the gates alone would not.
 */
function isLateBelowHeld({ reason }: Decision['verdict'], { requiredEvidence }: World['policy']): boolean {
  return requiredEvidence !== 'held' && (reason === trustReasons.red || reason === trustReasons.losing);
}

describe('decide, wherever a record can get to', () => {
  it('never throws, gives the same decision for the same arguments, and changes none of them', () => {
    afterEach((world) => {
      const { record, policy, nowMs } = world;
      const snapshot = freeze(snapshotOf(world));
      const once = decide(freeze(record), snapshot, freeze(policy), nowMs);
      const again = decide(structuredClone(record), structuredClone(snapshot), structuredClone(policy), nowMs);
      expect(again).toEqual(once);
    }, 100);
  });

  it('names a laggard whenever it waits for clusters, and says otherwise what the mesh waits for', () => {
    const others: readonly string[] = Object.values(meshReasons);
    const placed: readonly string[] = [...laggardReasons, ...Object.values(trustReasons)];
    afterEach((world) => {
      const { kind, verdict } = decideIn(world);
      const { passed, reason, laggards, laggardCount } = verdict;
      if (kind === 'wait') expect(passed).toBe(false);
      expect(passed).toBe(reason === 'Passed');
      // Of the reasons of a whole mesh, one alone has clusters in it.
      if (reason !== meshReasons.verificationRunning) expect(laggards.length > 0).toBe(placed.includes(reason));
      expect(laggardCount).toBeGreaterThanOrEqual(laggards.length);
      if (!passed && laggards.length === 0) expect(others).toContain(reason);
      if (reason === meshReasons.verificationRunning) return;
      for (const { cluster } of laggards) expect(world.clusters).toContain(cluster);
    }, 200);
  });

  it('is monotone: more evidence never turns a transition that evidence has earned into a wait, nor adds laggards', () => {
    let turns = 0;
    afterEach((world) => {
      const { record, policy, nowMs } = world;
      const snapshot = snapshotOf(world);
      const before = decide(record, snapshot, policy, nowMs);
      const judged = judgeMesh(record, snapshot, policy, nowMs);
      for (const cluster of world.clusters) {
        const evidence = new Map<string, ClusterEvidence>([...snapshot.evidence, [cluster, holdTold(world, cluster)]]);
        const after = decide(record, { ...snapshot, evidence }, policy, nowMs);
        const then = judgeMesh(record, { ...snapshot, evidence }, policy, nowMs);
        // Cells of the matrix are no laggards of clusters: they are counted once there are none of those.
        if (then.blockedBy !== 'matrix') {
          expect(then.verdict.laggardCount).toBeLessThanOrEqual(judged.verdict.laggardCount);
        }
        if (!earned.has(moveOf(before))) continue;
        turns += 1;
        if (after.kind !== 'transition' && isLateBelowHeld(after.verdict, policy)) continue;
        expect(after.kind, `${moveOf(before) ?? ''} in ${record.state}`).toBe('transition');
      }
    }, 300);
    expect(turns).toBeGreaterThan(1_000);
  });

  it('takes back nothing that was earned when the same evidence is heard once more', () => {
    afterEach((world) => {
      const { record, policy, nowMs } = world;
      const snapshot = snapshotOf(world);
      const before = decide(record, snapshot, policy, nowMs);
      const fresh = [...snapshot.evidence].map(([name, each]) => [name, { ...each, receivedAtMs: nowMs }] as const);
      const after = decide(record, { ...snapshot, evidence: new Map(fresh) }, policy, nowMs);
      if (earned.has(moveOf(before))) expect(after.kind).toBe('transition');
    }, 100);
  });

  it.each(['forward', 'back'] as const)(
    'comes to an end %s once all clusters hold what they are told and people answer',
    (way) => {
      fc.assert(
        fc.property(anyPolicy, anyEvents, (policy, events) => {
          const world = newWorld({ ...policy, approvals: { ...policy.approvals, expireAfterMs: 1_000_000 } });
          for (const event of events) happen(world, event);
          const { rotation } = world.record;
          const rotating = !hasEnded(world);
          // What nobody was told of is taken back without a step.
          const state = awaitsApproval(world.record) ? 'NOT_ROTATING' : 'PREVIOUS_CA';
          complete(world, way);
          expect(hasEnded(world) || isBeyondHope(world, way), `${world.record.state} at ${world.record.step}`).toBe(true);
          if (rotating && way === 'back' && !isBeyondHope(world, way)) {
            expect(world.record).toMatchObject({ state, currentRoot: rotation?.old });
          }
        }),
        { numRuns: 200 },
      );
    },
  );
});
