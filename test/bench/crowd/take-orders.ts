import { assertNever, errorMessage } from '@reroot/shared/errors';
import { type Answer, type Connect, type Expected, nowMs, type Order, type Sent, usageOfThis } from './orders.ts';

/** A process of a crowd, as its orders have it. */
export interface Crowd {
  /** @returns public keys by cluster, where the links have keys */
  connect(connect: Connect): Promise<ReadonlyMap<string, string>>;
  /** @param done is to be called once for each link that has come to it */
  expect(what: Expected, done: () => void): void;
  /** Every link says something; of so many bytes where it is a bare one. */
  speak(bytes: number): void;
}

/** Carries out what the parent asks; ends with the parent. */
export function takeOrders(crowd: Crowd): void {
  let size = 0;
  let wait = createWait(0);
  const carryOut = async (order: Order): Promise<Omit<Answer, 'id'>> => {
    switch (order.do) {
      case 'connect':
        size = order.links.length;
        return { publicKeys: await crowd.connect(order) };
      case 'expect':
        wait = createWait(size);
        crowd.expect(order.what, wait.count);
        return {};
      case 'await':
        return { momentsMs: await wait.all };
      case 'speak':
        crowd.speak(order.bytes);
        return {};
      case 'usage':
        return { usage: usageOfThis() };
      default:
        return assertNever(order);
    }
  };
  process.on('message', ({ id, order }: Sent) => {
    carryOut(order).then(
      (answer) => process.send?.({ id, ...answer }),
      (error: unknown) => process.send?.({ id, failure: errorMessage(error) }),
    );
  });
  process.once('disconnect', () => process.exit());
}

/** Waits for so many, and remembers when each came. */
function createWait(size: number): { readonly all: Promise<readonly number[]>; count(): void } {
  const { promise, resolve } = Promise.withResolvers<readonly number[]>();
  const moments: number[] = [];
  if (size === 0) resolve(moments);
  return {
    all: promise,
    count: () => {
      moments.push(nowMs());
      if (moments.length === size) resolve(moments);
    },
  };
}

/** Does it to each, so many at a time. */
export async function forEachOf<T>(items: readonly T[], together: number, act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items].reverse();
  const work = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await act(item);
  };
  await Promise.all(Array.from({ length: together }, work));
}
