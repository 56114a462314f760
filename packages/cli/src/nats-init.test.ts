import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Run, runCaptured } from './testing/run-captured.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'reroot-nats-init-'));
  folder = join(parent, 'nats');
});

afterEach(() => rm(parent, { recursive: true }));

const init = (...args: readonly string[]): Promise<Run> => runCaptured(['nats', 'init', '--out', folder, ...args]);
const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
const certificateIn = async (path: string): Promise<X509Certificate> => new X509Certificate(await read(`${path}/server.crt`));

async function filesIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe('reroot nats init', () => {
  it('writes what one server, mgmt and the operator need, secrets for the owner alone', async () => {
    const run = await init('--host', 'nats.example.com');
    expect(run.exit).toBe(0);
    const found = await filesIn(folder);
    const modes = await Promise.all(found.map(async (file) => [file.slice(folder.length + 1), await modeOf(file)]));
    expect(Object.fromEntries(modes)).toEqual({
      'account-signing.seed': '600',
      'account.jwt': '644',
      'ca.crt': '644',
      'ca.key': '600',
      'mgmt.creds': '600',
      'operator-signing.seed': '600',
      'operator.jwt': '644',
      'operator.seed': '600',
      'servers/nats.example.com/ca.crt': '644',
      'servers/nats.example.com/nats-server.conf': '644',
      'servers/nats.example.com/server.crt': '644',
      'servers/nats.example.com/server.key': '600',
      'system-signing.seed': '600',
      'system.creds': '600',
      'system.jwt': '644',
    });
    expect(await modeOf(folder)).toBe('700');
    for (const file of found) expect(run.stdout).toContain(file);
  });

  it('shows no secret', async () => {
    const run = await init('--host', 'a.example.com', '--leaf', 'b.example.com', '-o', 'json');
    const { files } = JSON.parse(run.stdout) as { files: { file: string; secret: boolean }[] };
    const secrets = files.filter(({ secret }) => secret).map(({ file }) => file);
    expect(secrets.length).toBe(11);
    for (const file of secrets) {
      expect(await modeOf(file)).toBe('600');
      const text = await readFile(file, 'utf8');
      const [, seed] = /^(S[OAU]\w{56})$/m.exec(text) ?? [undefined, text.split('\n')[1]];
      expect(seed?.length).toBeGreaterThan(50);
      expect(run.stdout + run.stderr).not.toContain(seed);
    }
    const publicFiles = files.filter(({ secret }) => !secret).map(({ file }) => file);
    for (const file of publicFiles) expect(await readFile(file, 'utf8')).not.toMatch(/S[OAU][A-Z2-7]{56}|PRIVATE/);
  });

  it('says what goes into the configuration of mgmt', async () => {
    const run = await init('--host', 'a.example.com', '--host', '[2001:db8::2]:4333');
    const [, claims = ''] = (await read('account.jwt')).split('.');
    const { sub: account } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
    for (const line of [
      'servers: ["tls://a.example.com:4222", "tls://[2001:db8::2]:4333"]',
      `caFile: "${folder}/ca.crt"`,
      `credentialsFile: "${folder}/mgmt.creds"`,
      `account: ${account}`,
      `signingKeyFile: "${folder}/account-signing.seed"`,
      `operatorSigningKeyFile: "${folder}/operator-signing.seed"`,
      `systemCredentialsFile: "${folder}/system.creds"`,
    ]) {
      expect(run.stderr).toContain(`${line}\n`);
    }
  });

  it('names each server in its certificate, and lets a leaf node pass for no server of a cluster', async () => {
    await init('--host', 'A.example.com', '--host', '192.0.2.7', '--host', '[2001:db8::2]', '--leaf', 'localhost:4333');
    const [byName, byAddress, byLongAddress, leaf] = await Promise.all(
      ['servers/a.example.com', 'servers/192.0.2.7', 'servers/2001-db8--2', 'leaf-nodes/localhost-4333'].map(certificateIn),
    );
    expect(byName?.checkHost('a.example.com')).toBe('a.example.com');
    expect(byName?.checkHost('b.example.com')).toBeUndefined();
    expect(byAddress?.checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(byLongAddress?.checkIP('2001:db8::2')).toBe('2001:db8::2');
    expect(leaf?.checkHost('localhost')).toBe('localhost');
    const [serverAuth, clientAuth] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];
    expect(byName?.keyUsage).toEqual([serverAuth, clientAuth]);
    expect(leaf?.keyUsage).toEqual([serverAuth]);
    const ca = new X509Certificate(await read('ca.crt'));
    for (const each of [byName, byAddress, byLongAddress, leaf]) expect(each?.verify(ca.publicKey)).toBe(true);
  });

  it('joins several servers to a cluster, and one to none', async () => {
    await init('--host', 'a.example.com', '--host', 'b.example.com:5222');
    const config = await read('servers/a.example.com/nats-server.conf');
    expect(config).toMatch(/routes: \[\s+"tls:\/\/b\.example\.com:7222"\s+\]/);
    expect(config).toContain('listen: "0.0.0.0:6222"');
    expect(config).toContain('verify: true');
    folder = join(parent, 'single');
    await init('--host', 'a.example.com');
    expect(await read('servers/a.example.com/nats-server.conf')).not.toMatch(/cluster|leafnodes/);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('listens to this machine alone when the host is %s', async (host) => {
    await init('--host', host, '--host', `${host}:5000`, '--leaf', `${host}:6000`);
    const configs = (await filesIn(folder)).filter((file) => file.endsWith('.conf'));
    const listening = (await Promise.all(configs.map((file) => readFile(file, 'utf8')))).flatMap((text) => [
      ...text.matchAll(/listen: "(.*)"/g),
    ]);
    expect(listening.length).toBe(7);
    for (const [, address] of listening) expect(address).toMatch(/^(127\.0\.0\.1|\[::1\]):\d+$/);
  });

  it.each([
    ['an URL', ['--host', 'tls://a.example.com'], 'RR_OPTION_INVALID'],
    ['a port out of range', ['--host', 'a.example.com:62336'], 'RR_OPTION_INVALID'],
    ['an address without brackets', ['--host', '2001:db8::2'], 'RR_OPTION_INVALID'],
    ['the same server twice', ['--host', 'a.example.com', '--host', 'A.EXAMPLE.com:4222'], 'RR_OPTION_INVALID'],
    ['a port that a neighbour needs', ['--host', 'a.example.com', '--leaf', 'a.example.com:6222'], 'RR_OPTION_INVALID'],
    ['no server', [], 'RR_OPTION_INVALID'],
    ['a name that no certificate can hold', ['--host', 'a_b.example.com'], 'RR_PKI_CANNOT_ISSUE'],
  ])('writes nothing for %s', async (_, args, code) => {
    const run = await init(...args);
    expect(run).toMatchObject({ exit: 2, code });
    expect(await readdir(parent)).toEqual([]);
  });

  it('takes a folder that is empty', async () => {
    await mkdir(folder);
    expect((await init('--host', 'a.example.com')).exit).toBe(0);
    expect(await modeOf(folder)).toBe('700');
  });

  it('touches no folder that holds something, and no file', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'mine'), 'mine');
    expect(await init('--host', 'a.example.com')).toMatchObject({ exit: 4, code: 'RR_FILE_EXISTS', place: folder });
    expect(await filesIn(parent)).toEqual([join(folder, 'mine')]);
    folder = join(folder, 'mine');
    expect(await init('--host', 'a.example.com')).toMatchObject({ exit: 4, code: 'RR_FILE_EXISTS', place: folder });
    expect(await readFile(folder, 'utf8')).toBe('mine');
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const reason = new Error('interrupted');
    const run = await runCaptured(['nats', 'init', '--out', folder, '--host', 'a.example.com'], {
      signal: AbortSignal.abort(reason),
    });
    expect(run.message).toBe('interrupted');
    expect(await readdir(parent)).toEqual([]);
  });
});

