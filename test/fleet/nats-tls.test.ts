import { readFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { agentPermissions, maxPayloadBytes } from '@reroot/shared/nats-auth';
import { inboxPrefix, subjects } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GeneratedNats, type GeneratedServer, generateNats } from './generated-nats.ts';
import { connectClient, refusalOf, type TestClient } from './nats-client.ts';

const patienceMs = 20_000;

/** From the port of clients to that of the other servers, as `reroot nats init` lays them out. */
const toRoutePort = 2_000;

describe.each([
  { what: 'one server', servers: 1, leaves: 0 },
  { what: 'three servers with two leaf nodes in front of them', servers: 3, leaves: 2 },
])('$what of `reroot nats init`', (count) => {
  let nats: GeneratedNats;
  let mgmt: TestClient;

  beforeAll(async () => {
    nats = await generateNats(count);
    await Promise.all([...nats.servers, ...nats.leaves].map((server) => server.start()));
    const [first] = nats.servers;
    if (first === undefined) throw new Error('there is no server');
    mgmt = await connectClient({ host: first.host, ca: nats.ca, user: nats.mgmt });
    mgmt.connection.subscribe(subjects.all('issue'), {
      callback: (_, message) => {
        message.respond(message.data);
      },
    });
    await mgmt.connection.flush();
  });

  afterAll(async () => {
    await mgmt.connection.close();
    await nats.stop();
  });

  it('carry requests from an agent at each of them to mgmt and back, up to the largest message', async () => {
    const user = await nats.createUser(agentPermissions('m1', 'c1'));
    const question = new Uint8Array(8 * 1024 * 1024 + 4096).fill(7);
    expect(question.length).toBeLessThan(maxPayloadBytes);
    for (const { host } of [...nats.servers, ...nats.leaves]) {
      const agent = await connectClient({ host, ca: nats.ca, user, inboxPrefix: inboxPrefix('m1', 'c1') });
      const ask = async (payload: Uint8Array): Promise<Uint8Array> =>
        (await agent.connection.request(subjects.issue('m1', 'c1'), payload, { timeout: 5_000 })).data;
      // Routes and leaf nodes connect after the servers are up.
      await waitFor(() => ask(new Uint8Array(1)), { timeoutMs: patienceMs, what: `an answer by way of ${host}` });
      expect(Buffer.from(question).equals(await ask(question))).toBe(true);
      expect(agent.refused).toEqual([]);
      await agent.connection.close();
    }
  });

  it('hand mgmt to each agent at each of them', async () => {
    const told = new Set<string>();
    const agents = await Promise.all(
      [...nats.servers, ...nats.leaves].map(async ({ host }, index) => {
        const cluster = `c${index}`;
        const user = await nats.createUser(agentPermissions('m1', cluster));
        const agent = await connectClient({ host, ca: nats.ca, user });
        agent.connection.subscribe(subjects.trust('m1', cluster), { callback: () => void told.add(cluster) });
        await agent.connection.flush();
        return { agent, cluster };
      }),
    );
    await waitFor(
      () => {
        for (const { cluster } of agents) mgmt.connection.publish(subjects.trust('m1', cluster));
        return told.size === agents.length;
      },
      { timeoutMs: patienceMs, what: 'every agent to be told' },
    );
    await Promise.all(agents.map(({ agent }) => agent.connection.close()));
  });

  it('refuse whoever speaks without TLS', async () => {
    for (const server of [...nats.servers, ...nats.leaves]) {
      expect(await speakPlainly(server)).not.toContain('PONG');
    }
  });

  it('are refused by a client that trusts another CA', async () => {
    const other = await generateNats({ servers: 1, leaves: 0 });
    for (const { host } of [...nats.servers, ...nats.leaves]) {
      expect(await refusalOf({ host, ca: other.ca, user: nats.mgmt })).toMatch(/self-signed certificate|unable to (get|verify)/);
      expect(await refusalOf({ host, ca: nats.ca, user: nats.mgmt })).toBeUndefined();
    }
    await other.stop();
  });

  it('refuse users of another account, and a seed that is not that of the JWT', async () => {
    const other = await generateNats({ servers: 1, leaves: 0 });
    const stranger = await other.createUser(agentPermissions('m1', 'c1'));
    const thief = { jwt: nats.mgmt.jwt, seed: stranger.seed };
    for (const { host } of [...nats.servers, ...nats.leaves]) {
      for (const user of [stranger, thief]) {
        expect(await refusalOf({ host, ca: nats.ca, user })).toContain('AUTHORIZATION_VIOLATION');
      }
    }
    await other.stop();
  });
});

describe('the routes between three servers', () => {
  let nats: GeneratedNats;
  let other: GeneratedNats;
  let target: GeneratedServer;

  beforeAll(async () => {
    nats = await generateNats({ servers: 3, leaves: 1 });
    other = await generateNats({ servers: 3, leaves: 0 });
    const [first] = nats.servers;
    if (first === undefined) throw new Error('there is no server');
    target = first;
    await target.start();
  });

  afterAll(async () => {
    await other.stop();
    await nats.stop();
  });

  it('are open to the certificate of a server', async () => {
    expect(await knock(target, nats, nats.servers[1]?.folder)).toContain('INFO');
  });

  it.each<[string, () => string | undefined]>([
    ['nobody that shows none', () => undefined],
    ['a leaf node', () => nats.leaves[0]?.folder],
    ['a server of another CA', () => other.servers[0]?.folder],
  ])('are closed to %s', async (_, folder) => {
    expect(await knock(target, nats, folder())).not.toContain('INFO');
  });
});

/** What a server says to a client that goes on without TLS. */
function speakPlainly({ host }: GeneratedServer): Promise<string> {
  const [address, port] = host.split(':');
  const socket = connectTcp(Number(port), address);
  let heard = '';
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1');
    if (heard.startsWith('INFO')) socket.write('CONNECT {"verbose":false,"tls_required":false}\r\nPING\r\n');
  });
  return untilClosed(socket, () => heard);
}

/** What the port of the routes says to a certificate of a folder, by TLS. */
async function knock({ host }: GeneratedServer, { ca }: GeneratedNats, folder: string | undefined): Promise<string> {
  const read = (file: string): Promise<string> => readFile(join(folder ?? '', file), 'utf8');
  const identity = folder === undefined ? {} : { cert: await read('server.crt'), key: await read('server.key') };
  const [address, port] = host.split(':');
  const socket = connectTls({ host: address, port: Number(port) + toRoutePort, ca, ...identity });
  let heard = '';
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1');
    socket.destroy();
  });
  return untilClosed(socket, () => heard);
}

function untilClosed(socket: ReturnType<typeof connectTcp>, heard: () => string): Promise<string> {
  socket.setTimeout(patienceMs, () => socket.destroy());
  // A server that refuses may reset the connection; what it said before that is what counts.
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', () => resolve(heard())));
}
