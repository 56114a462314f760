import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startNatsServer } from '@reroot/shared/testing';
import { connect, type NatsConnection } from 'nats';
import { repeat, type Sample } from '../frame/sample.ts';

/** What a process of bare clients is told. */
export interface BareOrder {
  readonly url: string;
  /** The numbers of its clients: from the first, up to the last and without it. */
  readonly from: number;
  readonly to: number;
  readonly answerBytes: number;
}

const perProcess = 1_000;
/** About as much as desired trust with two roots, and as a report of a small cluster. */
const [wordBytes, answerBytes] = [3_000, 6_000];
const roundTimeoutMs = 120_000;

/** How long it takes to tell so many plain NATS clients something of the size of desired trust, until the last answer is there, in milliseconds. */
export async function measureBareFanOut(clients: number, repeats: number): Promise<Sample> {
  const nats = await startNatsServer();
  const children: ChildProcess[] = [];
  try {
    for (let from = 0; from < clients; from += perProcess) {
      const child = fork(fileURLToPath(new URL('bare-main.ts', import.meta.url)));
      children.push(child);
      const order: BareOrder = { url: nats.url, from, to: Math.min(clients, from + perProcess), answerBytes };
      child.send(order);
      const [said] = (await once(child, 'message', { signal: AbortSignal.timeout(roundTimeoutMs) })) as [string];
      if (said !== 'open') throw new Error(`a bare client could not connect: ${said}`);
    }
    const connection = await connect({ servers: [nats.url] });
    const sample = await repeat(() => tellAll(connection, clients), { repeats });
    await connection.close();
    return sample;
  } finally {
    for (const child of children) child.disconnect();
    await nats.stop();
  }
}

async function tellAll(connection: NatsConnection, clients: number): Promise<number> {
  const word = new Uint8Array(wordBytes).fill(7);
  const all = Promise.withResolvers<undefined>();
  let heard = 0;
  const answers = connection.subscribe('heard', {
    callback: () => {
      heard += 1;
      if (heard === clients) all.resolve(undefined);
    },
  });
  await connection.flush();
  const startedMs = performance.now();
  for (let client = 0; client < clients; client += 1) connection.publish(`told.${client}`, word);
  await all.promise;
  const tookMs = performance.now() - startedMs;
  answers.unsubscribe();
  return tookMs;
}
