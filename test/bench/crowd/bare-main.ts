import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { connect as connectNats, type NatsConnection } from 'nats';
import type { BareWork } from './orders.ts';
import { forEachOf, takeOrders } from './take-orders.ts';

/** As many NATS clients as there are links, each with a subscription: no protocol of ours, and nothing of our code. */

const connectTogether = 32;

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const open: { readonly connection: NatsConnection; readonly to: string }[] = [];
let expected: { readonly work: BareWork; readonly done: () => void } | undefined;
let signed: { readonly bytes: Uint8Array; readonly signature: Uint8Array } | undefined;

function take(data: Uint8Array): void {
  if (expected === undefined) return;
  if (expected.work === 'one-verification') {
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
      connection.subscribe(`bare.${mesh}.${cluster}.trust`, {
        callback: (error, { data }) => {
          if (error === null) take(data);
        },
      });
      await connection.flush();
      open.push({ connection, to: `bare.${mesh}.${cluster}.report` });
    });
    return new Map();
  },
  expect: (what, done) => {
    expected = what.kind === 'message' ? { work: what.work, done } : undefined;
  },
  speak: (bytes) => {
    const saying = new Uint8Array(bytes).fill(7);
    for (const { connection, to } of open) connection.publish(to, saying);
  },
});
