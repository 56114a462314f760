import type { Condition } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { placeOf, timelineOf } from './timeline.ts';

const startMs = Date.parse('2030-01-31T12:00:00Z');
const at = (
  seconds: number,
  state: Condition['state'],
  step: Condition['step'] = 'ADDING_NEW_ROOT',
  rotationId = 'r',
): Condition => ({
  timestamp: new Date(startMs + seconds * 1_000).toISOString(),
  state,
  step,
  rotationId,
  generation: 1,
  message: state,
  errors: [],
});

describe('a timeline', () => {
  const history = [
    at(-10, 'FINISHED', 'DELETING_OLD_ROOT', 'earlier'),
    at(0, 'ADDING_NEW_ROOT'),
    at(1, 'ADDING_NEW_ROOT'),
    at(10, 'VERIFYING'),
    at(40, 'VERIFIED'),
  ];

  it('has a span for each state of each step, the last one open', () => {
    const timeline = timelineOf(history, 'r', startMs + 50_000);
    expect(timeline?.spans.map(({ kind, endMs, startMs: from }) => [kind, (endMs ?? Infinity) - from])).toEqual([
      ['rolling-out', 10_000],
      ['verifying', 30_000],
      ['verified', Infinity],
    ]);
    expect(timeline?.endMs).toBe(startMs + 50_000);
  });

  it('ends with the rotation', () => {
    const timeline = timelineOf([...history, at(60, 'FINISHED'), at(99, 'NOT_ROTATING')], 'r', startMs + 500_000);
    expect(timeline?.endMs).toBe(startMs + 60_000);
    expect(timeline?.spans.at(-1)?.endMs).toBe(startMs + 60_000);
  });

  it('has nothing of other rotations', () => {
    expect(timelineOf(history, 'another', startMs)).toBeUndefined();
  });

  it('places its spans in the whole', () => {
    const timeline = timelineOf(history, 'r', startMs + 50_000);
    if (timeline === undefined) throw new Error('there is none');
    expect(timeline.spans.map((span) => placeOf(span, timeline))).toEqual([
      { from: 0, size: 0.2 },
      { from: 0.2, size: 0.6 },
      { from: 0.8, size: 0.2 },
    ]);
  });
});
