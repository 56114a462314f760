import { systemClock } from '@reroot/shared/clock';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Workload } from '../cluster/cluster.ts';
import { createMemoryCluster } from '../cluster/memory-cluster.ts';
import { createCa, makeContent } from '../testing/ca.ts';
import { groupWorkloads } from './group-workloads.ts';
import { isSignedBy } from './observed.ts';

vi.mock('./observed.ts', { spy: true });

let workloads: readonly Workload[];

beforeAll(async () => {
  const { signal } = new AbortController();
  const nowMs = systemClock.now();
  const ca = await createCa('root', nowMs);
  const size = { replicas: 1, namespaces: ['shop'], workloads: 3 };
  const cluster = createMemoryCluster({ name: 'cluster-1', ...size, now: () => nowMs });
  await cluster.writeCaSecret(await makeContent([ca], ca), undefined, signal);
  workloads = await cluster.listWorkloads(signal);
});

/** The same proxy, read once more, with something else about its chain. */
function readAgain(workload: Workload, change = (certChain: string): string => certChain): Workload {
  const { reading } = workload;
  if (reading.kind === 'unread') throw new Error('it cannot be read');
  return { ...workload, reading: { ...reading, certChain: change(reading.certChain) } };
}

describe('workloads', () => {
  it('are verified once for each reading, however often it is given', () => {
    const own = workloads.map((workload) => readAgain(workload));
    const first = groupWorkloads(own, undefined);
    expect(isSignedBy).toHaveBeenCalledTimes(3);
    expect(groupWorkloads(own, undefined)).toEqual(first);
    expect(isSignedBy).toHaveBeenCalledTimes(3);
    expect(first.groups.map(({ members, leaf }) => [members.length, leaf])).toEqual([[3, 'held']]);
    groupWorkloads([readAgain(own[0]!)], undefined);
    expect(isSignedBy).toHaveBeenCalledTimes(4);
  });

  it('that cannot be understood are a problem each time', () => {
    const broken = [readAgain(workloads[0]!, (certChain) => certChain.slice(0, -100))];
    const { problems } = groupWorkloads(broken, undefined);
    expect(problems).toHaveLength(1);
    expect(groupWorkloads(broken, undefined).problems).toEqual(problems);
  });

  it('with a chain that no report may have count as trusting nothing, so that one of them silences nobody', () => {
    const [workload] = workloads;
    const long = readAgain(workload!, (certChain) => {
      const [leaf = '', ...chain] = certChain.split(/(?=-----BEGIN)/);
      return [leaf, ...Array.from({ length: 17 }, () => chain[0])].join('');
    });
    const { groups, problems } = groupWorkloads([long], undefined);
    expect(groups.map(({ observed }) => [observed.roots, observed.signerChain])).toEqual([[[], []]]);
    expect(problems[0]?.message).toContain('the chain has 17 certificates without roots; 16 are allowed');
  });
});
