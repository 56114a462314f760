import type { AdoptionStatus, AdoptRequest, MeshStatus, PreflightReport } from '@reroot/shared/api';
import { launchFleet, meshDocument, type SimulatedFleet } from '@reroot/simulator/fleet-launcher';
import { afterEach, describe, expect, it } from 'vitest';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { type MeshFleet, meshName, withoutMesh } from '../scenarios/mesh-fleet.ts';
import { answerUntil, untilAsked } from '../scenarios/step-by-step.ts';

const patienceMs = 90_000;
const policy = { restarts: 'RESTART_NEEDED' };

interface AdoptedFleet extends MeshFleet {
  readonly control: SimulatedFleet['control'];
  /** Makes a mesh of these clusters without a word to them; gives what an adoption would begin with. */
  holdBack(clusters: readonly string[], authorities?: Readonly<Record<string, unknown>>): Promise<AdoptionStatus>;
  adopt(request?: Partial<AdoptRequest>): Promise<MeshStatus>;
}

let fleet: AdoptedFleet | undefined;
afterEach(async () => {
  await fleet?.stop();
  fleet = undefined;
});

type FirstCa = { readonly kind: 'self-made' } | { readonly kind: 'plugged-in'; readonly root: string; readonly by?: 'reroot' };

const [hourMs, dayMs] = [3_600_000, 86_400_000];

/** Clusters that run and talk before reroot comes. */
async function launch(cas: readonly FirstCa[], leafTtlsMs: readonly number[] = []): Promise<AdoptedFleet> {
  const launched = await launchFleet({
    ...{ clusters: cas.length, mesh: meshName, ratePerSecond: 60, seed: 1, signal: AbortSignal.timeout(10 * patienceMs) },
    clusterSettings: (cluster) => {
      const index = Number(cluster.split('-')[1]) - 1;
      return { ca: cas[index], leafTtlMs: leafTtlsMs[index] ?? dayMs };
    },
    // What another reroot has written is taken over without leave.
    agentSettings: () => ({ adoption: cas.every((ca) => 'by' in ca) ? 'never' : 'allowed' }),
    trafficBetween: 'trusting',
  });
  const { api, broken } = launched;
  const steps = withoutMesh(launched, { patienceMs, deleteCaSecret: () => Promise.reject(new Error('nobody deletes')) });
  fleet = {
    ...{ ...steps, control: launched.control },
    holdBack: async (clusters, authorities = {}) => {
      const plan = { name: meshName, clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', policy, authorities } as const;
      await api.applyHeldBack(meshName, meshDocument(plan), broken);
      return steps.look('every cluster to have reported', async () => {
        const found = await api.readAdoption(meshName, broken);
        return found.clusters.every(({ problems }) => problems.length === 0) ? found : undefined;
      });
    },
    adopt: (request = {}) => api.adopt(meshName, { by: 'test', ...request }, broken),
  };
  await fleet.untilHandshakes(50);
  return fleet;
}

const finished = ({ state }: MeshStatus): boolean => state === 'FINISHED';

type ByPair = Readonly<Record<string, { readonly ok: number; readonly failed: number }>>;

/** Handshakes so far by `from>to`, the clusters. */
async function countPairs({ control, broken }: AdoptedFleet): Promise<ByPair> {
  const response = await fetch(`${control.url}/traffic`, { signal: broken });
  return ((await response.json()) as { readonly byPair: ByPair }).byPair;
}

async function pairsOf(some: AdoptedFleet): Promise<readonly string[]> {
  return Object.keys(await countPairs(some)).toSorted();
}

describe('three clusters whose istiods have made CAs of their own', () => {
  it('come under one root, istiod by istiod restarted once, and no handshake fails', async () => {
    const three = await launch([{ kind: 'self-made' }, { kind: 'self-made' }, { kind: 'self-made' }]);
    expect(await pairsOf(three)).toEqual(three.clusters.map((cluster) => `${cluster}>${cluster}`));
    const found = await three.holdBack(three.clusters);
    expect(found.clusters.map(({ ca, roots, signer }) => [ca, roots.length, signer === roots[0]?.fingerprint])).toEqual(
      Array(3).fill(['self-made', 1, true]),
    );
    expect(new Set(found.clusters.map(({ signer }) => signer)).size).toBe(3);
    expect(openOf(await three.api.preflight(meshName, {}, three.broken))).toEqual([]);
    const before = await three.traffic();
    const { rotation } = await three.adopt();
    await three.until('FINISHED', finished);
    await three.untilHandshakes(200);
    await expectUnharmed(three, before, rotation?.newRoot);
    expect(await three.traffic()).toMatchObject({ failed: 0 });
    expect(await pairsOf(three)).toHaveLength(9);
  });
});

describe('what preflight says of clusters that wait to be adopted', () => {
  const intermediateCertOptions = { ttlDays: 1, keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' };

  it('names what would go wrong in one of them, and keeps the adoption from starting unless that is overridden by name', async () => {
    const cas: readonly FirstCa[] = [{ kind: 'self-made' }, { kind: 'plugged-in', root: 'x' }];
    const two = await launch(cas, [hourMs, 2 * dayMs]);
    await two.holdBack(two.clusters, { intermediateCertOptions });
    const report = await two.api.preflight(meshName, {}, two.broken);
    expect(report).toMatchObject({ start: 'adoption', outcome: 'fatal' });
    expect(openOf(report)).toEqual(['intermediate-lifetime fatal cluster-2']);
    await expect(two.adopt()).rejects.toMatchObject({
      code: 'RR_PREFLIGHT_FAILED',
      message: expect.stringContaining('intermediate-lifetime'),
    });
    await expect(two.adopt({ overrides: [{ check: 'disk', why: 'by mistake' }] })).rejects.toMatchObject({
      code: 'RR_PREFLIGHT_FAILED',
    });
    expect(await two.status()).toMatchObject({
      state: 'NOT_ROTATING',
      clusters: [{ membership: 'returning' }, { membership: 'returning' }],
    });
    const overrides = [
      { check: 'intermediate-lifetime', why: 'leaves of two days go away tomorrow' },
      { check: 'disk', why: 'not needed' },
    ];
    await two.adopt({ overrides });
    const history = await two.api.readHistory(meshName, two.broken);
    expect(history.at(-1)?.message ?? '').not.toContain('not needed');
    expect(history.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /^adoption started .*; preflight overridden: intermediate-lifetime \(leaves of two days go away tomorrow\)$/,
      ),
    );
  });
});

/** The checks that do not pass, how, and for which clusters. */
function openOf({ checks }: PreflightReport): readonly string[] {
  return checks
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ id, outcome, findings }) => [id, outcome, ...new Set(findings.map(({ cluster = 'mgmt' }) => cluster))].join(' '));
}

