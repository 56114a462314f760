import type { ApiClient, ClusterAccount } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import type { JoinFile } from '@reroot/shared/join-file';
import { type CredentialsResponse, keyringOf, openMessage, subjects } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mgmt } from './app.ts';
import { type AgentKeys, askToEnrol, askToRenew, makeAgentKeys, type Sent } from './enrolment/testing/scripted-joiner.ts';
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
import { recordLog } from './testing/recorded-log.ts';
import { type ScriptedAgent, startScriptedAgent } from './testing/scripted-agent.ts';

const act = { by: 'ann', why: 'a test' };
let installation: Installation;
let mgmt: Mgmt;
let client: ApiClient;
const agents: ScriptedAgent[] = [];

beforeEach(async () => {
  installation = await makeInstallation();
  mgmt = await installation.start();
  client = clientOf(mgmt);
});
afterEach(async () => {
  for (const agent of agents.splice(0)) agent.stop();
  await installation.dispose();
});

async function ask({ subject, payload }: Sent, mgmtKeys: readonly string[]): Promise<CredentialsResponse> {
  const answer = await installation.bus.request(subject, payload, { timeoutMs: 5_000, signal });
  return openMessage({ subject, payload: answer, keyring: keyringOf(mgmtKeys), expect: 'credentials-response' }).message.body;
}

/** Adds a cluster, and has an agent enrol for it that brings no user of NATS. */
async function letIn(name: string): Promise<{ readonly joinFile: JoinFile; readonly keys: AgentKeys }> {
  const joinFile = await client.addCluster({ name, mesh: 'demo', by: 'ann' }, signal);
  const keys = makeAgentKeys();
  expect(await ask(askToEnrol(joinFile, keys), joinFile.mgmt.publicKeys)).toMatchObject({ kind: 'granted' });
  return { joinFile, keys };
}

/** Lets the agent of a cluster follow what it is told. */
function follow(cluster: string, { joinFile, keys }: Awaited<ReturnType<typeof letIn>>): ScriptedAgent {
  const [mgmtPublicKey = ''] = joinFile.mgmt.publicKeys;
  const { bus } = installation;
  const agent = startScriptedAgent({ bus, mesh: 'demo', cluster, identity: keys.identity, mgmtPublicKey, clock: systemClock });
  agents.push(agent);
  return agent;
}

const accountOf = async (name: string): Promise<ClusterAccount | undefined> =>
  (await client.listClusters(signal)).clusters.find((account) => account.name === name);

describe('a cluster that is added over the API', () => {
  it('enrols, counts in its mesh at once, and is shut out at once when it is revoked', async () => {
    const joined = await letIn('south');
    expect(await accountOf('south')).toMatchObject({
      ...{ origin: 'added', mesh: 'demo', state: 'enrolled', addedBy: 'ann', keyId: joined.keys.identity.keyId, changing: [] },
    });
    installation.agent('east');
    follow('south', joined);
    await apply(mgmt, { clusters: ['east', 'south'] });
    await settle(mgmt);
    const { clusters, natsRevocation } = await client.revokeCluster('south', { by: 'bob', why: 'it was stolen' }, signal);
    expect(clusters.find(({ name }) => name === 'south')).toMatchObject({ state: 'revoked', revoked: { by: 'bob' } });
    expect(natsRevocation).toBe('by-hand');
    const { verdict } = await client.readMesh('demo', signal);
    expect(verdict.message).toContain('it was revoked by bob: it was stolen');
  });

  it('is renamed in its mesh and its record together, and goes on under the new name', async () => {
    const joined = await letIn('south');
    const south = follow('south', joined);
    installation.agent('east');
    await apply(mgmt, { clusters: ['east', 'south'] });
    await settle(mgmt);
    const renamed = await client.renameCluster('south', { to: 'suedwest', ...act }, signal);
    expect(renamed.clusters.map(({ name }) => name)).toEqual(['east', 'north', 'suedwest', 'west']);
    expect(await accountOf('suedwest')).toMatchObject({ changing: ['credentials', 'name'] });
    expect((await client.readMesh('demo', signal)).clusters.map(({ name }) => name)).toEqual(['east', 'suedwest']);
    expect((await client.readHistory('demo', signal)).at(-1)?.message).toBe(
      'cluster south is called suedwest from now on, asked for by ann: a test',
    );
    south.stop();
    follow('suedwest', joined);
    await settle(mgmt);
    await waitFor(async () => (await accountOf('suedwest'))?.changing.includes('name') === false, {
      ...{ timeoutMs: 5_000, what: 'the name to be taken over' },
    });
    await rotate(mgmt);
    await reach(mgmt, 'the rotation ends', ({ state }) => state === 'FINISHED');
  });

  it('keeps its name while its mesh rotates', async () => {
    follow('south', await letIn('south'));
    installation.agent('east').behave('mute');
    await apply(mgmt, { clusters: ['east', 'south'] });
    await rotate(mgmt);
    await expect(client.renameCluster('south', { to: 'suedwest', ...act }, signal)).rejects.toMatchObject({
      code: 'RR_CLUSTER_ROTATING',
    });
    expect(await accountOf('south')).toMatchObject({ changing: [] });
  });

  it('changes its keys when it is asked to', async () => {
    const { joinFile, keys } = await letIn('south');
    const next = makeAgentKeys();
    const mesh = { mesh: 'demo', cluster: 'south' };
    const request = (): Promise<CredentialsResponse> =>
      ask(askToRenew(mesh, { present: keys, next }, {}, 'without-user'), joinFile.mgmt.publicKeys);
    expect(await request()).toMatchObject({ problem: { code: 'RR_RENEW_NOT_ASKED' } });
    await client.rotateCredentials('south', act, signal);
    expect(await accountOf('south')).toMatchObject({ changing: ['credentials'] });
    expect(await request()).toMatchObject({ credentials: { keyId: next.identity.keyId, epoch: 1 } });
    // It answers the terms that it is told, by its new key.
    follow('south', { joinFile, keys: next });
    await waitFor(async () => (await accountOf('south'))?.keyId === next.identity.keyId, {
      ...{ timeoutMs: 5_000, what: 'the new key to be heard' },
    });
    expect(await accountOf('south')).toMatchObject({ changing: [] });
  });

  it('is known to mgmt after a restart', async () => {
    const joined = await letIn('south');
    await mgmt.stop();
    mgmt = await installation.start();
    client = clientOf(mgmt);
    installation.agent('east');
    follow('south', joined);
    await apply(mgmt, { clusters: ['east', 'south'] });
    await settle(mgmt);
  });

  it('is shut out of a configuration that names it too', async () => {
    const { keys } = await letIn('south');
    await mgmt.stop();
    const clusters = { south: { publicKey: keys.identity.publicKeyPem } };
    await expect(installation.start({ config: installation.config({ clusters }) })).rejects.toMatchObject({
      code: 'RR_CLUSTER_TWICE',
    });
  });
});

