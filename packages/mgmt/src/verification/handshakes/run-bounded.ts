/** How many acts run at a time. */
export interface Bounds<Item> {
  readonly concurrency: number;
  /** Of those that have a key in common. */
  readonly perKey: number;
  readonly keysOf: (item: Item) => readonly string[];
}

/**
 * Acts on every item, as many at a time as the bounds allow.
 * @returns what came of each, in the order of the items
 * @throws what the first act to fail throws; no further one is begun then
 */
export async function runBounded<Item, Result>(
  items: readonly Item[],
  { concurrency, perKey, keysOf }: Bounds<Item>,
  act: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const busy = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const count = (item: Item, by: 1 | -1): void => {
    for (const key of keysOf(item)) busy.set(key, (busy.get(key) ?? 0) + by);
  };
  const hasRoom = (item: Item): boolean => keysOf(item).every((key) => (busy.get(key) ?? 0) < perKey);
  const begin = (index: number, item: Item): void => {
    count(item, 1);
    const done = act(item).then((result) => {
      results[index] = result;
      running.delete(done);
      count(item, -1);
    });
    running.add(done);
  };
  while (waiting.length > 0) {
    const at = running.size < concurrency ? waiting.findIndex(([, item]) => hasRoom(item)) : -1;
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    if (found === undefined) await Promise.race(running);
    else begin(...found);
  }
  await Promise.all(running);
  return results;
}
