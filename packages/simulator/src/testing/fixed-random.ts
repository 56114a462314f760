import type { Random } from '../random/random.ts';

/** Chance that takes no chances: the least of every range, and whatever `pick` chooses. */
export function createFixedRandom(pick: <T>(items: readonly T[]) => T | undefined = (items) => items[0]): Random {
  const random: Random = { next: () => 0, between: (min) => min, pick, fork: () => random };
  return random;
}
