import type { State } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StateAct } from './act.ts';
import { rootB, rootC, samplePolicy } from './evidence-sample.ts';
import { moves } from './moves.ts';
import { answerVerification, requestAbort, requestStart } from './operator.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord, Transition } from './record.ts';
import { anyEvents, anyPolicy } from './testing/random-events.ts';
import { happen, newWorld } from './testing/random-world.ts';
import { look, nowMs, rest, start } from './testing/sample-run.ts';
import { perform } from './transition.ts';

type Seen = Map<string, Set<string>>;

const states: readonly State[] = [
  'NOT_ROTATING',
  'PREVIOUS_CA',
  'ADDING_NEW_ROOT',
  'PROPAGATING_NEW_INTERMEDIATE',
  'DELETING_OLD_ROOT',
  'VERIFYING',
  'VERIFIED',
  'ROLLING_BACK',
  'FINISHED',
  'FAILED',
];

/** Every transition that can follow: by evidence that is there or missing, by time, by an operator. */
function transitionsOf(record: RotationRecord): Transition[] {
  const attempts = [...startsOf(record), ...actsOf(record), ...decisionsOf(record)];
  return attempts.flatMap((attempt) => {
    try {
      const next = attempt();
      return next === undefined ? [] : [next];
    } catch (error) {
      if (error instanceof RerootError && error.code !== 'RR_INTERNAL') return [];
      throw error;
    }
  });
}

function startsOf(record: RotationRecord): (() => Transition)[] {
  const target = record.currentRoot === rootB.fingerprint ? rootC : rootB;
  const request = { rotationId: 'r1', target, by: 'ann' };
  const emergency = { reason: 'the key is out', excludeSilent: [], losses: [] };
  return (['none', 'manual'] as const).flatMap((verification) =>
    (['MULTI_ROOT', 'NONE'] as const).flatMap((strategy) => {
      const policy = { ...samplePolicy, verification, strategy };
      return [request, { ...request, emergency }].map((each) => () => requestStart(record, each, policy, nowMs));
    }),
  );
}

function actsOf(record: RotationRecord): (() => Transition)[] {
  const { step, generation } = record;
  const named = { rotationId: 'r1', step, generation, by: 'bob', why: 'so' };
  return [
    () => answerVerification(record, { ...named, action: 'CONTINUE' }, nowMs),
    () => answerVerification(record, { ...named, action: 'ROLLBACK' }, nowMs),
    () => requestAbort(record, named, nowMs),
  ];
}

function decisionsOf(record: RotationRecord): (() => Transition | undefined)[] {
  const waves: Policy['waves'] = { ...samplePolicy.waves, size: { kind: 'count', clusters: 1 }, soakMs: 10 };
  const policies: Partial<Policy>[] = [
    { waves },
    { waves: { ...waves, soakMs: 0 }, stepTimeout: { afterMs: 1_000, then: 'hold' } },
    { waves, stepTimeout: { afterMs: 1_000, then: 'rollback' }, approvals: { by: 'anybody', expireAfterMs: 1_000 } },
    { minimumOverlapMs: 10_000 },
  ];
  return policies.flatMap((policy) =>
    [nowMs, nowMs + 5_000, nowMs + 20_000, rootB.notAfterMs].flatMap((atMs) =>
      [{}, { east: { written: undefined } }, { west: { written: undefined } }].map((except) => () => {
        const decision = look(record, { policy, atMs, except });
        return decision.kind === 'transition' ? decision.transition : undefined;
      }),
    ),
  );
}

/** From where to where each move is seen to lead, in everything that can follow from rest. */
function exploreAll(): Seen {
  const seen: Seen = new Map();
  const known = new Set<string>();
  const queue: RotationRecord[] = [rest];
  for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
    for (const { record, condition } of transitionsOf(from)) {
      const move = condition.act?.move ?? '';
      seen.set(move, (seen.get(move) ?? new Set()).add(`${from.state} → ${record.state}`));
      const key = keyOf(record);
      if (!known.has(key)) queue.push(record);
      known.add(key);
    }
  }
  return seen;
}

function keyOf({ state, step, direction, enteredFrom, rotation, wave, answer }: RotationRecord): string {
  const { strategy, verification, failedIn, emergency } = rotation ?? {};
  const flags = [
    emergency !== undefined,
    emergency?.approval !== undefined,
    wave.index,
    wave.provenAtMs !== undefined,
    answer !== undefined,
  ];
  return JSON.stringify([state, step, direction, enteredFrom, strategy, verification, failedIn, ...flags]);
}

describe('the table of transitions', () => {
  const seen = exploreAll();

  it.each(Object.entries(moves))('is exactly what decide and the operator can bring about: %s', (move, { from, to }) => {
    const pairs = [...(seen.get(move) ?? [])].map((pair) => pair.split(' → '));
    expect([...new Set(pairs.map(([before]) => before))].toSorted()).toEqual([...from].toSorted());
    expect([...new Set(pairs.map(([, after]) => after))].toSorted()).toEqual([...to].toSorted());
  });

  it('leads to all ten states, and out of each of them', () => {
    const table = Object.values(moves);
    expect([...new Set(table.flatMap(({ to }): readonly State[] => to))].toSorted()).toEqual(states.toSorted());
    expect([...new Set(table.flatMap(({ from }): readonly State[] => from))].toSorted()).toEqual(states.toSorted());
  });

  it('has nothing in it that a random run goes against', () => {
    fc.assert(
      fc.property(anyPolicy, anyEvents, (policy, events) => {
        const world = newWorld(policy);
        for (const event of events) {
          happen(world, event, (before, { record, condition }) => {
            const row = Object.entries(moves).find(([move]) => move === condition.act?.move)?.[1];
            const { from, to }: { from: readonly State[]; to: readonly State[] } = row ?? {
              from: [before.state],
              to: [before.state],
            };
            expect(from).toContain(before.state);
            expect(to).toContain(record.state);
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('refuses every move from every other state, as a fault of the program', () => {
    for (const [move, { from }] of Object.entries(moves)) {
      for (const state of states.filter((each) => !(from as readonly State[]).includes(each))) {
        const act = {
          move,
          wave: start().wave,
          answer: undefined,
          approval: {},
          rotation: start().rotation,
          roots: [],
        } as unknown as StateAct;
        expect(() => perform({ ...start(), state }, act, nowMs, { message: '' }), `${move} in ${state}`).toThrow(
          expect.objectContaining({ code: 'RR_INTERNAL' }),
        );
      }
    }
  });

  it('says of each entry of the history when, in which state and step, and what went wrong', () => {
    const { condition } = perform(start(), { move: 'fail', because: 'it was late' }, nowMs + 1, {
      message: 'it failed',
      errors: ['because'],
    });
    expect(condition).toEqual({
      atMs: nowMs + 1,
      state: 'FAILED',
      step: 'ADDING_NEW_ROOT',
      rotationId: 'r1',
      generation: start().generation,
      message: 'it failed',
      errors: ['because'],
      act: { move: 'fail', because: 'it was late' },
    });
  });

  it('dates a state from when it was entered, and not from what happens within it', () => {
    const told = perform(start(), { move: 'release', wave: rest.wave }, nowMs + 50, { message: '' }).record;
    expect(told.enteredAtMs).toBe(nowMs);
    expect(perform(told, { move: 'verify' }, nowMs + 60, { message: '' }).record.enteredAtMs).toBe(nowMs + 60);
  });
});
