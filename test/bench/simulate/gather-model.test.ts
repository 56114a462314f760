import { expect, it } from 'vitest';
import { createGatherModel } from './gather-model.ts';
import { createTimeline } from './timeline.ts';

/** When what came at these moments is handed on, with 20 ms of gathering. */
function handedOn(...cameAtMs: readonly number[]): readonly number[] {
  const timeline = createTimeline();
  const come = createGatherModel(timeline, 20);
  const at: number[] = [];
  for (const atMs of cameAtMs) timeline.after(atMs, () => come(() => at.push(timeline.nowMs())));
  timeline.run(1_000);
  return at;
}

it('hands on at once what comes seldom', () => {
  expect(handedOn(0, 40, 80, 200)).toEqual([0, 40, 80, 200]);
});

it('hands on together what comes often, again and again', () => {
  expect(handedOn(0, 5, 6, 24, 30, 44, 46, 100)).toEqual([0, 5, 25, 25, 45, 45, 65, 100]);
});
