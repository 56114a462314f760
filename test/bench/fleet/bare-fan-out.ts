import { startNatsServer } from '@reroot/shared/testing';
import { orAbort } from '@reroot/shared/transport';
import { connect, type NatsConnection } from 'nats';
import { startCrowd } from '../crowd/start-crowd.ts';
import { repeat, type Sample } from '../frame/sample.ts';

const [mesh, perProcess] = ['bound', 1_000];
/** About as much as desired trust with two roots, and as a report of a small cluster. */
const [wordBytes, answerBytes] = [3_000, 6_000];
const roundTimeoutMs = 120_000;

/** How long it takes to tell so many plain NATS clients something of the size of desired trust, until the last answer is there, in milliseconds. */
export async function measureBareFanOut(clients: number, repeats: number, signal: AbortSignal): Promise<Sample> {
  const nats = await startNatsServer();
  const crowd = startCrowd('bare', Math.ceil(clients / perProcess), signal);
  try {
    const links = Array.from({ length: clients }, (_, index) => ({ cluster: String(index), signer: new Uint8Array() }));
    await crowd.connect({ url: nats.url, mesh, links });
    await crowd.expect({ kind: 'message', work: 'answer', answerBytes });
    const connection = await connectUnlessAborted(nats.url, signal);
    try {
      return await repeat(() => tellAll(connection, clients, signal), { repeats, signal });
    } finally {
      // It would try for 20 s to come back to a server that has ended.
      await connection.close();
    }
  } finally {
    await crowd.stop();
    await nats.stop();
  }
}

/** NATS itself waits for 20 s, and knows no signal. */
async function connectUnlessAborted(url: string, signal: AbortSignal): Promise<NatsConnection> {
  const connecting = connect({ servers: [url] });
  try {
    return await orAbort(connecting, signal);
  } catch (error) {
    connecting.then(
      (late) => late.close(),
      () => undefined,
    );
    throw error;
  }
}

async function tellAll(connection: NatsConnection, clients: number, signal: AbortSignal): Promise<number> {
  const word = new Uint8Array(wordBytes).fill(7);
  const all = Promise.withResolvers<undefined>();
  let heard = 0;
  const over = AbortSignal.any([signal, AbortSignal.timeout(roundTimeoutMs)]);
  over.addEventListener('abort', () => all.reject(over.reason));
  // It may be rejected before anybody awaits it.
  all.promise.catch(() => undefined);
  const answers = connection.subscribe(`bare.${mesh}.*.report`, {
    callback: () => {
      heard += 1;
      if (heard === clients) all.resolve(undefined);
    },
  });
  await connection.flush();
  const startedMs = performance.now();
  for (let client = 0; client < clients; client += 1) connection.publish(`bare.${mesh}.${client}.trust`, word);
  await all.promise;
  const tookMs = performance.now() - startedMs;
  answers.unsubscribe();
  return tookMs;
}
