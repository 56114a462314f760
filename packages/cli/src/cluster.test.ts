import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterAccounts } from '@reroot/shared/api';
import { parseYaml } from '@reroot/shared/config';
import { type JoinFile, joinFileSchema } from '@reroot/shared/join-file';
import { meshStatus } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { type Run, runCaptured } from './testing/run-captured.ts';

const joinFile: JoinFile = {
  ...{ apiVersion: 'reroot.dev/v1', kind: 'JoinFile', mesh: 'demo', cluster: 'east' },
  nats: { servers: ['tls://nats:4222'], plaintext: 'refused', credentials: { jwt: 'eyJ', seed: 'SUSECRET' } },
  mgmt: { publicKeys: ['-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n'] },
  enrolment: { tokenId: '0123456789abcdef', token: 'A'.repeat(43), expiresAt: '2026-11-29T12:00:00.000Z' },
};
const accounts: ClusterAccounts = {
  clusters: [{ name: 'east', mesh: 'demo', origin: 'added', state: 'enrolled', changing: [], refusedByMgmt: {} }],
  ...{ signingKeys: { current: 'ab'.repeat(32), heldByAll: true }, natsRevocation: 'by-expiry' },
};

let server: MeshServer;
let answer: Answer;
/** To who asks for the mesh. */
let meshAnswer: Answer;
let folder: string;

beforeEach(async () => {
  answer = { status: 201, body: joinFile };
  meshAnswer = { status: 200, body: meshStatus() };
  server = await startMeshServer(({ path }) => (path === '/v1/meshes/demo' ? meshAnswer : answer));
  folder = await mkdtemp(join(tmpdir(), 'reroot-cluster-'));
});

afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const run = (...args: string[]): Promise<Run> => runCaptured(['cluster', '--server', server.url, '--mesh', 'demo', ...args]);
const at = (name: string): string => join(folder, name);
const bodyOf = (): unknown => JSON.parse(server.asked[0]?.body ?? 'null');

describe('reroot cluster add', () => {
  it('writes the join file for its owner alone, and says what it is worth', async () => {
    const added = await run('add', 'east', '--out', at('east.yaml'));
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/v1/clusters' });
    expect(bodyOf()).toEqual({ name: 'east', mesh: 'demo', by: 'ana', mode: 'new' });
    expect((await stat(at('east.yaml'))).mode & 0o777).toBe(0o600);
    expect(parseYaml(await readFile(at('east.yaml'), 'utf8'), joinFileSchema, 'east.yaml')).toEqual(joinFile);
    expect(added).toMatchObject({ exit: 0, stdout: '' });
    expect(added.stderr).toContain('lets one agent enrol for cluster east of mesh demo, once, until 2026-11-29T12:00:00.000Z');
    expect(added.stderr).not.toContain('SUSECRET');
    expect(added.stderr).not.toMatch(/there is no mesh|no NATS credentials/);
  });

  it('asks for what it is told', async () => {
    await writeFile(at('agent.creds'), 'creds');
    const options = ['--valid-for', '30m', '--again', '--by', 'bob', '--nats-credentials', at('agent.creds')];
    await run('add', 'east', '--out', at('east.yaml'), ...options);
    const asked = { name: 'east', mesh: 'demo', by: 'bob', mode: 'again', validForMs: 1_800_000, natsCredentials: 'creds' };
    expect(bodyOf()).toEqual(asked);
  });

  it.each([
    ['30d', 2_592_000_000],
    ['1.1h', 3_960_000],
  ])('takes %s for how long it is good', async (span, validForMs) => {
    await run('add', 'east', '--out', '-', '--valid-for', span);
    expect(bodyOf()).toMatchObject({ validForMs });
  });

  it('says that there is no such mesh yet, and gives the join file all the same', async () => {
    meshAnswer = { status: 404, body: { code: 'RR_MESH_NOT_FOUND', detail: 'there is no mesh demo', remedy: 'r' } };
    const { exit, stdout, stderr } = await run('add', 'east', '--out', '-');
    expect([exit, parseYaml(stdout, joinFileSchema, 'stdout')]).toEqual([0, joinFile]);
    expect(stderr).toContain('there is no mesh demo yet');
  });

  it('gives the join file when mgmt does not say whether there is such a mesh', async () => {
    meshAnswer = { status: 500, body: { code: 'RR_INTERNAL', detail: 'd', remedy: 'r' } };
    const { exit, stderr } = await run('add', 'east', '--out', at('east.yaml'));
    expect([exit, await readdir(folder)]).toEqual([0, ['east.yaml']]);
    expect(stderr).not.toContain('there is no mesh');
  });

  it('says what to do about a join file without NATS credentials', async () => {
    const { servers, plaintext } = joinFile.nats;
    answer = { status: 201, body: { ...joinFile, nats: { servers, plaintext } } };
    const { exit, stderr } = await run('add', 'east', '--out', '-');
    expect(exit).toBe(0);
    expect(stderr).toMatch(/no NATS credentials: .*--again and --nats-credentials FILE/);
  });

  it('gives the join file on stdout when it is asked to, and no file', async () => {
    const { stdout } = await run('add', 'east', '--out', '-');
    expect(parseYaml(stdout, joinFileSchema, 'stdout')).toEqual(joinFile);
    expect(await readdir(folder)).toEqual([]);
  });

  it('shows no secret on stdout beside a file', async () => {
    const { stdout } = await run('add', 'east', '--out', at('east.yaml'), '-o', 'json');
    expect(JSON.parse(stdout)).toEqual({
      ...{ file: at('east.yaml'), mesh: 'demo', cluster: 'east', expiresAt: '2026-11-29T12:00:00.000Z' },
    });
  });

  it('overwrites nothing, and then asks for nothing', async () => {
    await writeFile(at('east.yaml'), 'of somebody else');
    expect(await run('add', 'east', '--again', '--out', at('east.yaml'))).toMatchObject({
      ...{ code: 'RR_FILE_EXISTS', remedy: expect.stringContaining('another file with --out') },
    });
    expect(await readFile(at('east.yaml'), 'utf8')).toBe('of somebody else');
    expect(await run('add', 'east', '--out', at('no/folder.yaml'))).toMatchObject({ code: 'RR_FILE_UNWRITABLE' });
    expect(server.asked).toEqual([]);
  });

  it('leaves no file behind when mgmt refuses', async () => {
    answer = { status: 409, body: { code: 'RR_CLUSTER_EXISTS', detail: 'cluster east was added already', remedy: 'r' } };
    expect(await run('add', 'east', '--out', at('east.yaml'))).toMatchObject({ exit: 4, code: 'RR_CLUSTER_EXISTS' });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a name that leads elsewhere', ['add', '../east'], 'RR_NAME_INVALID'],
    ['a time that is none', ['add', 'east', '--valid-for', 'soon'], 'RR_OPTION_INVALID'],
    ['a time that mgmt does not give', ['add', 'east', '--valid-for', '30.1d'], 'RR_OPTION_INVALID'],
    [
      'credentials that are not there',
      ['add', 'east', '--out', '-', '--nats-credentials', 'no-such-file'],
      'RR_CONFIG_UNREADABLE',
    ],
    ['no name', ['add'], 'RR_OPTION_INVALID'],
  ])('with %s asks nothing', async (_, args, code) => {
    expect(await run(...args)).toMatchObject({ code, stdout: '' });
    expect(server.asked).toEqual([]);
  });

  it('does not take over a file that somebody put there for it to fill', async () => {
    await writeFile(at('east.yaml'), '');
    await chmod(at('east.yaml'), 0o666);
    expect(await run('add', 'east', '--out', at('east.yaml'))).toMatchObject({ code: 'RR_FILE_EXISTS' });
  });
});

