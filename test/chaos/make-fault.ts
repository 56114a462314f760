import type { Random } from '@reroot/simulator/random';
import { one, planBounds, within } from './draw.ts';
import {
  brokerNodes,
  type Client,
  clusterNames,
  type Fault,
  type FaultKind,
  faultKinds,
  gateAnswers,
  type Installation,
  mgmtsOf,
  networkTroubles,
  operatorActs,
  packetTroubles,
  replicaNames,
  writeMoments,
} from './fault.ts';

/** Kinds that one installation alone can suffer. */
const onlyOf: Readonly<Partial<Record<FaultKind, Installation>>> = {
  'disk-full': 'alone',
  'fsync-error': 'alone',
  'store-way': 'replicated',
};

/** What can happen to an installation; `gate` besides where something is asked. */
export function kindsOf(installation: Installation): readonly FaultKind[] {
  return faultKinds.filter((kind) => (onlyOf[kind] ?? installation) === installation);
}

/** Draws a fault of a kind that the installation can suffer. */
export function makeFault(kind: FaultKind, installation: Installation, random: Random): Fault {
  return makers[kind](random, installation);
}

type Maker<Kind extends FaultKind> = (random: Random, installation: Installation) => Extract<Fault, { kind: Kind }>;

const makers: { readonly [Kind in FaultKind]: Maker<Kind> } = {
  kill: (random, installation) => ({
    ...{ kind: 'kill', part: chooseClient(random, installation), forMs: within(random, 0, 2_000) },
  }),
  'kill-at-write': (random) => ({
    kind: 'kill-at-write',
    cluster: one(random, clusterNames),
    moment: one(random, writeMoments),
    forMs: within(random, 1_000, 6_000),
  }),
  pause: (random, installation) => {
    const part = random.next() < 0.15 ? 'clusters' : chooseClient(random, installation);
    // A lease is over meanwhile, and another mgmt leads when this one goes on.
    const mostMs = installation === 'replicated' && part !== 'clusters' ? 9_000 : 5_000;
    return { kind: 'pause', part, forMs: within(random, 100, mostMs) };
  },
  'broker-loss': (random) => {
    const nodes = brokerNodes.filter(() => random.next() < 0.6);
    return {
      kind: 'broker-loss',
      nodes: nodes.length === 0 ? [one(random, brokerNodes)] : nodes,
      forMs: within(random, 0, 3_000),
    };
  },
  'broker-pause': (random) => ({ kind: 'broker-pause', node: one(random, brokerNodes), forMs: within(random, 300, 6_000) }),
  'broker-partition': (random) => ({
    kind: 'broker-partition',
    node: one(random, brokerNodes),
    forMs: within(random, 500, 5_000),
  }),
  network: (random, installation) => ({
    kind: 'network',
    client: chooseClient(random, installation),
    trouble: one(random, networkTroubles),
    forMs: within(random, 300, 6_000),
  }),
  packets: (random) => ({
    kind: 'packets',
    cluster: one(random, clusterNames),
    trouble: one(random, packetTroubles),
    forMs: within(random, 300, 8_000),
  }),
  'cluster-way': (random) => ({
    kind: 'cluster-way',
    cluster: one(random, clusterNames),
    trouble: one(random, networkTroubles),
    forMs: within(random, 300, 6_000),
  }),
  'store-way': (random, installation) => ({
    kind: 'store-way',
    mgmt: one(random, mgmtsOf[installation]),
    trouble: one(random, networkTroubles),
    forMs: within(random, 300, 9_000),
  }),
  'disk-full': (random) => ({ kind: 'disk-full', forMs: within(random, 200, 4_000) }),
  'fsync-error': (random) => ({ kind: 'fsync-error', forMs: within(random, 100, 2_000) }),
  'clock-jump': (random, installation) => ({
    kind: 'clock-jump',
    part: chooseClient(random, installation),
    byMs: jumpMs(random) * (random.next() < 0.5 ? 1 : -1),
    forMs: within(random, 500, 6_000),
  }),
  'late-replica': (random) => ({
    kind: 'late-replica',
    cluster: one(random, clusterNames),
    replica: one(random, replicaNames),
    forMs: within(random, 500, 5_000),
  }),
  restart: (random) => ({
    kind: 'restart',
    cluster: one(random, clusterNames),
    pod: one(random, [...replicaNames, 'web-0', 'web-3'] as const),
  }),
  upgrade: (random) => ({ kind: 'upgrade', cluster: one(random, clusterNames) }),
  gate: (random) => ({ kind: 'gate', answer: one(random, gateAnswers), forMs: within(random, 500, 6_000) }),
  membership: (random) => ({
    kind: 'membership',
    cluster: one(random, clusterNames),
    // Long enough for two rows to lie between it and the others.
    forMs: within(random, 500, planBounds.mostForMs),
  }),
  act: (random) => ({ kind: 'act', act: one(random, operatorActs), via: random.next() < 0.2 ? 'cli' : 'api' }),
};

/** Certificates are dated back by five minutes, so clocks may differ by less: most jumps are smaller, and some are of hours. */
function jumpMs(random: Random): number {
  return random.next() < 0.6 ? within(random, 1_000, 240_000) : within(random, 300_000, 12 * 3_600_000);
}

/** mgmt as often as all agents together: there are so few of them. */
function chooseClient(random: Random, installation: Installation): Client {
  return random.next() < 0.6 ? one(random, mgmtsOf[installation]) : one(random, clusterNames);
}
