import { setTimeout as delay } from 'node:timers/promises';
import { launchReplicatedMesh, type MgmtReplica, type ReplicatedMesh } from '../real/replicated-mesh.ts';
import { controlPlanePrograms } from '../real/servers/find-servers.ts';
import { type BenchRun, defineBench, measured, type Result } from './frame/bench.ts';
import { type Sample, sampleOf } from './frame/sample.ts';
import { missingServers } from './missing-servers.ts';

const replicaCount = 3;

/** The lease as it is by default (docs/replicas.md), and how long clients take to find out who leads. */
const leaseMs = { duration: 10_000, retry: 2_000 };
/** What the operator is promised. */
const promisedMs = { lost: 15_000, handedOver: 2_000 };
/** A leader's first renewal must have been seen by the others before it is taken away, or the lease has hardly begun. */
const calmMs = 3_000;

/** How a leader ceases to lead, and comes back. */
interface Mishap {
  readonly name: string;
  begin(leader: MgmtReplica): Promise<void> | void;
  end(former: MgmtReplica, signal: AbortSignal): Promise<void> | void;
  readonly promisedMs: number;
  /** What the arithmetic of the lease says at the most. */
  readonly arithmetic: { readonly is: string; readonly ms: number };
}

/** The others take a lease when they have seen no change of it for its duration; they look every `retry`. */
const afterTheLease = { is: 'lease 10 s + look 2 s', ms: leaseMs.duration + leaseMs.retry };

const mishaps: readonly Mishap[] = [
  {
    name: 'leader killed (SIGKILL)',
    begin: ({ process }) => process.kill(),
    end: ({ process }, signal) => process.start(signal),
    promisedMs: promisedMs.lost,
    arithmetic: afterTheLease,
  },
  {
    name: 'leader stands still (SIGSTOP)',
    begin: (leader) => leader.freeze(),
    end: (former) => former.thaw(),
    promisedMs: promisedMs.lost,
    arithmetic: afterTheLease,
  },
  {
    name: 'leader ends in order (SIGTERM)',
    begin: ({ process }) => process.stop(),
    end: ({ process }, signal) => process.start(signal),
    promisedMs: promisedMs.handedOver,
    arithmetic: { is: 'given back at once', ms: promisedMs.handedOver },
  },
];

async function strike(mesh: ReplicatedMesh, mishap: Mishap): Promise<number> {
  const leader = await mesh.leader();
  await delay(calmMs, undefined, { signal: mesh.broken });
  const striking = mishap.begin(leader);
  const tookMs = await mesh.untilLed((replica) => replica !== leader);
  await striking;
  await mishap.end(leader, mesh.broken);
  await mesh.look('the former leader to stand by', async () => {
    const { replica } = await leader.api.readVersion(mesh.broken).catch(() => ({ replica: undefined }));
    return replica?.role === 'standby' ? true : undefined;
  });
  return tookMs;
}

function rowsOf({ name, promisedMs: promised, arithmetic }: Mishap, sample: Sample): readonly Result[] {
  return [
    {
      metric: `${name}: until another leads`,
      unit: 'ms',
      value: sample,
      limit: measured(arithmetic.is, arithmetic.ms, { atMost: promised / arithmetic.ms }),
    },
  ];
}

async function measureAll(repeats: number, run: BenchRun): Promise<readonly Result[]> {
  run.progress('etcd, an API server and three replicas start');
  const mesh = await launchReplicatedMesh(replicaCount);
  try {
    const results: Result[] = [];
    for (const mishap of mishaps) {
      const values: number[] = [];
      for (let round = 1; round <= repeats; round += 1) {
        run.progress(`${mishap.name}, ${round} of ${repeats}`);
        run.signal.throwIfAborted();
        values.push(await strike(mesh, mishap));
      }
      results.push(...rowsOf(mishap, sampleOf(values)));
    }
    return results;
  } finally {
    await mesh.stop();
  }
}

export default defineBench({
  about: 'takes the leader of three replicas of mgmt away, on a store in a real API server, and times who leads next',
  params: { repeats: 5 },
  measure: async ({ repeats }, run) => {
    const missing = missingServers(controlPlanePrograms);
    if (missing === undefined) return measureAll(repeats, run);
    run.progress(`left out: ${missing.message}; ${missing.remedy}`);
    return [];
  },
});
