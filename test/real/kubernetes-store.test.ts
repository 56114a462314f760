import { randomUUID } from 'node:crypto';
import { describeStoreContracts, openKubernetes, openKubernetesStore, packIdentity } from '@reroot/mgmt/testing';
import { createChainCheck } from '@reroot/shared/audit';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ControlPlane } from './lab/cluster/control-plane.ts';
import { startControlPlaneAlone } from './lab/cluster/start-alone.ts';

let controlPlane: ControlPlane;
let makeNamespace: () => Promise<string>;
let api: Awaited<ReturnType<typeof openKubernetes>>;

beforeAll(async () => {
  const alone = await startControlPlaneAlone('store');
  ({ controlPlane, makeNamespace } = alone);
  api = await openKubernetes('store', {
    program: { name: 'reroot-mgmt', version: '0.1.0' },
    kubeconfig: controlPlane.adminKubeconfig,
    ...{ clock: systemClock, random: Math.random, log: silentLog },
  });
  return async () => {
    await api.close();
    await alone.stop();
  };
});

describeStoreContracts('the store in Secrets of a real API server', async (options) => {
  const namespace = await makeNamespace();
  const outside = { clock: systemClock, random: Math.random, newId: randomUUID, log: silentLog };
  const store = await openKubernetesStore({ api, namespace, name: 'reroot', ...outside, ...options });
  return { store, dispose: () => store.close() };
});

describe('the store in Secrets of a real API server', () => {
  const open = (namespace: string) =>
    openKubernetesStore({
      ...{ api, namespace, name: 'reroot', newId: randomUUID, audit: { identity: packIdentity } },
      ...{ clock: systemClock, random: Math.random, log: silentLog },
    });
  const verify = async (store: Awaited<ReturnType<typeof open>>): Promise<number | undefined> => {
    const chain = createChainCheck();
    for (let after = 0; ; ) {
      const { entries } = await store.readAudit({ after, limit: 500 });
      for (const entry of entries) chain.take(entry);
      const last = entries.at(-1)?.entry.seq;
      if (last === undefined) return chain.finish().last;
      after = last;
    }
  };

  it('loses nothing that it has acknowledged when the API server is killed in the middle, and goes on', async () => {
    const namespace = await makeNamespace();
    const store = await open(namespace);
    const term = await store.takeTerm();
    const kept: string[] = [];
    const writing = Array.from({ length: 40 }, async (_, n) => {
      for (let round = 0; round < 10; round += 1) {
        const message = `note ${n} ${round}`;
        const noted = store.note({ kind: 'start', action: 'mgmt.start', message }, term);
        await noted.then(
          () => kept.push(message),
          () => undefined,
        );
      }
    });
    await controlPlane.apiServer.kill();
    await controlPlane.apiServer.start(AbortSignal.timeout(60_000));
    await controlPlane.untilReady(AbortSignal.timeout(60_000));
    await Promise.all(writing);
    await store.note({ kind: 'start', action: 'mgmt.start', message: 'the last one' }, term);
    await store.close();
    const again = await open(namespace);
    const { entries, total } = await again.readAudit({ after: 0, limit: 1_000 });
    const messages = entries.map(({ entry }) => entry.message);
    expect(messages).toEqual(expect.arrayContaining([...kept, 'the last one']));
    expect(new Set(messages).size).toBe(messages.length);
    expect(await verify(again)).toBe(total);
    await again.close();
  });
});
