import { RerootError } from '@reroot/shared/errors';
import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, expect, it } from 'vitest';
import { createDeeds, type Deeds } from './deeds.ts';

let clock: ReturnType<typeof createFakeClock>;
let deeds: Deeds;
let told: string[];
let tries: number;
beforeEach(() => {
  clock = createFakeClock(0);
  [told, tries] = [[], 0];
  deeds = createDeeds({ clock, onDone: () => undefined, onFailure: (_, { message }) => told.push(message) });
});

const attempt = async (version: string, failure?: string): Promise<void> => {
  deeds.attempt('a', version, async () => {
    tries += 1;
    if (failure !== undefined) throw new RerootError('RR_STORE_FAILED', failure);
  });
  await deeds.idle();
};

it('a wish is carried out once at a time', async () => {
  const open = Promise.withResolvers<undefined>();
  const deed = async (): Promise<void> => {
    tries += 1;
    await open.promise;
  };
  deeds.attempt('a', '1', deed);
  deeds.attempt('a', '1', deed);
  open.resolve(undefined);
  await deeds.idle();
  expect(tries).toBe(1);
});

it('what has failed is tried again after a while that grows, and told of once', async () => {
  await attempt('1', 'full');
  await attempt('1', 'full');
  expect([tries, deeds.failure('a', '1')?.message]).toEqual([1, 'full']);
  clock.advance(1_000);
  await attempt('1', 'full');
  clock.advance(1_000);
  await attempt('1', 'full');
  expect([tries, told]).toEqual([2, ['full']]);
});

it('another wish is begun at once, and what failed before is nothing of it', async () => {
  await attempt('1', 'full');
  await attempt('2');
  expect([tries, deeds.failure('a', '1'), deeds.failure('a', '2')]).toEqual([2, undefined, undefined]);
});
