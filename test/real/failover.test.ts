import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiClient, type MeshStatus } from '@reroot/shared/api';
import type { AuditEntry } from '@reroot/shared/audit';
import type { Step } from '@reroot/shared/protocol';
import { freePort } from '@reroot/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { replicasOf } from '../scenarios/held-by-clusters.ts';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { answerUntil, untilAsked } from '../scenarios/step-by-step.ts';
import { launchReplicatedMesh, type MgmtReplica, type ReplicatedMesh } from './replicated-mesh.ts';

/** Somebody who is told of each state, and takes nothing while `manner` says so. Each notification by its id, and how often it was sent. */
const receiver = { manner: 'takes' as 'refuses' | 'takes', refused: new Set<string>(), taken: new Set<string>() };

let mesh: ReplicatedMesh;
beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-receiver-'));
  const [secretFile, port] = [join(dir, 'secret'), await freePort()];
  await writeFile(secretFile, 'a secret of thirty-two bytes ...', { mode: 0o600 });
  const server = createServer((request, response) => {
    const id = String(request.headers['webhook-id']);
    (receiver.manner === 'takes' ? receiver.taken : receiver.refused).add(id);
    request.resume().once('end', () => response.writeHead(receiver.manner === 'takes' ? 204 : 503).end());
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const webhook = { name: 'pager', url: `http://127.0.0.1:${port}/hook`, secretFile, events: ['state'] };
  mesh = await launchReplicatedMesh(3, { notifications: { webhooks: [webhook] } });
  return async () => {
    await mesh.stop();
    server.closeAllConnections();
    server.close();
    await rm(dir, { recursive: true });
  };
}, 120_000);

/** The lease lasts ten seconds; the rest is a machine that does many things at a time. */
const withinMs = { killed: 15_000, graceful: 2_000 };
/** How a leader ceases to lead, and comes back. */
interface Mishap {
  readonly name: string;
  begin(leader: MgmtReplica): Promise<void> | void;
  end(former: MgmtReplica): Promise<void> | void;
  readonly withinMs: number;
}

const killed: Mishap = {
  name: 'killed',
  begin: ({ process }) => process.kill(),
  end: ({ process }) => process.start(mesh.broken),
  withinMs: withinMs.killed,
};
const frozen: Mishap = {
  name: 'frozen',
  // What is handed over to one that stands still is answered by the next.
  begin: async (leader) => {
    const standby = mesh.replicas.find((replica) => replica !== leader)!;
    leader.freeze();
    await createApiClient({ server: standby.api.server }).listNotifications(mesh.broken);
  },
  end: (former) => former.thaw(),
  withinMs: withinMs.killed,
};
const partitioned: Mishap = {
  name: 'partitioned',
  begin: ({ relay }) => relay.cut(),
  end: ({ relay }) => relay.mend(),
  withinMs: withinMs.killed,
};
const ended: Mishap = {
  name: 'ended',
  begin: ({ process }) => process.stop(),
  end: ({ process }) => process.start(mesh.broken),
  withinMs: withinMs.graceful,
};

describe('a rotation goes on to its end, and no handshake fails', { timeout: 180_000 }, () => {
  it('when the leader is killed in each of the three steps', async () => {
    await rotateThrough([
      ['ADDING_NEW_ROOT', killed],
      ['PROPAGATING_NEW_INTERMEDIATE', killed],
      ['DELETING_OLD_ROOT', killed],
    ]);
  });

  it('when the leader stands still beyond its lease and wakes, is cut off from the API server, and ends in order', async () => {
    await rotateThrough([
      ['ADDING_NEW_ROOT', frozen],
      ['PROPAGATING_NEW_INTERMEDIATE', partitioned],
      ['DELETING_OLD_ROOT', ended],
    ]);
  });

  it('when the API server is away for longer than the lease', async () => {
    await rotateThrough([['ADDING_NEW_ROOT', undefined]]);
  });

  it('when the leader is killed in VERIFYING, in VERIFIED and in ROLLING_BACK, and what it had not told is told by the next', async () => {
    const before = await mesh.traffic();
    const [held] = await Promise.all(mesh.clusters.map((cluster) => holdOf(cluster)));
    receiver.manner = 'refuses';
    receiver.refused.clear();
    const { rotation } = await mesh.rotate({ verification: 'manual' });
    await untilAsked(mesh, 'ADDING_NEW_ROOT');
    await mesh.look('a notification to be refused', async () => (receiver.refused.size > 0 ? true : undefined));
    await killIn('VERIFYING');
    receiver.manner = 'takes';
    await mesh.look('what was refused to be taken', async () => (receiver.refused.isSubsetOf(receiver.taken) ? true : undefined));

    // Nothing begins before the next window, so that VERIFIED lasts.
    await mesh.setPolicy({ maintenanceWindows: [{ cron: '0 0 29 2 *', duration: '1m' }] });
    await mesh.answer(await untilAsked(mesh, 'ADDING_NEW_ROOT'), 'CONTINUE');
    await killIn('VERIFIED');
    await mesh.until('the window to be waited for', ({ verdict }) => verdict.reason === 'MaintenanceWindowClosed');
    await mesh.setPolicy({});

    const asked = await untilAsked(mesh, 'PROPAGATING_NEW_INTERMEDIATE');
    await held!.begin();
    await mesh.answer(asked, 'ROLLBACK');
    await killIn('ROLLING_BACK');
    await mesh.until(
      'one laggard',
      ({ verdict: { laggards } }) => laggards.length === 1 && laggards[0]?.replica === held!.replica,
    );
    await held!.end();
    const questions = await answerUntil(mesh, 'FINISHED', () => 'CONTINUE');
    expect(questions.map(({ state, step }) => `${state} ${step}`)).toEqual([
      'VERIFYING ADDING_NEW_ROOT',
      'VERIFIED ADDING_NEW_ROOT',
      'VERIFYING PROPAGATING_NEW_INTERMEDIATE',
      'VERIFYING DELETING_OLD_ROOT',
    ]);
    await expectUnharmed(mesh, before, rotation?.newRoot);
  });

  it('each transition is in the journal once, under terms that rise', async () => {
    const entries = await readJournal();
    const terms = entries.flatMap(({ action, facts }) => (action === 'mgmt.start' ? [facts?.['term']] : []));
    expect(terms.length).toBeGreaterThan(6);
    expect(terms).toEqual(terms.map((_, index) => index + 1));
    const moves = entries.flatMap(({ rotation, state, step, generation, facts }) =>
      facts?.['from'] === undefined || facts['from'] === state
        ? []
        : [[rotation, facts['from'], state, step, generation].join(' ')],
    );
    // Three rotations of ten transitions each, and one that goes a row back and forward again.
    expect(moves).toHaveLength(45);
    expect(moves).toEqual([...new Set(moves)]);
  });
});

