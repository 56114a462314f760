import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mgmtConfigSchema, startMgmt } from '@reroot/mgmt';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';
import { startNatsServer } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateTargets } from './certificate-targets.ts';
import { documentTargets } from './document-targets.ts';
import { fuzz, inputOf } from './fuzz.ts';
import { httpTargets } from './http-targets.ts';
import { messageTargets } from './message-targets.ts';
import { settledHeapBytes } from './settle-memory.ts';
import type { FuzzTarget } from './target.ts';
import { websocketTargets } from './websocket-targets.ts';

/** How many inputs all readers get together: `./dev test --fuzz` asks for a million and takes another seed. */
const inputs = Number(process.env['REROOT_FUZZ'] ?? 50_000);
const seed = Number(process.env['REROOT_FUZZ_SEED'] ?? 1);

/** What a reader may leave behind beyond what the test run itself gathers. */
const mostLeftBytes = 16 * 2 ** 20;

const stops: (() => unknown)[] = [];
const readers = [...messageTargets(), ...(await certificateTargets()), ...documentTargets()];
let api: readonly FuzzTarget[] = [];

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-fuzz-'));
  stops.push(() => rm(dir, { recursive: true }));
  const nats = await startNatsServer();
  stops.push(() => nats.stop());
  const { privateKeyPem } = generateIdentity();
  await writeFile(join(dir, 'mgmt.key'), privateKeyPem, { mode: 0o600 });
  await writeFile(join(dir, 'passphrase'), 'correct horse battery staple\n', { mode: 0o600 });
  const config = mgmtConfigSchema.parse({
    dataDir: join(dir, 'data'),
    nats: { servers: [nats.url] },
    api: { port: 0, rateLimit: { perSecond: 1_000_000, burst: 1_000_000 } },
    identity: { privateKeyFile: join(dir, 'mgmt.key') },
    keyStore: { passphraseFile: join(dir, 'passphrase') },
  });
  const { signal } = new AbortController();
  const mgmt = await startMgmt({ config, clock: systemClock, random: Math.random, log: silentLog, signal, scryptCost: 2 ** 10 });
  stops.push(() => mgmt.stop());
  const http = httpTargets(mgmt.apiUrl);
  stops.push(() => {
    http.close();
  });
  api = [...http.targets, ...websocketTargets(mgmt.apiUrl)];
});

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

/** The same readers as `api`, before there is one. */
const overHttp = [...httpTargets('http://127.0.0.1:1').targets, ...websocketTargets('http://127.0.0.1:1')];

const total = [...readers, ...overHttp].reduce((sum, { weight }) => sum + weight, 0);

async function expectSound(target: FuzzTarget): Promise<void> {
  const count = Math.ceil((inputs * target.weight) / total);
  // What is made once, caches and compiled code, is no growth.
  await fuzz(target, { seed: seed + 1, count: Math.min(count, 200) });
  const beforeBytes = settledHeapBytes();
  const run = await fuzz(target, { seed, count });
  expect(run.failures).toEqual([]);
  expect(run.inputs).toBe(count);
  // Inputs that are never refused are no test of a reader, and neither are such as are all refused at the first byte.
  if (target.damage === 'refuses') expect(run.refused).toBeGreaterThan(count / 50);
  else expect(run.taken).toBe(count);
  expect(settledHeapBytes() - beforeBytes).toBeLessThan(mostLeftBytes);
}

describe('whatever is sent, it is read or refused with a code, at once, and nothing stays behind:', () => {
  it.each(readers.map((target) => [target.name, target] as const))('%s', async (_, target) => {
    await expectSound(target);
  });

  it.each(overHttp.map(({ name }, index) => [name, index] as const))('%s', async (_, index) => {
    const target = api[index];
    if (target === undefined) throw new Error('mgmt did not start');
    await expectSound(target);
  });
});

describe('the fuzzer itself', () => {
  const [target] = messageTargets();
  if (target === undefined) throw new Error('there is no reader');

  it('makes the same input again from seed, reader and number, and another from each other one', () => {
    expect(inputOf(target, 1, 7)).toEqual(inputOf(target, 1, 7));
    expect(inputOf(target, 2, 7)).not.toEqual(inputOf(target, 1, 7));
    expect(inputOf({ ...target, name: 'another' }, 1, 7)).not.toEqual(inputOf(target, 1, 7));
  });

  it('finds a reader that throws what has no code, one that rejects so, and one that takes its time', async () => {
    const broken = (read: FuzzTarget['read']): FuzzTarget => ({ ...target, read });
    const throwing = await fuzz(
      broken(() => JSON.parse('{')),
      { seed, count: 3 },
    );
    expect(throwing.failures[0]?.what).toContain('SyntaxError');
    const rejecting = await fuzz(
      broken(() => Promise.reject(new TypeError('x'))),
      { seed, count: 3 },
    );
    expect(rejecting.failures[0]?.what).toContain('TypeError');
    const slow = broken(() => {
      const endMs = performance.now() + 60;
      while (performance.now() < endMs);
    });
    expect((await fuzz(slow, { seed, count: 1 })).failures[0]?.what).toMatch(/^takes \d+ ms$/);
  });
});
