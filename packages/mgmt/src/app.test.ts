import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '@reroot/shared/clock';
import { createSequence, generateIdentity, identityFromPem, type Report, sealMessage, subjects } from '@reroot/shared/protocol';
import { freePort, startNatsServer, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCsr } from './testing/certificates.ts';
import {
  apply,
  call,
  clientOf,
  type Installation,
  makeInstallation,
  reach,
  rotate,
  settle,
  signal,
} from './testing/installation.ts';
import { meshDocument } from './testing/mesh-document.ts';
import { recordLog } from './testing/recorded-log.ts';
import { mgmtVersion } from './version.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

describe('mgmt', () => {
  it('brings a new mesh to its first root, and rotates it to another, one row at a time', async () => {
    const mgmt = await installation.start();
    const agents = ['east', 'west'].map((cluster) => installation.agent(cluster));
    expect(await apply(mgmt)).toMatchObject({ mesh: 'demo', state: 'NOT_ROTATING', generation: 1, term: 1 });
    const before = await settle(mgmt);
    expect(before.clusters).toMatchObject([
      { name: 'east', presence: 'reporting', replicas: { reached: 2, total: 2 }, workloads: { reached: 4, total: 4 } },
      { name: 'west', presence: 'reporting', signerRoot: before.roots[0]?.fingerprint },
    ]);

    const { rotation, ...started } = await rotate(mgmt);
    expect(started).toMatchObject({ state: 'ADDING_NEW_ROOT', generation: 2 });
    expect(rotation).toMatchObject({ startedBy: 'ann', oldRoot: before.roots[0]?.fingerprint });
    const after = await reach(mgmt, 'the rotation finishes', ({ state }) => state === 'FINISHED');
    expect(after.roots.map(({ role }) => role)).toEqual(['old', 'current']);
    expect(agents.map(({ told }) => told?.roots.length)).toEqual([1, 1]);
    expect(after.clusters.map(({ roots }) => roots)).toEqual([[rotation?.newRoot], [rotation?.newRoot]]);

    const history = await clientOf(mgmt).readHistory('demo', signal);
    expect(history.map(({ state }) => state)).toEqual([
      'NOT_ROTATING',
      // Started, and then told to every cluster.
      'ADDING_NEW_ROOT',
      'ADDING_NEW_ROOT',
      'VERIFYING',
      'VERIFIED',
      'PROPAGATING_NEW_INTERMEDIATE',
      'VERIFYING',
      'VERIFIED',
      'DELETING_OLD_ROOT',
      'VERIFYING',
      'VERIFIED',
      'FINISHED',
    ]);
  });

  it('waits for a person where the mesh says so, and can be sent back', async () => {
    const mgmt = await installation.start();
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'], verification: 'manual' });
    await settle(mgmt);
    const { rotation } = await rotate(mgmt);
    const waiting = await reach(mgmt, 'it waits', ({ verdict }) => verdict.reason === 'AwaitingVerification');
    const client = clientOf(mgmt);
    const answer = {
      rotationId: rotation?.id ?? '',
      step: 'ADDING_NEW_ROOT',
      generation: waiting.generation,
      action: 'ROLLBACK',
      by: 'bob',
      why: 'the graphs look odd',
    } as const;
    const stale = client.answerVerification('demo', { ...answer, generation: 99 }, signal);
    await expect(stale).rejects.toMatchObject({ code: 'RR_APPROVAL_STALE' });
    const back = await client.answerVerification('demo', answer, signal);
    expect(back).toMatchObject({ step: 'PREVIOUS_CA', direction: 'back' });
    const { generation } = await reach(mgmt, 'the row before is proven', ({ state }) => state === 'VERIFYING');
    const onward = { ...answer, step: 'PREVIOUS_CA', generation, action: 'CONTINUE', why: 'fine' } as const;
    await client.answerVerification('demo', onward, signal);
    const rolledBack = await reach(mgmt, 'it rests', ({ state }) => state === 'PREVIOUS_CA');
    expect(rolledBack.roots.map(({ role }) => role)).toEqual(['current', 'new']);
  });

  it('names the cluster that it waits for, and goes on when that one follows', async () => {
    const mgmt = await installation.start();
    installation.agent('east');
    const west = installation.agent('west');
    await apply(mgmt);
    await settle(mgmt);
    west.behave('hold');
    await rotate(mgmt);
    const held = await reach(mgmt, 'east is done', ({ clusters }) => clusters[0]?.verdict.passed === true);
    expect(held).toMatchObject({ state: 'ADDING_NEW_ROOT', verdict: { passed: false, reason: 'GenerationNotApplied' } });
    expect(held.verdict.laggards).toMatchObject([{ cluster: 'west' }]);
    west.behave('follow');
    await reach(mgmt, 'the rotation finishes', ({ state }) => state === 'FINISHED');
  });

  it('notices silence', async () => {
    const mgmt = await installation.start();
    const east = installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    east.behave('mute');
    const silent = await reach(mgmt, 'silence is noticed', ({ clusters }) => clusters[0]?.presence === 'silent');
    expect(silent.verdict.reason).toBe('ClusterSilent');
  });

  it('goes on in each step after a restart, under a higher term, on fresh evidence alone', async () => {
    let mgmt = await installation.start();
    const [east, west] = [installation.agent('east'), installation.agent('west')];
    await apply(mgmt);
    await settle(mgmt);
    west.behave('hold');
    await rotate(mgmt);
    for (const [index, step] of ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'].entries()) {
      const reached = await reach(
        mgmt,
        `${step} waits for west`,
        (status) => status.state === step && east.generation === status.generation,
      );
      await mgmt.stop();
      mgmt = await installation.start();
      const again = await reach(mgmt, 'the same step', (status) => status.clusters[0]?.verdict.passed === true);
      expect(again).toMatchObject({ state: step, generation: reached.generation, term: index + 2 });
      west.behave('follow', again.generation);
    }
    west.behave('follow');
    await reach(mgmt, 'the rotation finishes', ({ state }) => state === 'FINISHED');
  });

  it('tells an agent at once that reports out of date', async () => {
    const mgmt = await installation.start({ config: installation.config({ timings: { tickMs: 50, resyncMs: 600_000 } }) });
    await apply(mgmt, { clusters: ['east'] });
    const east = installation.agent('east');
    // The word at the creation of the mesh went to nobody; another comes a second later at the earliest.
    await waitFor(
      () => {
        east.report();
        return east.generation === 1;
      },
      { timeoutMs: 5_000, what: 'east is told' },
    );
    await settle(mgmt);
  });

  it('is not ready without the bus, and goes on by itself when that comes back', async () => {
    const mgmt = await installation.start();
    const east = installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    const before = east.sent.length;
    const { port } = installation.nats;
    await installation.nats.kill();
    const answer = await waitFor(() => notReady(mgmt), { timeoutMs: 5_000, what: 'not ready' });
    expect(answer.body).toMatchObject({ code: 'RR_API_NOT_READY' });
    const again = await startNatsServer({ port });
    await waitFor(() => (east.sent.length > before ? true : undefined), {
      timeoutMs: 10_000,
      what: 'a report after the reconnection',
    });
    // Each comes back after a random wait of its own, and mgmt may be the later one.
    const isReady = async (): Promise<boolean> => (await call(mgmt, 'GET', '/readyz')).status === 200;
    await waitFor(isReady, { timeoutMs: 10_000, what: 'mgmt is ready again' });
    await again.stop();
  });
});

