import { readFile } from 'node:fs/promises';
import { createNatsUser, maxPayloadBytes, openAccountSigner } from '@reroot/shared/nats-auth';
import { startNatsServer } from '@reroot/shared/testing';
import { launchFleet, type NatsSetup } from '@reroot/simulator/fleet-launcher';
import { createRandom } from '@reroot/simulator/random';
import { type ConnectionOptions, jwtAuthenticator } from 'nats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostileBroker, startHostileBroker } from '../hostile/hostile-broker.ts';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { type MeshFleet, makeMesh, meshName } from '../scenarios/mesh-fleet.ts';

/** Messages that must have passed, spoiled and not, before the broker only delays. */
const leastMessages = 100_000;
const stormTimeoutMs = 240_000;
const seed = Number(process.env['REROOT_HOSTILE_SEED'] ?? 1);

let fleet: MeshFleet;
let broker: HostileBroker;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const mgmtNats = await startNatsServer();
  stops.push(() => mgmtNats.stop());
  const { signal } = new AbortController();
  const launched = await launchFleet({
    ...{ clusters: 3, mesh: meshName, ratePerSecond: 60, seed, mgmtNatsUrl: mgmtNats.url, signal },
  });
  stops.push(() => launched.stop());
  broker = await startHostileBroker({
    mgmtSide: { servers: mgmtNats.url },
    agentSide: await brokerOf(launched.natsSetup),
    mesh: meshName,
    clusters: launched.clusters,
    random: createRandom(seed),
    burst: 20,
  });
  stops.push(() => broker.stop());
  const deleteCaSecret = (): Promise<never> => Promise.reject(new Error('no test of this file deletes a Secret'));
  // What a hostile broker may do at the worst is to make everything take long.
  broker.behave('delaying');
  fleet = await makeMesh(launched, { patienceMs: 120_000, deleteCaSecret });
});

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

/** Whoever runs NATS is its own master: it may read and write everything. */
async function brokerOf({ url, caFile, account, signingKeyFile }: NatsSetup): Promise<ConnectionOptions> {
  const { publicKey, seed } = createNatsUser();
  const signer = openAccountSigner(await readFile(signingKeyFile, 'utf8'), account);
  const permissions = { publish: ['>'], subscribe: ['>'] };
  const limits = { subscriptions: 100, payloadBytes: maxPayloadBytes };
  const jwt = await signer.issueUser({ publicKey, name: 'hostile broker', permissions, limits });
  const { hostname, port } = new URL(url);
  // The client's own check takes no addresses; whose server this is, is known here.
  const tls = { caFile, checkServerIdentity: () => undefined };
  return { servers: `${hostname}:${port}`, tls, authenticator: jwtAuthenticator(jwt, Buffer.from(seed)) };
}

/** Every set of roots that any cluster was seen to hold. */
async function watchSecrets(until: AbortSignal): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  while (!until.aborted) {
    for (const cluster of fleet.clusters) seen.add((await rootsInSecret(fleet, cluster)).join(' '));
  }
  return seen;
}

describe('a broker that drops, delays, repeats, reorders, replays, misdelivers, flips bits and forges', () => {
  it('has nothing installed that mgmt did not say, fails no handshake, and cannot keep a rotation from its end', async () => {
    const before = await fleet.traffic();
    const ended = new AbortController();
    const watching = watchSecrets(ended.signal);
    broker.behave('hostile');
    const { rotation } = await fleet.rotate();
    const [oldRoot = '', newRoot = ''] = [rotation?.oldRoot, rotation?.newRoot];
    await expect.poll(() => broker.total(), { timeout: stormTimeoutMs, interval: 500 }).toBeGreaterThan(leastMessages);
    broker.behave('delaying');
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    ended.abort();
    const rows = [[oldRoot], [oldRoot, newRoot], [newRoot, oldRoot], [newRoot]].map((roots) => roots.join(' '));
    expect([...(await watching)].filter((held) => !rows.includes(held))).toEqual([]);
    await expectUnharmed(fleet, before, newRoot);
  });

  it('is refused, and each refusal is counted by its reason', async () => {
    const { clusters } = await fleet.api.listClusters(fleet.broken);
    const byMgmt = sum(clusters.map(({ refusedByMgmt }) => refusedByMgmt));
    const byAgents = sum(clusters.map(({ link }) => link?.refusedByAgent ?? {}));
    const reasons = [
      'RR_PROTOCOL_BAD_SIGNATURE',
      'RR_PROTOCOL_UNKNOWN_KEY',
      'RR_PROTOCOL_MALFORMED',
      'RR_PROTOCOL_REPLAYED',
      'RR_RATE_LIMITED',
    ];
    for (const [who, counts] of Object.entries({ mgmt: byMgmt, agents: byAgents })) {
      expect({ who, unseen: reasons.filter((reason) => (counts[reason] ?? 0) === 0) }).toEqual({ who, unseen: [] });
    }
    const refused = [byMgmt, byAgents].flatMap((counts) => Object.values(counts)).reduce((all, count) => all + count, 0);
    expect(refused).toBeGreaterThan(leastMessages / 2);
  });
});

function sum(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const each of counts) {
    for (const [reason, count] of Object.entries(each)) total[reason] = (total[reason] ?? 0) + count;
  }
  return total;
}
