import { type Check, eachFact, eachMember, failing, failingMesh, unknownOf, unseen } from '../check.ts';

/** What restarts and mgmt itself have room for. */
export const hostChecks: readonly Check[] = [
  {
    id: 'istiod-budgets',
    severity: 'warning',
    passed: 'the disruption budgets let istiod be restarted, where the mesh asks for that',
    failed: 'a disruption budget lets no istiod be restarted, and the mesh asks for that',
    why: 'the agent makes no restart while the budget bears none, and the step waits',
    hint: 'run a second replica of istiod, or widen its PodDisruptionBudget',
    find: (facts) => (facts.spec.rotation.restarts === 'never' ? [] : blockedBudgets('istiod')(facts)),
  },
  {
    id: 'gateway-budgets',
    severity: 'warning',
    passed: 'the disruption budgets let gateways be restarted, where the mesh asks for that',
    failed: 'a disruption budget lets no gateway be restarted, and the mesh asks for that',
    why: 'a gateway that does not learn otherwise then waits for its next certificate',
    hint: 'run a second replica of the gateway, or widen its PodDisruptionBudget',
    find: (facts) => (facts.spec.rotation.workloadRestarts === 'never' ? [] : blockedBudgets('gateway')(facts)),
  },
  {
    id: 'nats-limits',
    severity: 'fatal',
    passed: 'NATS takes messages larger than any report',
    failed: 'NATS takes no message as large as a report becomes',
    why: 'a report grows while both roots are held; one that NATS does not take is never heard, and its cluster is silent',
    hint: 'raise max_payload of NATS (docs/nats.md)',
    find: (facts) => {
      const { natsMaxBytes, reportBytes } = facts.host;
      if (natsMaxBytes.kind === 'unknown') return unknownOf(natsMaxBytes.why);
      return eachMember(facts, (cluster) => {
        const bytes = reportBytes.get(cluster);
        if (bytes === undefined) return [unseen(cluster)];
        if (bytes * growth <= natsMaxBytes.value) return [];
        return [failing(cluster)(`its report has ${bytes} bytes, may double, and NATS takes ${natsMaxBytes.value}`)];
      });
    },
  },
  {
    id: 'disk',
    severity: 'fatal',
    passed: 'mgmt has room for its data',
    failed: 'the disk with the data of mgmt is nearly full',
    why: 'each step is written before it is taken: without room the rotation stands still',
    hint: 'make room where dataDir of mgmt lies',
    find: ({ host: { freeBytes } }) => {
      if (freeBytes.kind === 'unknown') return unknownOf(freeBytes.why);
      return freeBytes.value >= leastFreeBytes ? [] : failingMesh(`${Math.floor(freeBytes.value / mebibyte)} MiB are free`);
    },
  },
];

const mebibyte = 2 ** 20;
const leastFreeBytes = 64 * mebibyte;
/** While two roots and two signers are held, a report has about twice the certificates and groups. */
const growth = 2;

function blockedBudgets(guards: 'istiod' | 'gateway'): Check['find'] {
  return eachFact('budgets', (budgets) =>
    budgets
      .filter((budget) => budget.guards === guards && budget.allowed <= 0)
      .map(({ namespace, name }) => `${namespace}/${name} bears no disruption now`),
  );
}
