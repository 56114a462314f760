import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository } from '../architecture/sources.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const programs = ['reroot-agent', 'reroot-mgmt', 'reroot'];
const told = { REROOT_COMMIT: '0123abcd', SOURCE_DATE_EPOCH: '1795946400' };
const maxAgentBytes = 4 * 2 ** 20;

interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with nothing in its environment, in a folder with nothing in it. */
async function runAlone(program: string, args: readonly string[], cwd: string): Promise<Outcome> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, ...args], { cwd, env: {}, timeout: 60_000 });
    return { exit: 0, stdout, stderr };
  } catch (thrown) {
    const { code, stdout, stderr } = thrown as { code: number; stdout: string; stderr: string };
    return { exit: code, stdout, stderr };
  }
}

async function bundleInto(folder: string, root = repository): Promise<void> {
  const env = { ...process.env, ...told };
  await promisify(execFile)(process.execPath, [join(root, 'tools/bundle.ts'), '--out', folder], { env, cwd: root });
}

/** The sources at another place, as another machine has them. */
async function copySources(folder: string): Promise<void> {
  const left = new Set(['node_modules', 'dist', '.git', '.cache', 'docs', 'artifacts']);
  const isSource = (path: string): boolean => !path.split('/').some((part) => left.has(part) || part.startsWith('.draft-'));
  const inside = (path: string): string => path.slice(repository.length);
  await cp(repository, folder, { recursive: true, filter: (path) => isSource(inside(path)) });
  for (const at of ['.', ...(await readdir(join(repository, 'packages'))).map((name) => `packages/${name}`), 'test']) {
    await linkModules(join(repository, at, 'node_modules'), join(folder, at, 'node_modules'));
  }
}

/** What is installed is a folder of links into .pnpm, and into packages beside: relative ones, which lead into the copy. */
async function linkModules(from: string, to: string): Promise<void> {
  const entries = await readdir(from).catch(() => []);
  if (entries.length === 0) return;
  await mkdir(to, { recursive: true });
  await promisify(execFile)('cp', ['--archive', '--link', `${from}/.`, to]);
}

let dir = '';
let bundles = '';
let empty = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-bundles-'));
  bundles = join(dir, 'bundles');
  empty = join(dir, 'empty');
  await mkdir(empty);
  await bundleInto(bundles);
  await chmod(empty, 0o555);
}, 300_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

/** A program alone in a folder. */
async function placeAlone(name: string): Promise<string> {
  const folder = await mkdtemp(join(dir, `${name}-`));
  await copyFile(join(bundles, `${name}.mjs`), join(folder, `${name}.mjs`));
  await chmod(folder, 0o555);
  return join(folder, `${name}.mjs`);
}

