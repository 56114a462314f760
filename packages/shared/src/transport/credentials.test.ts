import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createNatsOperator,
  createNatsUser,
  type NatsOperator,
  type NatsPermissions,
  openAccountSigner,
} from '../nats-auth/index.ts';
import { type NatsServer, waitFor } from '../testing/index.ts';
import type { NatsCredentials } from './connect-options.ts';
import { createBusRig, hear, inTime, keepLog, soon, text, until } from './testing/bus-rig.ts';

const rig = createBusRig();
const { connectTo } = rig;
afterEach(() => rig.end());

let operator: NatsOperator;
beforeAll(async () => {
  operator = await createNatsOperator();
});

function startWithOperator(port?: number, by = operator): Promise<NatsServer> {
  const { system, account } = by;
  const accounts = [system, account].map(({ publicKey, jwt }) => `${publicKey}: ${jwt}`).join('\n');
  const resolver = `resolver: MEMORY\nresolver_preload: {\n${accounts}\n}`;
  return rig.startWithConfig(`operator: ${by.jwt}\nsystem_account: ${system.publicKey}\n${resolver}`, port);
}

const everything: NatsPermissions = { publish: ['>'], subscribe: ['>'] };

async function issueUser(permissions = everything, expiresAtMs?: number, by = operator): Promise<NatsCredentials> {
  const { account } = by;
  const { publicKey, seed } = createNatsUser();
  const expiry = expiresAtMs === undefined ? {} : { expiresAtMs };
  const signer = openAccountSigner(account.signingSeed, account.publicKey);
  return { seed, jwt: await signer.issueUser({ publicKey, name: 'test', permissions, ...expiry }) };
}

describe('a NATS user', () => {
  it('is let in by its JWT and seed', async () => {
    const { url } = await startWithOperator();
    const bus = await connectTo(url, { credentials: await issueUser() });
    const heard = hear(bus, 'a');
    bus.publish('a', text('hello'));
    await waitFor(() => heard.length === 1, soon);
  });

  it('hears answers under its own inbox alone', async () => {
    const { url } = await startWithOperator();
    const answering = await connectTo(url, { credentials: await issueUser() });
    answering.subscribe('double', ({ payload, respond }) => respond?.(Buffer.concat([payload, payload])));
    await answering.flush();
    const credentials = await issueUser({ publish: ['double'], subscribe: ['mesh.east.inbox.>'] });
    const asking = await connectTo(url, { credentials, inboxPrefix: 'mesh.east.inbox' });
    expect(Buffer.from(await asking.request('double', text('ab'), inTime)).toString()).toBe('abab');
    const elsewhere = await connectTo(url, { credentials });
    await expect(elsewhere.request('double', text('ab'), inTime)).rejects.toMatchObject({
      code: 'RR_NATS_NO_ANSWER',
      message: 'nobody answered on double: the credentials do not permit it',
    });
  });

  it('is refused, with a remedy, when it is not of the account', async () => {
    const { port } = await startWithOperator();
    const credentials = await issueUser(everything, undefined, await createNatsOperator());
    await expect(connectTo(`nats://127.0.0.1:${port}`, { credentials })).rejects.toMatchObject({
      code: 'RR_NATS_REFUSED',
      message: `the nats-server at 127.0.0.1:${port} does not let this user in: the credentials were refused`,
      remedy: expect.stringContaining('reroot cluster add') as string,
    });
  });

  it('is told when its credentials expired', async () => {
    const { url } = await startWithOperator();
    const credentials = await issueUser(everything, Date.UTC(2020, 0, 2, 3, 4, 5));
    await expect(connectTo(url, { credentials })).rejects.toMatchObject({
      code: 'RR_NATS_REFUSED',
      message: expect.stringMatching(/the credentials expired at 2020-01-02T03:04:05.000Z$/) as string,
    });
  });

  it('is not asked of anybody when its seed cannot be read, which is not quoted', async () => {
    const { url } = await startWithOperator();
    const { jwt } = await issueUser();
    for (const seed of ['', 'SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTCANARY']) {
      await expect(connectTo(url, { credentials: { jwt, seed } })).rejects.toMatchObject({
        code: 'RR_NATS_CREDENTIALS_INVALID',
        message: 'the seed of the NATS user cannot be read',
      });
    }
  });

  it('shows its present credentials when it connects again', async () => {
    const server = await startWithOperator();
    const { log, lines } = keepLog();
    let present = await issueUser();
    const bus = await connectTo(server.url, { credentials: () => present, log, random: () => 0.1 });
    await server.kill();
    const next = await createNatsOperator();
    await startWithOperator(server.port, next);
    await waitFor(() => lines.some((line) => line.includes('RR_NATS_REFUSED')), soon);
    present = await issueUser(everything, undefined, next);
    await until(bus, 'connected');
    await bus.flush();
  });

  it('connects again when its credentials could not be read for a while', async () => {
    const server = await startWithOperator();
    const { log, lines } = keepLog();
    const credentials = await issueUser();
    let readable = true;
    const read = (): NatsCredentials => {
      if (readable) return credentials;
      throw new Error('the file is gone');
    };
    const bus = await connectTo(server.url, { credentials: read, log, random: () => 0.1 });
    readable = false;
    await expect(connectTo(server.url, { credentials: read })).rejects.toMatchObject({
      code: 'RR_NATS_CREDENTIALS_INVALID',
      message: 'the credentials of the NATS user cannot be read: the file is gone',
    });
    await server.kill();
    await startWithOperator(server.port);
    await waitFor(() => lines.some((line) => line.includes('the file is gone')), soon);
    readable = true;
    await until(bus, 'connected');
  });
});
