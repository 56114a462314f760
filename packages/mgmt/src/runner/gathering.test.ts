import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createGathering, type Gathering } from './gathering.ts';

describe('reports that come soon after a look', () => {
  let clock: FakeClock;
  let woken: number[];
  let gathering: Gathering;
  beforeEach(() => {
    clock = createFakeClock(1_000);
    woken = [];
    gathering = createGathering(() => void woken.push(clock.now()), clock);
  });
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await Promise.resolve();
    await Promise.resolve();
  };

  it('are each looked at at once in a small mesh, and before the first look', async () => {
    gathering.heard();
    gathering.looked(99);
    gathering.heard();
    gathering.heard();
    expect(woken).toEqual([1_000, 1_000, 1_000]);
    await gathering.idle();
  });

  it('wait for one look together in a large one, and the first after a pause for none', async () => {
    gathering.looked(2_500);
    await pass(10);
    for (let time = 0; time < 5; time += 1) gathering.heard();
    expect(woken).toEqual([]);
    await pass(15);
    expect(woken).toEqual([1_025]);
    gathering.looked(2_500);
    await pass(25);
    gathering.heard();
    expect(woken).toEqual([1_025, 1_050]);
  });

  it('wait for no longer than a tenth of a second, and not for a clock that was set back', async () => {
    gathering.looked(1_000_000);
    gathering.heard();
    await pass(100);
    expect(woken).toEqual([1_100]);
    gathering.looked(5_000);
    clock.advance(-60_000);
    gathering.heard();
    expect(woken).toHaveLength(2);
  });
});
