import { expect, it } from 'vitest';
import { createFakeClock } from '../testing/index.ts';
import { createBoundedLog } from './bounded-log.ts';
import { keepLog } from './testing/bus-rig.ts';

it('a bounded log writes 20 lines each 10 s, and says how many it left out', () => {
  const clock = createFakeClock(0);
  const { log, lines } = keepLog();
  const bounded = createBoundedLog(log, clock);
  for (let line = 0; line < 1_000; line += 1) bounded.warn({ waitMs: line }, 'again');
  expect(lines.length).toBe(20);
  clock.advance(9_999);
  bounded.error({}, 'still too early');
  clock.advance(1);
  bounded.error({ part: 'next' }, 'later');
  bounded.warn({ part: 'last' }, 'later');
  const said = lines.slice(20).map((line) => JSON.parse(line) as object);
  expect(said).toMatchObject([
    { level: 'error', part: 'next', heldBack: 981 },
    { level: 'warn', part: 'last' },
  ]);
  expect(said[1]).not.toHaveProperty('heldBack');
});