describe('a program as one file', { timeout: 300_000 }, () => {
  it('is the same, to the byte, from sources that lie elsewhere', async () => {
    const elsewhere = join(dir, 'another', 'place', 'of-the-sources');
    await copySources(elsewhere);
    const again = join(dir, 'again');
    await bundleInto(again, elsewhere);
    const digests = async (folder: string): Promise<Record<string, string>> => {
      const names = (await readdir(folder)).toSorted();
      const contents = await Promise.all(names.map((name) => readFile(join(folder, name))));
      return Object.fromEntries(
        names.map((name, at) => [
          name,
          createHash('sha256')
            .update(contents[at] ?? '')
            .digest('hex'),
        ]),
      );
    };
    const first = await digests(bundles);
    expect(Object.keys(first)).toHaveLength(4 * programs.length);
    expect(await digests(again)).toEqual(first);
  });

  it.each(programs)('says nothing of the machine that made it: %s', async (name) => {
    const text = await readFile(join(bundles, `${name}.mjs`), 'utf8');
    for (const place of [repository, dir, tmpdir()]) expect(text.includes(place)).toBe(false);
  });

  it('is small enough, where it runs in each cluster', async () => {
    expect((await readFile(join(bundles, 'reroot-agent.mjs'))).length).toBeLessThan(maxAgentBytes);
  });

  it.each(programs)('is ASCII, for one other character would have V8 hold all of it in two bytes each: %s', async (name) => {
    const bytes = await readFile(join(bundles, `${name}.mjs`));
    const other = bytes.findIndex((byte) => byte > 0x7f);
    expect(other === -1 ? '' : bytes.subarray(other - 20, other + 20).toString()).toBe('');
  });

  it.each(programs)('has no import of what Node has by itself, which would read all that it exports: %s', async (name) => {
    const text = await readFile(join(bundles, `${name}.mjs`), 'utf8');
    expect(text.match(/\b(?:from|import) ?"node:[^"]+"/g)).toBeNull();
  });

  it.each(programs)('tells version and commit, and its help, with nothing around it: %s', async (name) => {
    const program = await placeAlone(name);
    const version = await runAlone(program, ['--version'], empty);
    expect(version).toMatchObject({ exit: 0, stderr: '' });
    expect(version.stdout).toMatch(new RegExp(`^${name} 0\\.1\\.0 · commit 0123abcd of 2026-11-29T10:00:00Z · node v\\S+\\n$`));
    const help = await runAlone(program, ['--help'], empty);
    expect(help).toMatchObject({ exit: 0, stderr: '' });
    expect(help.stdout.toLowerCase()).toMatch(new RegExp(`^usage: ${name} `));
    expect(await readdir(empty)).toEqual([]);
  });

  it('is the whole client: every verb explains itself, and what it knows of errors is in it', async () => {
    const program = await placeAlone('reroot');
    const { stdout } = await runAlone(program, ['explain', 'RR_NATS_UNREACHABLE'], empty);
    expect(stdout).toMatch(/^RR_NATS_UNREACHABLE · error code\n/);
    expect((await runAlone(program, ['status'], empty)).exit).toBe(3);
    expect((await runAlone(program, ['help', 'nats', 'init'], empty)).exit).toBe(0);
  });

  it.each([
    ['reroot-agent', 2, 'error RR_KUBECONFIG_INVALID'],
    ['reroot-mgmt', 3, 'error RR_NATS_UNREACHABLE'],
  ])('starts up to what is not there, which is cluster or bus: %s', async (name, code, problem) => {
    const program = await placeAlone(name);
    const place = await mkdtemp(join(dir, 'config-'));
    const keygen = ['keygen', '--out', join(place, 'key')];
    const { stdout: publicKey } = await runAlone(join(bundles, 'reroot.mjs'), keygen, place);
    await writeFile(join(place, 'passphrase'), 'a passphrase of a test\n', { mode: 0o600 });
    const common = {
      nats: { servers: [`nats://127.0.0.1:${await freePort()}`] },
      identity: { privateKeyFile: join(place, 'key') },
    };
    const own =
      name === 'reroot-mgmt'
        ? { dataDir: join(place, 'data'), keyStore: { passphraseFile: join(place, 'passphrase') }, api: { port: 0 } }
        : { mesh: 'demo', cluster: 'east', mgmt: { publicKeys: [publicKey] }, kubernetes: {} };
    const config = join(place, 'config.yaml');
    await writeFile(config, JSON.stringify({ ...common, ...own }));
    const { exit, stderr } = await runAlone(program, ['--config', config], empty);
    expect({ exit, stderr }).toEqual({ exit: code, stderr: expect.stringContaining(problem) as string });
  });

  it('rotates a root, and serves the dashboard that is part of it', async () => {
    const program = await placeAlone('reroot-mgmt');
    const mesh = await launchSimulatedMesh({ clusters: 2, ratePerSecond: 50, mgmtProgram: pathToFileURL(program) });
    try {
      await mesh.rotate();
      await mesh.until('the rotation to finish', ({ state }) => state === 'FINISHED');
      expect((await mesh.traffic()).failed).toBe(0);
      const page = await fetch(new URL('/ui/', mesh.api.server));
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('assets/index-')]);
    } finally {
      await mesh.stop();
    }
  });
});
