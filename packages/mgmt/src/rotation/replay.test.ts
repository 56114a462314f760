import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RotationCondition, RotationRecord } from './record.ts';
import { anyEvents, anyPolicy } from './testing/random-events.ts';
import { firstRecord, happen, newWorld } from './testing/random-world.ts';
import { perform } from './transition.ts';

/** Makes every act of a journal again, from a record on. */
function replay(record: RotationRecord, journal: readonly RotationCondition[]): RotationRecord {
  return journal.reduce(
    (current, { act, atMs, message, errors }) =>
      act === undefined ? current : perform(current, act, atMs, { message, errors }).record,
    record,
  );
}

describe('the journal', () => {
  it('made again from the first record on gives the record, whatever has happened', () => {
    fc.assert(
      fc.property(anyPolicy, anyEvents, (policy, events) => {
        const world = newWorld(policy);
        for (const event of events) happen(world, event);
        expect(replay(firstRecord(), world.journal)).toEqual(world.record);
      }),
      { numRuns: 300 },
    );
  });

  it('does so after it was written down and read again', () => {
    fc.assert(
      fc.property(anyPolicy, anyEvents, (policy, events) => {
        const world = newWorld(policy);
        for (const event of events) happen(world, event);
        const journal = JSON.parse(JSON.stringify(world.journal)) as RotationCondition[];
        expect(JSON.parse(JSON.stringify(replay(firstRecord(), journal)))).toEqual(JSON.parse(JSON.stringify(world.record)));
      }),
      { numRuns: 100 },
    );
  });

  it('says with each entry what the record was after it', () => {
    fc.assert(
      fc.property(anyPolicy, anyEvents, (policy, events) => {
        const world = newWorld(policy);
        for (const event of events) {
          happen(world, event, (_, { record, condition }) => {
            const { state, step, generation } = record;
            expect(condition).toMatchObject({ atMs: world.nowMs, state, step, generation, rotationId: record.rotation?.id });
            expect(condition.message).not.toBe('');
          });
        }
      }),
      { numRuns: 50 },
    );
  });
});
