import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom, type Random } from './random.ts';

function draw(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => random.next());
}

it('comes out the same for the same seed, and otherwise for another one', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(draw(createRandom(seed), 20)).toEqual(draw(createRandom(seed), 20));
      expect(draw(createRandom(seed), 20)).not.toEqual(draw(createRandom(seed + 1), 20));
    }),
  );
});

it('gives a part the same whatever the others have drawn', () => {
  const [quiet, busy] = [createRandom(7), createRandom(7)];
  draw(busy, 100);
  draw(busy.fork('other'), 10);
  expect(draw(busy.fork('part'), 5)).toEqual(draw(quiet.fork('part'), 5));
  expect(draw(quiet.fork('part'), 5)).not.toEqual(draw(quiet.fork('other'), 5));
});

it('stays in its range and is spread over it', () => {
  const random = createRandom(3);
  const numbers = Array.from({ length: 2_000 }, () => random.between(10, 20));
  expect(numbers.every((number) => number >= 10 && number < 20)).toBe(true);
  const picks = Array.from({ length: 4_000 }, () => random.pick(['a', 'b', 'c', 'd']));
  for (const item of ['a', 'b', 'c', 'd']) expect(picks.filter((pick) => pick === item).length).toBeGreaterThan(800);
  expect(random.pick<string>([])).toBeUndefined();
});
