import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNkey, nkeyOfSeed, signingKeysOfJwt } from '@reroot/shared/nats-auth';
import { type NatsServer, startNatsServer } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Run, runCaptured } from './testing/run-captured.ts';

let parent: string;
let folder: string;
let host: string;
let server: NatsServer;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'reroot-signing-key-'));
  folder = join(parent, 'nats');
  // Below the ports that connections get by chance: its leaf nodes' port is 3200 above.
  host = `127.0.0.1:${randomInt(20_000, 29_000)}`;
  await runCaptured(['nats', 'init', '--out', folder, '--host', host, '--leaf', 'leaf.example.com']);
  server = await startNatsServer({ folder: join(folder, 'servers', host.replace(':', '-')) });
});

afterEach(async () => {
  await server.kill();
  await rm(parent, { recursive: true });
});

const nats = (...args: readonly string[]): Promise<Run> => runCaptured(['nats', ...args, '--dir', folder, '--host', host]);
const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
const presentKey = async (): Promise<string> => nkeyOfSeed('account', await read('account-signing.seed')).publicKey;
const configs = (): readonly string[] => [
  `servers/${host.replace(':', '-')}/nats-server.conf`,
  'leaf-nodes/leaf.example.com/nats-server.conf',
];

/** The signing keys by `account.jwt`, which every configuration has to name as well. */
async function keysInFolder(): Promise<readonly string[]> {
  const jwt = (await read('account.jwt')).trim();
  for (const config of configs()) expect((await read(config)).split(`"${jwt}"`).length).toBe(2);
  return signingKeysOfJwt(jwt);
}

/** Each command listens to servers for two seconds. */
const timeout = 60_000;

describe('reroot nats rotate-signing-key', { timeout }, () => {
  it('writes the account as the servers have it to where they look when they have lost it', async () => {
    const former = await presentKey();
    const before = await Promise.all(configs().map(read));
    const rotated = await nats('rotate-signing-key');
    expect(rotated).toMatchObject({ exit: 0, stderr: expect.stringContaining('copy nats-server.conf to each server') as string });
    expect(await keysInFolder()).toEqual([former, await presentKey()]);
    const dropped = await nats('drop-signing-key', former);
    expect(dropped).toMatchObject({ exit: 0, stdout: `${former}\n` });
    expect(dropped.stderr).toContain('copy nats-server.conf to each server');
    expect(await keysInFolder()).toEqual([await presentKey()]);
    const withoutJwts = (text: string): string => text.replaceAll(/eyJ[\w.-]+/g, 'JWT');
    expect((await Promise.all(configs().map(read))).map(withoutJwts)).toEqual(before.map(withoutJwts));
  });

  it.each([['mgmt.creds'], ['leaf-nodes/leaf.example.com/nats-server.conf']])(
    'that is broken off at %s goes on with the same keys when it is run again',
    async (file) => {
      const former = await presentKey();
      const place = join(folder, file);
      const blocked = await brokenOffAt(place, () => nats('rotate-signing-key'));
      expect(blocked).toMatchObject({ place, stdout: '' });
      expect(blocked.stderr).toContain(`the former key is ${former}`);
      const again = await nats('rotate-signing-key', '-o', 'json');
      expect(again.exit).toBe(0);
      const { present, former: named } = JSON.parse(again.stdout) as { present: string; former: string };
      expect([named, present]).toEqual([former, await presentKey()]);
      expect(await keysInFolder()).toEqual([former, present]);
      expect((await readdir(folder)).filter((name) => /next|new/.test(name))).toEqual([]);
    },
  );
});

describe('reroot nats drop-signing-key', { timeout }, () => {
  it('takes no text that is no key, and no key that the account has not', async () => {
    expect(await nats('drop-signing-key', 'XYZ')).toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID', stdout: '' });
    const strange = createNkey('account').publicKey;
    expect(await nats('drop-signing-key', strange)).toMatchObject({ exit: 4, code: 'RR_NATS_SIGNING_KEY_UNKNOWN', stdout: '' });
  });

  it('writes the files when it is run again after it was broken off', async () => {
    const former = await presentKey();
    await nats('rotate-signing-key');
    const blocked = await brokenOffAt(join(folder, configs()[1] ?? ''), () => nats('drop-signing-key', former));
    expect(blocked.exit).not.toBe(0);
    expect(await nats('drop-signing-key', former)).toMatchObject({ exit: 0, stdout: `${former}\n` });
    expect(await keysInFolder()).toEqual([await presentKey()]);
    expect(await nats('drop-signing-key', former)).toMatchObject({ exit: 4, code: 'RR_NATS_SIGNING_KEY_UNKNOWN' });
  });

  it('names a configuration that it could not change', async () => {
    const former = await presentKey();
    await nats('rotate-signing-key');
    const [own = '', leaf = ''] = configs();
    await rm(join(folder, leaf));
    await writeFile(join(folder, own), 'resolver: MEMORY\n');
    const { stderr, exit } = await nats('drop-signing-key', former);
    expect(exit).toBe(0);
    for (const config of [own, leaf]) expect(stderr).toContain(`${join(folder, config)} is not there or has no JWT`);
    expect(await read(own)).toBe('resolver: MEMORY\n');
  });

  it('leaves the new key alone of a rotation that was broken off', async () => {
    await brokenOffAt(join(folder, 'mgmt.creds'), () => nats('rotate-signing-key'));
    const next = nkeyOfSeed('account', await read('account-signing.next.seed')).publicKey;
    expect(await nats('drop-signing-key', next)).toMatchObject({ code: 'RR_OPTION_INVALID' });
  });
});

/** Runs a command that finds a file in its way that cannot be replaced, and puts the former one back. */
async function brokenOffAt(file: string, run: () => Promise<Run>): Promise<Run> {
  const aside = `${file}.aside`;
  await rename(file, aside);
  await mkdir(join(file, 'in-the-way'), { recursive: true });
  const outcome = await run();
  await rm(file, { recursive: true });
  await rename(aside, file);
  return outcome;
}
