import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterAccount } from '@reroot/shared/api';
import { jwtExpiresAtMs } from '@reroot/shared/nats-auth';
import { describe, expect, it } from 'vitest';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const fleet = shareFleet(() => launchSimulatedMesh({ clusters: 2, ratePerSecond: 50 }));
const act = { by: 'ana', why: 'a test' };

/** What an agent keeps of its link. */
interface Kept {
  readonly cluster: string;
  readonly privateKeyPem: string;
  readonly epoch: number;
  readonly nats: { readonly jwt: string; readonly seed: string };
}

async function keptBy(agent: string): Promise<Kept> {
  const record = JSON.parse(await readFile(join(fleet().dir, `${agent}.link`, 'link.json'), 'utf8')) as { held: Kept };
  return record.held;
}

function untilAccount(cluster: string, what: string, check: (account: ClusterAccount) => boolean): Promise<ClusterAccount> {
  return fleet().look(`${cluster} ${what}`, async () => {
    const { clusters } = await fleet().api.listClusters(fleet().broken);
    return clusters.find((account) => account.name === cluster && check(account));
  });
}

const settle = (): Promise<unknown> => fleet().until('every cluster to hold the row', ({ verdict }) => verdict.passed);

/** Until NATS has cut off whoever is revoked by now. */
const untilCutOff = (): Promise<unknown> =>
  fleet().look('every server to know who is revoked', async () => {
    const { natsRevocation } = await fleet().api.listClusters(fleet().broken);
    return natsRevocation === 'in-force' ? true : undefined;
  });

// Each test goes on from where the one before it has left the fleet.
describe('a cluster of a whole fleet', () => {
  it('enrols with keys of its own, and its join file is shut out', async () => {
    await settle();
    const account = await untilAccount('cluster-1', 'to answer', ({ link }) => link?.connected === true);
    expect(account).toMatchObject({ origin: 'added', state: 'enrolled', changing: [] });
    await untilCutOff();
    const { nats } = await keptBy('cluster-1');
    expect(jwtExpiresAtMs(nats.jwt)).toBeGreaterThan(Date.now() + 80 * 86_400_000);
  });

  it('changes its keys when it is asked to, and goes on', async () => {
    const before = await keptBy('cluster-1');
    await fleet().api.rotateCredentials('cluster-1', act, fleet().broken);
    await untilAccount('cluster-1', 'to have changed its keys', ({ changing }) => changing.length === 0);
    const after = await keptBy('cluster-1');
    expect(after).toMatchObject({ cluster: 'cluster-1', epoch: 1 });
    expect(after.privateKeyPem).not.toBe(before.privateKeyPem);
    expect(after.nats.seed).not.toBe(before.nats.seed);
    await untilCutOff();
    await settle();
  });

  it('takes another name over, changes its keys under it, and rotates by it', async () => {
    const before = await keptBy('cluster-2');
    await fleet().api.renameCluster('cluster-2', { to: 'renamed', ...act }, fleet().broken);
    await untilAccount('renamed', 'to be heard, with new keys', ({ changing }) => changing.length === 0);
    const after = await keptBy('cluster-2');
    expect(after).toMatchObject({ cluster: 'renamed', epoch: 1 });
    expect(after.nats.seed).not.toBe(before.nats.seed);
    await settle();
    await fleet().rotate();
    await fleet().until('FINISHED', ({ state }) => state === 'FINISHED');
  });

  it('takes another name over while it is changing its keys', async () => {
    await Promise.all([
      fleet().api.rotateCredentials('renamed', act, fleet().broken),
      fleet().api.renameCluster('renamed', { to: 'renamed-again', ...act }, fleet().broken),
    ]);
    const { link } = await untilAccount('renamed-again', 'to be heard, with new keys', ({ changing }) => changing.length === 0);
    expect(link?.connected).toBe(true);
    expect(await keptBy('cluster-2')).toMatchObject({ cluster: 'renamed-again', epoch: 3 });
    await settle();
  });

  it('is shut out when it is revoked, and comes back by another join file alone', async () => {
    await fleet().api.revokeCluster('cluster-1', { by: 'bob', why: 'its node was broken into' }, fleet().broken);
    const { verdict } = await fleet().until('it to be missed', ({ verdict: { passed } }) => !passed);
    expect(verdict.message).toContain('bob: its node was broken into');
    await untilCutOff();
    const agent = fleet().agents.get('cluster-1');
    await agent?.kill();
    const before = await keptBy('cluster-1');
    const joinFile = join(fleet().dir, 'cluster-1.join.json');
    const again = { name: 'cluster-1', mesh: meshName, mode: 'again', by: 'ana' } as const;
    await rm(joinFile);
    await writeFile(joinFile, JSON.stringify(await fleet().api.addCluster(again, fleet().broken)), { mode: 0o600 });
    await agent?.start(fleet().broken);
    await untilAccount('cluster-1', 'to have joined', ({ state, link }) => state === 'enrolled' && link?.connected === true);
    expect((await keptBy('cluster-1')).privateKeyPem).not.toBe(before.privateKeyPem);
    await settle();
  });
});