describe('reroot nats renew-certificates', () => {
  it('gives every server and leaf node a new certificate and key for the same hosts', async () => {
    await init('--host', 'a.example.com', '--host', '[2001:db8::2]', '--leaf', '192.0.2.7');
    const paths = ['servers/a.example.com', 'servers/2001-db8--2', 'leaf-nodes/192.0.2.7'];
    const before = await Promise.all(paths.map(certificateIn));
    const run = await runCaptured(['nats', 'renew-certificates', '--dir', folder]);
    expect(run.exit).toBe(0);
    const after = await Promise.all(paths.map(certificateIn));
    for (const [index, path] of paths.entries()) {
      expect(after[index]?.fingerprint256).not.toBe(before[index]?.fingerprint256);
      expect(after[index]?.subjectAltName).toBe(before[index]?.subjectAltName);
      expect(after[index]?.keyUsage).toEqual(before[index]?.keyUsage);
      expect(await modeOf(join(folder, path, 'server.key'))).toBe('600');
      expect(run.stdout).toContain(join(folder, path, 'server.crt'));
    }
    expect((await filesIn(folder)).filter((file) => file.endsWith('.new'))).toEqual([]);
  });

  it('names the file that is not there', async () => {
    await init('--host', 'a.example.com');
    await rm(join(folder, 'ca.key'));
    const run = await runCaptured(['nats', 'renew-certificates', '--dir', folder]);
    expect(run).toMatchObject({ exit: 2, code: 'RR_CONFIG_UNREADABLE', place: join(folder, 'ca.key') });
    expect(await runCaptured(['nats', 'renew-certificates', '--dir', parent])).toMatchObject({ code: 'RR_CONFIG_UNREADABLE' });
  });
});

describe('reroot nats drop-signing-key', () => {
  it('refuses the key that signs users now', async () => {
    await init('--host', 'a.example.com');
    const { nkeyOfSeed } = await import('@reroot/shared/nats-auth');
    const { publicKey } = nkeyOfSeed('account', await read('account-signing.seed'));
    const run = await runCaptured(['nats', 'drop-signing-key', publicKey, '--dir', folder, '--host', '127.0.0.1:1']);
    expect(run).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
  });
});