async function notReady(mgmt: Parameters<typeof call>[0]) {
  const answer = await call(mgmt, 'GET', '/readyz');
  return answer.status === 503 ? answer : undefined;
}

describe('what comes over the bus', () => {
  const emptyReport: Report = {
    appliedTerm: 1,
    appliedGeneration: 1,
    takenAtMs: 0,
    agentVersion: 'x',
    clusterUid: 'x',
    certificates: [],
    written: undefined,
    replicas: [],
    namespaces: [],
    workloads: [],
    problems: [],
    nudges: 0,
  };
  const sealed = (identity: ReturnType<typeof identityFromPem>, mesh: string, cluster: string, sealedFor = cluster) =>
    sealMessage({
      subject: subjects.report(mesh, sealedFor),
      address: { mesh, cluster: sealedFor, term: 1, generation: 1 },
      message: { kind: 'report', body: emptyReport },
      identity,
      sequence: createSequence(systemClock).next(),
      sentAtMs: systemClock.now(),
    });

  it('is refused when it is forged, of another cluster, replayed, garbage or of no member, and changes nothing', async () => {
    const log = recordLog();
    const mgmt = await installation.start({ log });
    const east = installation.agent('east');
    await apply(mgmt, { clusters: ['east', 'west'] });
    await reach(mgmt, 'east holds the root', ({ clusters }) => clusters[0]?.verdict.passed === true);
    east.behave('mute');
    const refused = async (cluster: string, payload: Uint8Array, code: string): Promise<void> => {
      installation.bus.publish(subjects.report('demo', cluster), payload);
      await waitFor(() => log.find({ msg: 'a report was refused', code }), { timeoutMs: 5_000, what: code });
    };
    const stranger = identityFromPem(generateIdentity().privateKeyPem);
    await refused('east', sealed(stranger, 'demo', 'east'), 'RR_PROTOCOL_UNKNOWN_KEY');
    await refused('east', sealed(installation.identity('west'), 'demo', 'east'), 'RR_PROTOCOL_UNKNOWN_KEY');
    await refused('east', east.sent.at(-1)!, 'RR_PROTOCOL_REPLAYED');
    await refused('east', Uint8Array.of(1, 2, 3), 'RR_PROTOCOL_MALFORMED');
    await refused('north', sealed(installation.identity('north'), 'demo', 'north'), 'RR_REPORT_NOT_MEMBER');
    const { clusters } = await clientOf(mgmt).readMesh('demo', signal);
    expect(clusters).toMatchObject([{ verdict: { passed: true } }, { presence: 'never-seen' }]);
  });

  it('is no evidence when an earlier mgmt was meant: a report of before the restart proves nothing', async () => {
    let mgmt = await installation.start();
    const east = installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    await mgmt.stop();
    east.behave('mute');
    mgmt = await installation.start();
    installation.bus.publish(subjects.report('demo', 'east'), east.sent.at(-1)!);
    const status = await reach(mgmt, 'the report is seen', ({ clusters }) => clusters[0]?.presence === 'reporting');
    expect(status.verdict).toMatchObject({ passed: false, reason: 'GenerationNotApplied' });
    expect(status.clusters[0]?.problems).toMatchObject([{ code: 'RR_REPORT_OTHER_TERM' }]);
  });

  it('is answered with the same intermediate each time, and with a refusal that says why', async () => {
    const mgmt = await installation.start();
    const east = installation.agent('east');
    east.behave('mute');
    const { roots } = await apply(mgmt, { clusters: ['east'] });
    const root = roots[0]!.fingerprint;
    const csr = await makeCsr();
    const [first, second] = [await east.ask(root, csr), await east.ask(root, csr)];
    expect(first.kind).toBe('issued');
    expect(second).toEqual(first);
    await mgmt.stop();
    await installation.start();
    expect(await east.ask(root, csr)).toEqual(first);
    expect(await east.ask('f'.repeat(64), csr)).toMatchObject({ kind: 'refused', problem: { code: 'RR_ISSUE_WRONG_ROOT' } });
    expect(await east.ask(root, Uint8Array.of(1))).toMatchObject({ kind: 'refused', problem: { code: 'RR_PKI_BAD_CSR' } });
  });

  it('of a cluster outside the mesh is refused an intermediate, and a forged request gets no answer', async () => {
    const log = recordLog();
    const mgmt = await installation.start({ log });
    const { roots } = await apply(mgmt, { clusters: ['east'] });
    const root = roots[0]!.fingerprint;
    const north = installation.agent('north');
    expect(await north.ask(root)).toMatchObject({ kind: 'refused', problem: { code: 'RR_ISSUE_NOT_MEMBER' } });
    installation.bus.publish(subjects.issue('demo', 'east'), sealed(installation.identity('west'), 'demo', 'east'));
    await waitFor(() => log.find({ msg: 'a request for an intermediate was not answered' }), {
      timeoutMs: 5_000,
      what: 'a refusal',
    });
  });
});

