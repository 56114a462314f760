import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { freePort } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { launchSimulatedMesh, type SimulatedMesh } from './simulated-mesh.ts';

/** One POST that has come whole. */
interface Received {
  readonly id: string;
  readonly reason: string;
  readonly isSigned: boolean;
  /** Whether mgmt was told that it was taken. */
  readonly taken: boolean;
}

const key = 'a secret of thirty-two bytes ...';

/** A receiver that fails, is slow, loses an answer, and is then down for a while. */
class Receiver {
  readonly received: Received[] = [];
  #server: Server | undefined;
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  async up(): Promise<void> {
    this.#server = createServer((request, response) => void this.#take(request, response)).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async down(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server.close(), 'close');
    server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signature } = request.headers;
    const expected = createHmac('sha256', key)
      .update(`${String(id)}.${String(timestamp)}.${body}`)
      .digest('base64');
    const { reason } = (JSON.parse(body) as { data: { reason: string } }).data;
    const place = this.received.length;
    const manner = place < 2 ? 'fails' : place === 2 ? 'is-slow' : place === 3 ? 'loses-its-answer' : 'takes';
    const taken = manner === 'is-slow' || manner === 'takes';
    this.received.push({ id: String(id), reason, isSigned: signature === `v1,${expected}`, taken });
    switch (manner) {
      case 'fails':
        response.writeHead(503).end();
        return;
      case 'loses-its-answer':
        response.destroy();
        return;
      case 'is-slow':
        await systemClock.sleep(3_000, AbortSignal.timeout(10_000));
        response.writeHead(204).end();
        return;
      case 'takes':
        // Now, while much is to be told yet: on a fast machine all of it would be taken before the test looks.
        response.writeHead(204).end(() => (place === 4 ? void this.down() : undefined));
    }
  }
}

let dir: string;
let receiver: Receiver;
let mesh: SimulatedMesh;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-receiver-'));
  const secretFile = join(dir, 'secret');
  await writeFile(secretFile, key);
  const port = await freePort();
  receiver = new Receiver(port);
  await receiver.up();
  const webhook = { name: 'pager', url: `http://127.0.0.1:${port}/hook`, secretFile, events: ['state', 'failure'] };
  mesh = await launchSimulatedMesh({ clusters: 2, ratePerSecond: 20, mgmtSettings: { notifications: { webhooks: [webhook] } } });
}, 120_000);

afterAll(async () => {
  await mesh.stop();
  await receiver.down();
  await rm(dir, { recursive: true });
});

describe('a receiver of notifications, through a whole rotation', () => {
  it('learns of each state once by its id and in order, signed, though it fails, is slow, loses an answer and is down', async () => {
    const { api, broken } = mesh;
    const pager = async () => (await api.listNotifications(broken)).find(({ name }) => name === 'pager');
    await mesh.rotate();
    await mesh.look('the receiver to have had its troubles', async () => (receiver.received.length > 4 ? true : undefined));
    await mesh.until('FINISHED', ({ state }) => state === 'FINISHED');
    await mesh.look('mgmt to notice', async () => ((await pager())?.health === 'failing' ? true : undefined));
    await receiver.up();
    const state = await mesh.look('everything to be taken', async () => {
      const found = await pager();
      return found?.queued === 0 && found.health === 'well' ? found : undefined;
    });

    const { received } = receiver;
    expect(received.every(({ isSigned }) => isSigned)).toBe(true);
    const once = new Map(received.map(({ id, reason }) => [id, reason]));
    const history = await api.readHistory(meshName, broken);
    const states = history.map((condition) => condition.state);
    const changes = states.filter((each, index) => index > 0 && states[index - 1] !== each);
    expect([...once.values()]).toEqual(changes);
    expect(changes.at(-1)).toBe('FINISHED');
    expect(state).toMatchObject({ delivered: changes.length, givenUp: 0, coalesced: 0 });
    // What was taken and not answered has come again, and nothing else.
    expect(received.length).toBe(changes.length + received.filter(({ taken }) => !taken).length);
  });
});