describe('two meshes under foreign roots that are plugged in', () => {
  const cas = ['x', 'x', 'y', 'y'].map((root) => ({ kind: 'plugged-in', root }) as const);

  it('are merged under one root while each of them goes on talking, and no handshake fails', async () => {
    const four = await launch(cas);
    expect(await pairsOf(four)).toHaveLength(8);
    const found = await four.holdBack(four.clusters);
    expect(found.clusters.map(({ ca, roots }) => [ca, roots.map(({ subject }) => subject.includes('CN=x'))])).toEqual([
      ...Array(2).fill(['plugged-in', [true]]),
      ...Array(2).fill(['plugged-in', [false]]),
    ]);
    const before = await four.traffic();
    const { rotation } = await four.adopt();
    await four.until('FINISHED', finished);
    await four.untilHandshakes(300);
    await expectUnharmed(four, before, rotation?.newRoot);
    expect(await four.traffic()).toMatchObject({ failed: 0 });
    expect(await pairsOf(four)).toHaveLength(16);
  });

  const goingBack =
    'go back each to its own row, from the new root too, and can be adopted again; none that trusted each other fail';
  it.each<[string, readonly FirstCa[]]>([
    ['people plugged them in', cas],
    ['other mgmts had written them', cas.map((ca) => ({ ...ca, by: 'reroot' }))],
  ])(`${goingBack}, where %s`, async (_, found) => {
    const four = await launch(found);
    const talkedBefore = await pairsOf(four);
    const { clusters } = await four.holdBack(four.clusters);
    await four.adopt({ verification: 'manual' });
    await four.answer(await untilAsked(four, 'ADDING_NEW_ROOT'), 'CONTINUE');
    await four.answer(await untilAsked(four, 'PROPAGATING_NEW_INTERMEDIATE'), 'ROLLBACK');
    await answerUntil(four, 'PREVIOUS_CA', ({ step }) => (step === 'PREVIOUS_CA' ? 'CONTINUE' : 'ROLLBACK'));
    await four.untilHandshakes(200);
    for (const { name, roots, signer } of clusters) {
      const own = roots.map(({ fingerprint }) => fingerprint);
      expect(await rootsInSecret(four, name)).toEqual(own);
      const status = (await four.status()).clusters.find((cluster) => cluster.name === name);
      expect(status).toMatchObject({ roots: own, signerRoot: signer, membership: 'member' });
    }
    const { rotation } = await four.adopt({ verification: 'none' });
    await four.until('FINISHED', finished);
    await expectUnharmed(four, await four.traffic(), rotation?.newRoot);
    // What the overlap alone had made possible ended with it; what had been there before never failed.
    const counts = await countPairs(four);
    expect(talkedBefore).toHaveLength(8);
    for (const pair of talkedBefore) expect([pair, counts[pair]?.failed]).toEqual([pair, 0]);
    expect(Object.values(counts).some(({ failed }) => failed > 0)).toBe(true);
  });
});
