import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Deadline } from '@reroot/shared/lifecycle';
import { silentLog } from '@reroot/shared/log';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryCluster } from '../cluster/memory-cluster.ts';
import { factsOf, makeRolloutSample, nowMs, ownerOf, pod, type RolloutSample, steady } from '../testing/rollout-sample.ts';
import { noHistory } from './history.ts';
import { type RollOutOptions, rollOut } from './roll-out.ts';

let sample: RolloutSample;

beforeAll(async () => {
  sample = await makeRolloutSample();
});

const { signal } = new AbortController();
const deadline: Deadline = { ms: 1_000, clock: systemClock, signal, code: 'RR_CLUSTER_UNREACHABLE', who: 'cluster test' };
const [shop, web] = [ownerOf('shop'), ownerOf('web')];

/** A cluster that does not let `shop` be restarted. */
function refusingShop(): { readonly options: RollOutOptions; readonly asked: string[] } {
  const asked: string[] = [];
  const memory = createMemoryCluster({ name: 'test', replicas: 1, namespaces: [], workloads: 0, now: () => nowMs });
  const cluster = {
    ...memory,
    listRollouts: async (owners: readonly (typeof web)[]) => owners.map((owner) => steady(owner)),
    restartOwner: async ({ name }: typeof web) => {
      asked.push(name);
      if (name === 'shop') throw new RerootError('RR_CLUSTER_FORBIDDEN', 'patch shop: no');
    },
  };
  return { options: { cluster, deadline, log: silentLog, tell: () => undefined }, asked };
}

describe('rolling out', () => {
  it('remembers a restart that failed, and goes on with the next owner in the next pass', async () => {
    const { options, asked } = refusingShop();
    const workloads = [pod(shop), pod(web)];
    const first = await rollOut(factsOf(sample, workloads), options);
    expect(asked).toEqual(['shop']);
    expect(first.begun).toEqual([]);
    expect(first.refused).toMatchObject([{ owner: shop, atMs: nowMs }]);
    expect(first.problems.map(({ code }) => code)).toEqual(['RR_CLUSTER_FORBIDDEN']);
    const history = { ...noHistory, begun: first.begun, refused: first.refused };
    const second = await rollOut(factsOf(sample, workloads, { history, nowMs: nowMs + 1 }), options);
    expect(asked).toEqual(['shop', 'web']);
    expect(second.begun.map(({ owner }) => owner)).toEqual([web]);
    expect(second.refused).toEqual(first.refused);
    expect(second.problems).toEqual(first.problems);
  });
});
