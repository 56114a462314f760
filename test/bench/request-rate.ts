import type { Result } from './frame/bench.ts';
import { timeOf } from './frame/sample.ts';

const clients = 4;
const requestsEach = 50;

/** How many requests `measureRate` makes in all. */
export const requestCount = clients * (1 + requestsEach);

/**
 * How many requests a second a server answers to clients each of which waits for its answer before it asks again.
 * The first request of each opens its connection and does not count.
 * @param ask makes one request; told which one it is, from 0 on, each only once
 */
export async function measureRate(what: string, ask: (index: number) => Promise<unknown>): Promise<Result> {
  let next = 0;
  const askAll = (each: number) =>
    Promise.all(
      Array.from({ length: clients }, async () => {
        for (let asked = 0; asked < each; asked += 1) await ask(next++);
      }),
    );
  await askAll(1);
  const tookMs = await timeOf(() => askAll(requestsEach));
  return { metric: `${what}, ${clients} clients`, value: ((clients * requestsEach) / tookMs) * 1_000, unit: '/s' };
}
