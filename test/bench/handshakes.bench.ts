import { conductHandshakes, type PlannedHandshake, planHandshakes, proveRootRefused } from '@reroot/mgmt/handshakes';
import { monotonicClock, systemClock } from '@reroot/shared/clock';
import { type AgentFleet, mesh, startAgentFleet, trustDomain } from '../handshakes/agent-fleet.ts';
import { authorityOf, makeMeshRoot } from '../handshakes/mesh-roots.ts';
import { defineBench, type Result } from './frame/bench.ts';
import { type Repeats, repeat, timeOf } from './frame/sample.ts';

export default defineBench({
  about: 'TLS handshakes between agents over a nats-server; all agents, mgmt and the signing of leaves in one process',
  params: { clusters: [3, 20, 100], repeats: 50 },
  measure: async ({ clusters, repeats }, { progress, signal }) => {
    const results: Result[] = [...(await measureOne({ repeats, signal }))];
    for (const count of clusters) {
      progress(`${count} clusters`);
      results.push(...(await measurePlan(count, signal)));
    }
    return results;
  },
});

/** One after the other, between the same two clusters; each is a group of its own, so that both replicas sign. */
async function measureOne(ask: Repeats): Promise<readonly Result[]> {
  return withFleet(2, async (fleet) => {
    const [client, server] = fleet.members.map(({ cluster, replicas }) => ({ cluster, replica: replicas[0] ?? '' }));
    if (client === undefined || server === undefined) return [];
    const value = await repeat(() => timeOf(() => conduct(fleet, [{ client, server }], ask.signal)), ask);
    return [{ metric: 'one handshake, both leaves freshly signed', value, unit: 'ms' }];
  });
}

async function measurePlan(clusters: number, signal: AbortSignal): Promise<readonly Result[]> {
  return withFleet(clusters, async (fleet) => {
    const plan = planHandshakes([{ clusters: fleet.members }]);
    const value = await timeOf(() => conduct(fleet, plan, signal));
    const [old, current] = await Promise.all([makeMeshRoot('never trusted'), Promise.resolve(fleet.root)]);
    const kept = { kind: 'key-store', keyRef: 'x', chain: [] } as const;
    const negative = await timeOf(async () => {
      const proofs = await proveRootRefused(fleet.members, {
        ...{ mesh, trustDomain, organization: 'bench', tasks: fleet.tasks, clock: systemClock },
        ...{ signal, turnMs: 30_000, deadlineMs: 120_000, authority: authorityOf([old, current]) },
        old: { certificate: old.certificate, custody: kept },
        current: { certificate: current.certificate, custody: kept },
      });
      const bad = proofs.find(({ result }) => result.kind !== 'proven');
      if (bad !== undefined) throw new Error(`${bad.cluster}: ${JSON.stringify(bad.result)}`);
    });
    return [
      { metric: `a plan for ${clusters} clusters: ${plan.length} handshakes`, value, unit: 'ms' },
      { metric: `the negative proof of ${clusters} clusters: ${2 * clusters} handshakes`, value: negative, unit: 'ms' },
    ];
  });
}

type BenchFleet = AgentFleet & { readonly root: Awaited<ReturnType<typeof makeMeshRoot>> };

async function withFleet(
  clusters: number,
  measure: (fleet: BenchFleet) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const root = await makeMeshRoot('bench');
  const names = Array.from({ length: clusters }, (_, index) => `c${index}`);
  const fleet = await startAgentFleet({ names, replicas: 1, root });
  try {
    return await measure({ ...fleet, root });
  } finally {
    await fleet.stop();
  }
}

async function conduct({ tasks }: AgentFleet, plan: readonly PlannedHandshake[], signal: AbortSignal): Promise<void> {
  const clocks = { clock: systemClock, steadyClock: monotonicClock };
  const outcomes = await conductHandshakes(plan, { mesh, trustDomain, tasks, ...clocks, deadlineMs: 120_000, signal });
  const bad = outcomes.find(({ result }) => result.kind !== 'accepted');
  if (bad !== undefined) throw new Error(`${bad.client.cluster} to ${bad.server.cluster}: ${JSON.stringify(bad.result)}`);
}
