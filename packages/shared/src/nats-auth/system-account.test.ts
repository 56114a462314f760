import { encodeUser } from '@nats-io/jwt';
import { createAccount } from '@nats-io/nkeys';
import { connect, type NatsConnection } from 'nats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type NatsServer, startNatsServer } from '../testing/index.ts';
import type { SystemRequest } from './account-updater.ts';
import type { NatsCredentials } from './creds-text.ts';
import { createNatsUser } from './nkey.ts';
import { systemRequestTo } from './system-account.ts';

let server: NatsServer;
let answering: NatsConnection;
let credentials: NatsCredentials;

const requestTo = (...ports: readonly number[]): SystemRequest =>
  systemRequestTo({ servers: ports.map((port) => `127.0.0.1:${port}`), credentials, name: 'test', answersMs: 300 });

const nothing = new Uint8Array();

beforeAll(async () => {
  const { publicKey, seed } = createNatsUser();
  credentials = { jwt: await encodeUser('test', publicKey, createAccount()), seed };
  server = await startNatsServer();
  answering = await connect({ servers: server.url });
  for (const word of ['one', 'two']) {
    answering.subscribe('both', { callback: (_, message) => message.respond(`${word} to ${message.reply ?? ''}`) });
  }
  await answering.flush();
});

afterAll(async () => {
  await answering.close();
  await server.stop();
});

describe('a request of the system account', () => {
  it('gives the answers of all, which come to where its user may listen', async () => {
    const answers = await requestTo(server.port)('both', nothing, { signal: AbortSignal.timeout(10_000) });
    const texts = answers.map((each) => Buffer.from(each).toString()).toSorted();
    expect(texts).toEqual([
      expect.stringMatching(/^one to _INBOX\.reroot\.\w+$/) as string,
      expect.stringMatching(/^two to _INBOX\.reroot\.\w+$/) as string,
    ]);
  });

  it('goes to a server that is up, and waits no longer than for what is enough', async () => {
    const several = systemRequestTo({
      servers: [await freePort(), server.port, await freePort()].map((port) => `127.0.0.1:${port}`),
      credentials,
      name: 'test',
      answersMs: 60_000,
    });
    // In which order they are tried is left to chance.
    for (let time = 0; time < 5; time += 1) {
      const enough = (answers: readonly Uint8Array[]): boolean => answers.length === 2;
      expect((await several('both', nothing, { enough, signal: AbortSignal.timeout(10_000) })).length).toBe(2);
    }
  });

  it('says which servers it did not reach, and shows no seed', async () => {
    const port = await freePort();
    const asked = requestTo(port)('both', nothing, { signal: AbortSignal.timeout(10_000) });
    await expect(asked).rejects.toMatchObject({ code: 'RR_NATS_UNREACHABLE', place: `127.0.0.1:${port}` });
    await expect(asked).rejects.not.toThrow(credentials.seed);
  });
});