describe('a mesh', () => {
  it.each([
    ['RR_MESH_CLUSTER_UNKNOWN', 'nobody'],
    ['RR_CLUSTER_OTHER_MESH', 'elsewhere'],
    ['RR_CLUSTER_REVOKED', 'gone'],
  ])('is refused with %s a cluster that is %s', async (code, name) => {
    await client.addCluster({ name: 'elsewhere', mesh: 'other', by: 'ann' }, signal);
    await client.addCluster({ name: 'gone', mesh: 'demo', by: 'ann' }, signal);
    await client.revokeCluster('gone', act, signal);
    await expect(apply(mgmt, { clusters: ['east', name] })).rejects.toMatchObject({ code });
  });

  it('has a cluster that was only invited, and says what it waits for', async () => {
    await client.addCluster({ name: 'south', mesh: 'demo', by: 'ann' }, signal);
    await apply(mgmt, { clusters: ['south'] });
    const { clusters } = await client.readMesh('demo', signal);
    expect(clusters[0]?.verdict.message).toContain('no agent has enrolled for it');
  });

  it('keeps a cluster from joining another one', async () => {
    await apply(mgmt, { clusters: ['east', 'west'] });
    const asked = client.addCluster({ name: 'east', mesh: 'other', by: 'ann' }, signal);
    await expect(asked).rejects.toMatchObject({ code: 'RR_MESH_CLUSTER_TAKEN' });
  });
});

describe('the routes of clusters', () => {
  it('refuse what makes no sense', async () => {
    const add = (body: object): Promise<Response> =>
      fetch(`${mgmt.apiUrl}/v1/clusters`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      });
    const bodies = [
      { name: 'No.Name', mesh: 'demo', by: 'ann' },
      { name: 'south', mesh: 'demo', by: 'ann', validForMs: 1 },
      { name: 'south', mesh: 'demo', by: 'ann', natsCredentials: 'no credentials' },
      { name: 'south', mesh: 'demo', by: 'ann', revoked: true },
      { name: 'south', mesh: 'demo' },
    ];
    for (const body of bodies) expect([400, 422]).toContain((await add(body)).status);
    expect((await client.listClusters(signal)).clusters.map(({ name }) => name)).toEqual(['east', 'north', 'west']);
    expect(await call(mgmt, 'DELETE', '/v1/clusters')).toMatchObject({ status: 405 });
  });
});

describe('what an agent asks that mgmt does not know', () => {
  it('is answered by nobody, and counted', async () => {
    const log = recordLog();
    await mgmt.stop();
    mgmt = await installation.start({ log });
    client = clientOf(mgmt);
    await letIn('south');
    const stranger = makeAgentKeys();
    const { payload } = askToRenew({ mesh: 'demo', cluster: 'south' }, { present: stranger, next: makeAgentKeys() });
    installation.bus.publish(subjects.renew('demo', 'south'), payload);
    await waitFor(async () => (await accountOf('south'))?.refusedByMgmt['RR_PROTOCOL_UNKNOWN_KEY'] === 1, {
      ...{ timeoutMs: 5_000, what: 'the refusal to be counted' },
    });
  });
});