async function readJournal(): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const page = await mesh.api.readAudit({ after: entries.at(-1)?.seq ?? 0, limit: 500 }, mesh.broken);
    if (page.entries.length === 0) return entries;
    entries.push(...page.entries.map(({ entry }) => entry));
  }
}

/** One replica of istiod is kept from loading, of the one cluster and of the other in turn, so that no step ends before its mishap. */
async function rotateThrough(mishaps: readonly (readonly [step: Step, mishap: Mishap | undefined])[]): Promise<void> {
  const before = await mesh.traffic();
  const [first, second] = await Promise.all(mesh.clusters.map((cluster) => holdOf(cluster)));
  await first!.begin();
  const { rotation } = await mesh.rotate();
  for (const [turn, [step, mishap]] of mishaps.entries()) {
    const [holding, next] = turn % 2 === 0 ? [first!, second!] : [second!, first!];
    const { term } = await mesh.until(step, ({ state }) => state === step);
    if (mishap === undefined) await withoutApiServer();
    else await strike(mishap, term);
    // The other cluster is through with the step: what is held of it next keeps the next step from ending.
    const { state } = await mesh.until(
      'one laggard',
      ({ verdict: { laggards } }) =>
        laggards.length === 1 && laggards[0]?.replica === holding.replica && laggards[0].cluster === holding.cluster,
    );
    expect(state).toBe(step);
    if (turn < mishaps.length - 1) await next.begin();
    await holding.end();
  }
  await mesh.until('FINISHED', ({ state }) => state === 'FINISHED');
  await expectUnharmed(mesh, before, rotation?.newRoot);
}

/** The state is the same afterwards: nothing of it is lost, and nothing done twice. */
async function killIn(state: MeshStatus['state']): Promise<void> {
  const { term, generation } = await mesh.until(state, (status) => status.state === state);
  await strike(killed, term);
  expect(await mesh.status()).toMatchObject({ state, generation });
}

async function strike(mishap: Mishap, term: number): Promise<void> {
  const leader = await mesh.leader();
  const striking = mishap.begin(leader);
  const tookMs = await mesh.untilLed((replica) => replica !== leader);
  expect(tookMs).toBeLessThan(mishap.withinMs);
  await striking;
  await mesh.until('a higher term', (status) => status.term > term);
  await mishap.end(leader);
  await mesh.look('the former leader to stand by', async () => {
    const { replica } = await leader.api.readVersion(mesh.broken).catch(() => ({ replica: undefined }));
    return replica?.role === 'standby' ? true : undefined;
  });
}

/** Clusters keep what they hold meanwhile, and reads are answered. */
async function withoutApiServer(): Promise<void> {
  const { apiServer, untilReady } = mesh.controlPlane;
  await apiServer.kill();
  await mesh.look('nobody to lead', async () => {
    const roles = await Promise.all(mesh.replicas.map(async ({ api }) => (await api.readVersion(mesh.broken)).replica?.role));
    return roles.includes('leader') ? undefined : true;
  });
  await mesh.api.readMesh(meshName, mesh.broken);
  await apiServer.start(mesh.broken);
  await untilReady(mesh.broken);
  await mesh.leader();
}

interface Hold {
  readonly cluster: string;
  readonly replica: string;
  begin(): Promise<void>;
  end(): Promise<void>;
}

async function holdOf(cluster: string): Promise<Hold> {
  const replica = (await replicasOf(mesh, cluster)).at(-1)!;
  return {
    ...{ cluster, replica },
    begin: () => mesh.control.holdReplica(cluster, replica, mesh.broken),
    end: () => mesh.control.releaseReplica(cluster, replica, mesh.broken),
  };
}