describe('a start of mgmt', () => {
  it('is refused while another one has the store', async () => {
    await installation.start();
    await expect(installation.start()).rejects.toMatchObject({ code: 'RR_STORE_LOCKED' });
  });

  it('is refused when the port is taken, and leaves the store free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await waitFor(() => (other.listening ? true : undefined), { timeoutMs: 5_000, what: 'a listener' });
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const taken = installation.config({ api: { port } });
    await expect(installation.start({ config: taken })).rejects.toMatchObject({
      code: 'RR_ADDRESS_IN_USE',
      place: `127.0.0.1:${port}`,
    });
    other.close();
    await installation.start();
  });

  it('is refused without a nats-server, and leaves the store free', async () => {
    const config = installation.config({ nats: { servers: [`nats://127.0.0.1:${await freePort()}`] } });
    await expect(installation.start({ config })).rejects.toMatchObject({ code: 'RR_NATS_UNREACHABLE' });
    await installation.start();
  });

  it('is refused when the keys of its roots are gone, and makes no others', async () => {
    const mgmt = await installation.start();
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await mgmt.stop();
    const keys = join(installation.dir, 'data', 'keys');
    await rm(keys, { recursive: true });
    await expect(installation.start()).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING', place: keys });
    expect(existsSync(keys)).toBe(false);
  });

  it('is refused when the keys of a mesh are gone whose record is damaged, for they may be needed', async () => {
    const mgmt = await installation.start();
    await apply(mgmt, { clusters: ['east'] });
    await mgmt.stop();
    const database = new DatabaseSync(join(installation.dir, 'data', 'reroot.db'));
    database.exec(`UPDATE mesh SET record = '{}'`);
    database.close();
    await rm(join(installation.dir, 'data', 'keys'), { recursive: true });
    await expect(installation.start()).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
  });

  it('is refused with another passphrase, and changes no key', async () => {
    await (await installation.start()).stop();
    const keyStore = { passphraseFile: await installation.writeSecret('other', 'another passphrase') };
    const dataDir = join(installation.dir, 'data');
    const before = await readFile(join(dataDir, 'keys', 'passphrase-check.json'));
    await expect(installation.start({ config: installation.config({ keyStore }) })).rejects.toMatchObject({
      code: 'RR_KEYSTORE_WRONG_PASSPHRASE',
    });
    expect(await readFile(join(dataDir, 'keys', 'passphrase-check.json'))).toEqual(before);
  });

  it('is refused beyond this machine without a token', async () => {
    const config = installation.config({ api: { host: '0.0.0.0', port: 0 } });
    await expect(installation.start({ config })).rejects.toMatchObject({ code: 'RR_API_TOKEN_REQUIRED' });
  });

  it('asks for the token where there is one', async () => {
    const tokenFile = await installation.writeSecret('token', 'a-token-of-some-length\n');
    const mgmt = await installation.start({ config: installation.config({ api: { port: 0, tokenFile } }) });
    expect(await call(mgmt, 'GET', '/v1/meshes')).toMatchObject({ status: 401, body: { code: 'RR_API_UNAUTHORIZED' } });
    const headers = { authorization: 'Bearer a-token-of-some-length' };
    expect((await fetch(`${mgmt.apiUrl}/v1/meshes`, { headers })).status).toBe(200);
    expect((await call(mgmt, 'GET', '/healthz')).status).toBe(200);
    expect(await (await fetch(`${mgmt.apiUrl}/v1/version`, { headers })).json()).toEqual({
      version: mgmtVersion,
      commit: 'unknown',
      api: 'v1',
    });
  });

  it('is refused with a token that others can read', async () => {
    const tokenFile = await installation.writeSecret('token', 'a-token-of-some-length', 0o644);
    const config = installation.config({ api: { tokenFile } });
    await expect(installation.start({ config })).rejects.toMatchObject({ code: 'RR_API_TOKEN_INVALID', place: tokenFile });
  });

  it('is refused with a damaged store, which stays as it is', async () => {
    const mgmt = await installation.start();
    await mgmt.stop();
    const file = join(installation.dir, 'data', 'reroot.db');
    await writeFile(file, 'x'.repeat(8_192));
    await expect(installation.start()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT', place: file });
    expect(await readFile(file, 'utf8')).toBe('x'.repeat(8_192));
  });

  it('with one damaged mesh keeps the others going', async () => {
    const first = await installation.start();
    await apply(first, { mesh: 'bad', clusters: ['west'] });
    await apply(first, { clusters: ['east'] });
    await first.stop();
    const database = new DatabaseSync(join(installation.dir, 'data', 'reroot.db'));
    database.exec(`UPDATE mesh SET record = '{}' WHERE name = 'bad'`);
    database.close();
    const log = recordLog();
    const mgmt = await installation.start({ log });
    installation.agent('east');
    await settle(mgmt);
    await expect(clientOf(mgmt).readMesh('bad', signal)).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
    expect(await clientOf(mgmt).listMeshes(signal)).toMatchObject([{ mesh: 'demo' }]);
    expect(log.all({ mesh: 'bad', msg: 'the mesh cannot be looked at; it is tried again' })).toHaveLength(1);
  });
});

