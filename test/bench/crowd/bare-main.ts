import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { connect as connectNats, type NatsConnection } from 'nats';
import type { Expected } from './orders.ts';
import { forEachOf, takeOrders } from './take-orders.ts';

/** As many NATS clients as there are links, each with a subscription: no protocol of ours, and nothing of our code. */

const connectTogether = 32;

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const open: { readonly connection: NatsConnection; readonly to: string }[] = [];
let expected: { readonly what: Extract<Expected, { kind: 'message' }>; readonly done: () => void } | undefined;
let signed: { readonly bytes: Uint8Array; readonly signature: Uint8Array } | undefined;

function take(data: Uint8Array, answer: (bytes: number) => void): void {
  if (expected === undefined) return;
  const { work, answerBytes = 0 } = expected.what;
  if (work === 'answer') answer(answerBytes);
  if (work === 'one-verification') {
    // Always the same bytes: a signature takes as long whatever it covers.
    signed ??= { bytes: new Uint8Array(data), signature: sign(null, data, privateKey) };
    if (!verify(null, signed.bytes, publicKey, signed.signature)) throw new Error('a sound signature does not verify');
  }
  expected.done();
}

takeOrders({
  connect: async ({ url, mesh, links }) => {
    await forEachOf(links, connectTogether, async ({ cluster }) => {
      const connection = await connectNats({ servers: [url], name: cluster, timeout: 30_000 });
      const to = `bare.${mesh}.${cluster}.report`;
      connection.subscribe(`bare.${mesh}.${cluster}.trust`, {
        callback: (error, { data }) => {
          if (error === null) take(data, (bytes) => connection.publish(to, new Uint8Array(bytes).fill(7)));
        },
      });
      await connection.flush();
      open.push({ connection, to });
    });
    return new Map();
  },
  expect: (what, done) => {
    expected = what.kind === 'message' ? { what, done } : undefined;
  },
  speak: (bytes) => {
    const saying = new Uint8Array(bytes).fill(7);
    for (const { connection, to } of open) connection.publish(to, saying);
  },
});