describe('reroot cluster', () => {
  beforeEach(() => {
    answer = { status: 200, body: accounts };
  });

  it('list shows every cluster, and exactly what mgmt answered as JSON', async () => {
    const { stdout, exit } = await run('list');
    expect([exit, server.asked[0]?.method, server.asked[0]?.path]).toEqual([0, 'GET', '/v1/clusters?limit=1000']);
    expect(stdout).toMatch(/^CLUSTER +MESH +STATE.*\neast +demo +enrolled/);
    expect(JSON.parse((await run('list', '-o', 'json')).stdout)).toEqual(accounts);
  });

  it.each([
    [['rename', 'east', 'north'], '/v1/clusters/east/rename', { to: 'north' }, /east is called north/],
    [['rotate-credentials', 'east'], '/v1/clusters/east/rotate-credentials', {}, /is to make new keys/],
    [['revoke', 'east'], '/v1/clusters/east/revoke', {}, /is shut out/],
  ])('%j asks for it with a name and a reason', async (args, path, body, said) => {
    const { stderr, stdout } = await run(...args, '--why', 'a test');
    expect(server.asked).toMatchObject([{ method: 'POST', path }]);
    expect(bodyOf()).toEqual({ ...body, by: 'ana', why: 'a test' });
    expect(stderr).toMatch(said);
    expect(stdout).toContain('CLUSTER');
  });

  it('revoke says how long the connection to NATS lasts that mgmt cannot cut', async () => {
    expect((await run('revoke', 'east', '--why', 'w')).stderr).toMatch(/last until their JWT expires/);
    answer = { status: 200, body: { ...accounts, natsRevocation: 'in-force' } };
    expect((await run('revoke', 'east', '--why', 'w')).stderr).toMatch(/NATS has cut its connections/);
  });

  it.each([[['rename', 'east', 'north']], [['rotate-credentials', 'east']], [['revoke', 'east']]])(
    '%j without a reason asks nothing',
    async (args) => {
      expect(await run(...args)).toMatchObject({ code: 'RR_OPTION_INVALID' });
      expect(server.asked).toEqual([]);
    },
  );
});