describe('applying a mesh', () => {
  it('again changes nothing; changed, it is noted in the history', async () => {
    const mgmt = await installation.start();
    expect((await apply(mgmt, { clusters: ['east'] })).roots).toHaveLength(1);
    await apply(mgmt, { clusters: ['east'] });
    await apply(mgmt, { clusters: ['east', 'west'] });
    const history = await clientOf(mgmt).readHistory('demo', signal);
    expect(history.map(({ message }) => message)).toEqual([
      expect.stringContaining('the mesh was created'),
      'the spec was changed: clusters; added: west; removed: none',
    ]);
  });

  it('tells a cluster that was added what to hold', async () => {
    const mgmt = await installation.start();
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    installation.agent('west');
    await apply(mgmt, { clusters: ['east', 'west'] });
    await reach(mgmt, 'both hold the root', ({ clusters, verdict }) => clusters.length === 2 && verdict.passed);
  });

  it('is refused for another trust domain while a rotation is under way, and taken for other policies', async () => {
    const mgmt = await installation.start();
    await apply(mgmt, { clusters: ['east'] });
    await rotate(mgmt);
    const other = meshDocument({ clusters: ['east'] }).replace('spec:', 'spec:\n  trustDomain: example.org');
    await expect(clientOf(mgmt).applyMesh('demo', other, signal)).rejects.toMatchObject({ code: 'RR_MESH_LOCKED' });
    await expect(apply(mgmt, { clusters: ['east'], verification: 'manual' })).resolves.toMatchObject({
      state: 'ADDING_NEW_ROOT',
    });
  });

  it('is refused for a cluster without a key, and for one of another mesh', async () => {
    const mgmt = await installation.start();
    await expect(apply(mgmt, { clusters: ['south'] })).rejects.toMatchObject({ code: 'RR_MESH_CLUSTER_UNKNOWN' });
    await apply(mgmt, { clusters: ['east'] });
    await expect(apply(mgmt, { mesh: 'other', clusters: ['west', 'east'] })).rejects.toMatchObject({
      code: 'RR_MESH_CLUSTER_TAKEN',
    });
    expect(await clientOf(mgmt).listMeshes(signal)).toHaveLength(1);
  });

  it('refuses a second rotation while one is under way, and makes no root for it', async () => {
    const mgmt = await installation.start();
    await apply(mgmt, { clusters: ['east'] });
    const answers = await Promise.allSettled([rotate(mgmt), rotate(mgmt)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(answers[1]).toMatchObject({ reason: { code: 'RR_ROTATION_IN_PROGRESS' } });
    expect((await clientOf(mgmt).readMesh('demo', signal)).roots).toHaveLength(2);
  });
});
