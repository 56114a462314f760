import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlPlanePrograms, findServers, findSomeServers } from './find-servers.ts';
import { missingPrograms, programPath, putIntoCache, removeAbandoned, serverFolder } from './server-cache.ts';
import { allServers, etcd, istioPrevious, kubernetes } from './versions.ts';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'reroot-servers-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

function writePrograms(folder: string, names: readonly string[], text = 'a program'): void {
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}

const programsOfKubernetes = kubernetes.programs.map(({ name }) => name);

describe('the cache of servers', () => {
  it('keeps what was filled, whole', async () => {
    expect(missingPrograms(cache, kubernetes)).toEqual(['kube-apiserver', 'kube-controller-manager']);
    await putIntoCache(cache, kubernetes, async (folder) => writePrograms(folder, programsOfKubernetes));
    expect(missingPrograms(cache, kubernetes)).toEqual([]);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  it('keeps nothing of what failed half-way', async () => {
    const filling = putIntoCache(cache, kubernetes, async (folder) => {
      writePrograms(folder, ['kube-apiserver']);
      throw new Error('no room');
    });
    await expect(filling).rejects.toThrow('no room');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('keeps the folder of the faster of two runs', async () => {
    const bothFilled = Promise.withResolvers<undefined>();
    let filled = 0;
    const fill = async (text: string): Promise<void> =>
      putIntoCache(cache, kubernetes, async (folder) => {
        writePrograms(folder, programsOfKubernetes, text);
        filled += 1;
        if (filled === 2) bothFilled.resolve(undefined);
        await bothFilled.promise;
      });
    await Promise.all([fill('first'), fill('second')]);
    expect(missingPrograms(cache, kubernetes)).toEqual([]);
    expect(readdirSync(cache)).toHaveLength(1);
    const texts = programsOfKubernetes.map((name) => readFileSync(programPath(cache, kubernetes, name), 'utf8'));
    expect(new Set(texts).size).toBe(1);
  });

  it('replaces a folder that has lost a program', async () => {
    writePrograms(serverFolder(cache, kubernetes), ['kube-apiserver']);
    expect(missingPrograms(cache, kubernetes)).toEqual(['kube-controller-manager']);
    await putIntoCache(cache, kubernetes, async (folder) => writePrograms(folder, programsOfKubernetes));
    expect(missingPrograms(cache, kubernetes)).toEqual([]);
  });

  it('never takes a server for the same with another patch', () => {
    const [plain, patched] = istioPrevious.programs;
    const other = { ...istioPrevious, programs: [plain, { ...patched, patch: { ...patched.patch, to: 'true' } }] };
    expect(serverFolder(cache, other)).not.toBe(serverFolder(cache, istioPrevious));
  });

  it('removes what killed runs left, and nothing of runs that go on', async () => {
    const [ofOurs, ofNobody, server] = [`partial-${process.pid}-aaaaaa`, 'partial-99999999-bbbbbb', 'etcd-3.7.3-00000000'];
    for (const name of [ofOurs, ofNobody, server]) mkdirSync(join(cache, name));
    await removeAbandoned(cache);
    expect(readdirSync(cache).toSorted()).toEqual([server, ofOurs]);
  });
});

describe('finding the servers', () => {
  it('gives the path of every program', () => {
    for (const server of allServers)
      writePrograms(
        serverFolder(cache, server),
        server.programs.map(({ name }) => name),
      );
    const paths = Object.values(findServers({ REROOT_REAL_SERVERS: cache })) as string[];
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    expect(new Set(paths).size).toBe(allServers.flatMap(({ programs }) => [...programs]).length);
  });

  it('names what is not there, and what to do', () => {
    const remedy = expect.stringContaining('run ./dev test --real');
    const message = expect.stringMatching(/^real servers are missing: .*kube-apiserver/);
    expect(() => findServers({ REROOT_REAL_SERVERS: cache })).toThrow(expect.objectContaining({ message, remedy }));
    expect(() => findServers({})).toThrow(expect.objectContaining({ message: 'REROOT_REAL_SERVERS is not set', remedy }));
  });

  it('asks for no more than those that are named', () => {
    for (const server of [etcd, kubernetes])
      writePrograms(
        serverFolder(cache, server),
        server.programs.map(({ name }) => name),
      );
    expect(Object.keys(findSomeServers(controlPlanePrograms, { REROOT_REAL_SERVERS: cache }))).toEqual([...controlPlanePrograms]);
    const message = expect.stringMatching(/^real servers are missing: [^,]*vault$/);
    expect(() => findSomeServers(['etcd', 'vault'], { REROOT_REAL_SERVERS: cache })).toThrow(
      expect.objectContaining({ message }),
    );
  });

  it('ends a program that needs them with exit code 3 and the remedy, not as an error that nobody foresaw', () => {
    const demo = join(import.meta.dirname, '..', 'demo', 'main.ts');
    const env = { ...process.env, REROOT_REAL_SERVERS: '' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [demo], { env, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/^error: REROOT_REAL_SERVERS is not set\nremedy: run \.\/dev test --real .*\n$/);
  });
});
