import { type Clock, systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from './cluster/cluster.ts';
import { type AgentRig, createAgentRig, patienceMs, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa } from './testing/ca.ts';

let server: NatsServer;
let a: Ca;
let b: Ca;
let rig: AgentRig;
/** How far the clock of agent and cluster was put forward. */
let aheadMs: number;
let refreshes: number;
let refuse: () => void;

const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };

beforeAll(async () => {
  server = await startNatsServer();
  a = await createCa('root A', systemClock.now());
  b = await createCa('root B', systemClock.now());
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  [aheadMs, refreshes, refuse] = [0, 0, () => undefined];
  rig = await createAgentRig({ natsUrl: server.url, cas: [a, b], clock });
  const cluster: Cluster = {
    ...rig.cluster,
    refreshVolumes: async () => {
      refreshes += 1;
      refuse();
    },
  };
  await rig.start(cluster, { refusedAfterMs: 60_000 });
  rig.mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
  await rig.arrived(1, 1, trustOf([a], a));
});
afterEach(async () => {
  await rig.dispose();
});

const tellNext = (): void => {
  rig.mgmt.tell(trustOf([a, b], a), { term: 1, generation: 2 });
};

describe('the volumes of replicas', () => {
  it('are reported when they cannot be refreshed, and the Secret is written all the same', async () => {
    refuse = () => {
      throw new RerootError('RR_CLUSTER_FORBIDDEN', 'patch pods: no');
    };
    tellNext();
    const report = await rig.reported('the refusal', ({ problems }) => problems.length > 0);
    expect(report.problems).toMatchObject([{ code: 'RR_CLUSTER_FORBIDDEN', message: 'patch pods: no' }]);
    await rig.arrived(1, 2, trustOf([a, b], a));
    await rig.reported('the end of it', ({ appliedGeneration, problems }) => appliedGeneration === 2 && problems.length === 0);
  });

  it('are refreshed again while a replica holds something else, and not any more when it has loaded', async () => {
    await rig.cluster.hold('istiod-0');
    const before = refreshes;
    tellNext();
    await rig.applied(1, 2);
    expect(refreshes).toBe(before + 1);
    for (const time of [2, 3]) {
      aheadMs += 10_000;
      await waitFor(() => refreshes === before + time, { timeoutMs: patienceMs, what: `refresh ${time}` });
    }
    await rig.cluster.release('istiod-0');
    await rig.arrived(1, 2, trustOf([a, b], a));
    const settled = refreshes;
    aheadMs += 20_000;
    const { length } = rig.mgmt.reports;
    await waitFor(() => rig.mgmt.reports.length > length + 1, { timeoutMs: patienceMs, what: 'two more reports' });
    expect(refreshes).toBe(settled);
  });
});
