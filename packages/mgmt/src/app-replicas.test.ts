import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { follow } from './api/live/testing/live-follower.ts';
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
import { makeReplicaSet, type ReplicaSet, type StartedReplica } from './testing/replica-set.ts';

let installation: Installation;
let set: ReplicaSet;
let replicas: readonly StartedReplica[];
beforeEach(async () => {
  installation = await makeInstallation();
  set = makeReplicaSet(installation);
  replicas = await Promise.all([set.start(), set.start(), set.start()]);
});
afterEach(async () => {
  await set.dispose();
  await installation.dispose();
});

const startAgents = () => ['east', 'west', 'north'].map((cluster) => installation.agent(cluster));
const others = (than: StartedReplica) => replicas.filter((each) => each !== than);

/** Until the lease is over, on a machine that is busy. */
const patient = { timeout: 30_000 };

describe('several replicas', patient, () => {
  it('have one leader; whichever is asked answers reads by itself, and has the leader do the rest', async () => {
    startAgents();
    const leader = await set.leader();
    const [one, other] = others(leader);
    expect(await Promise.all(replicas.map((each) => each.role()))).toEqual(
      expect.arrayContaining(['leader', 'standby', 'standby']),
    );
    await apply(one!);
    await settle(other!);
    await rotate(other!);
    await reach(other!, 'the end of the rotation', ({ state }) => state === 'FINISHED');
    const seen = await Promise.all(replicas.map((each) => clientOf(each).readMesh('demo', signal)));
    expect(new Set(seen.map(({ term }) => term)).size).toBe(1);
    const history = await Promise.all(replicas.map((each) => clientOf(each).readHistory('demo', signal)));
    expect(history[0]!.length).toBeGreaterThan(1);
    const { body } = await call(one!, 'GET', '/v1/audit');
    expect(JSON.stringify(body)).toContain('"name":"ann"');
  });

  it('are told in the metrics which of them leads', async () => {
    const leader = await set.leader();
    const metrics = async ({ apiUrl }: StartedReplica) => (await fetch(`${apiUrl}/metrics`)).text();
    expect(await metrics(leader)).toMatch(/^reroot_leader 1$/m);
    for (const standby of others(leader)) {
      expect(await metrics(standby)).toMatch(/^reroot_leader 0$/m);
      expect(await metrics(standby)).toMatch(/^reroot_standby 1$/m);
      expect((await call(standby, 'GET', '/readyz')).status).toBe(200);
    }
  });
});

describe('a leader that ends in order', patient, () => {
  it('is followed within two seconds, and whoever follows the live stream of another replica is not sent away', async () => {
    startAgents();
    const leader = await set.leader();
    const [one] = others(leader);
    await apply(one!);
    await settle(one!);
    const follower = await follow({ url: one!.apiUrl });
    const { term } = await clientOf(leader).readMesh('demo', signal);
    await follower.hear('the term of the leader', ({ meshes }) => meshes[0]?.term === term);
    const beganAtMs = Date.now();
    await leader.stop();
    const next = await set.leader(others(leader));
    expect(Date.now() - beganAtMs).toBeLessThan(2_000);
    await settle(next);
    await follower.hear('the term of the next one', ({ meshes }) => (meshes[0]?.term ?? 0) > term);
    await rotate(one!);
    await follower.hear('the end of a rotation', ({ meshes }) => meshes[0]?.state === 'FINISHED');
    expect(follower.socket.readyState).toBe(follower.socket.OPEN);
  });
});

describe('a leader that cannot renew its lease', patient, () => {
  it('stops, stands by, and hands over to whoever leads then', async () => {
    startAgents();
    const leader = await set.leader();
    await apply(leader);
    leader.partition('cut');
    const next = await set.leader(others(leader));
    expect(leader.log.find({ msg: 'this replica leads no longer' })).toBeDefined();
    expect(set.transitions()).toBeGreaterThan(0);
    leader.partition('whole');
    await waitFor(async () => (await leader.role()) === 'standby', { timeoutMs: 10_000, what: 'it to stand by' });
    await rotate(leader);
    await reach(next, 'the rotation goes on', ({ roots }) => roots.length > 1);
  });

  it('leaves everybody without one when all are cut off: reads go on, and acts are refused with when to come again', async () => {
    const leader = await set.leader();
    await apply(leader);
    for (const replica of replicas) replica.partition('cut');
    await waitFor(async () => (await leader.role()) === 'standby', { timeoutMs: 10_000, what: 'nobody to lead' });
    expect((await call(leader, 'GET', '/v1/meshes/demo')).status).toBe(200);
    const answer = await fetch(`${leader.apiUrl}/v1/meshes/demo/proofs`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toMatchObject({ code: 'RR_LEADER_NONE' });
    for (const replica of replicas) replica.partition('whole');
    await set.leader();
  });
});
