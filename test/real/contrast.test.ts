import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { answerUntil, rotateTo, steps, untilAsked } from '../scenarios/step-by-step.ts';
import { describeStrategyNone } from '../scenarios/strategy-none.ts';
import type { Moment } from './judge/judge-claims.ts';
import { lookAt } from './judge/look-at-clusters.ts';
import { planThreeClusters } from './lab/lab-plan.ts';
import { projectFiles } from './lab/node/project-files.ts';
import { createWitness } from './lab/truth/read-truth.ts';
import { labCluster, launchRealMesh, type RealMesh } from './real-mesh.ts';
import { editSecret, readSecretData, type SecretData } from './secret-by-hand.ts';

const fleetOf = shareFleet(() => launchRealMesh(planThreeClusters()));

describe('files of cacerts that somebody edits', () => {
  it('are put right, who did it is named, and no connection fails', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const [root] = await rootsInSecret(fleet, 'cluster-2');
    await fleet.agents.get('cluster-2')?.kill();
    const other = await readSecretData(fleet, 'cluster-3');
    await editSecret(fleet, 'cluster-2', 'somebody-else', signerOf(other));
    await fleet.agents.get('cluster-2')?.start(fleet.broken);
    const problem = await fleet.look('the edit to be reported', async () => {
      const { clusters } = await fleet.status();
      return clusters[1]?.problems.find(({ code }) => code === 'RR_SECRET_EDITED');
    });
    expect(problem.message).toContain('somebody-else');
    await fleet.until('every cluster to be proven', ({ verdict }) => verdict.passed);
    await expectUnharmed(fleet, before, root);
  });
});

describe('a replica whose files are others than those in the Secret', () => {
  it('is named, and holds up the next step', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const [, replica] = labCluster(fleet, 'cluster-1').replicaPods();
    const own = await readSecretData(fleet, 'cluster-1');
    replica!.volumes.hold();
    await bringIn(replica!.volumes.dirOf('cacerts'), { ...own, ...signerOf(await readSecretData(fleet, 'cluster-3')) });
    const { verdict } = await fleet.until('the replica to lag', ({ verdict: { laggards } }) => laggards.length > 0);
    expect(verdict.laggards).toMatchObject([{ cluster: 'cluster-1', replica: replica!.pod.metadata.name }]);
    const { rotation } = await fleet.rotate();
    await fleet.untilHandshakes(200);
    expect(await fleet.status()).toMatchObject({ verdict: { laggards: [{ replica: replica!.pod.metadata.name }] } });
    // Nobody was told the step, so the Secret is as it was.
    expect(await readSecretData(fleet, 'cluster-1')).toEqual(own);
    await bringIn(replica!.volumes.dirOf('cacerts'), own);
    replica!.volumes.release();
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await expectUnharmed(fleet, before, rotation?.newRoot);
  });
});

describe('a nudge that would be lost', () => {
  it('is not given before every replica signs anew: each leaf ends under the new root, and no workload keeps the old one', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const cluster = labCluster(fleet, 'cluster-1');
    const [fresh, late] = cluster.replicaPods().map(({ pod }) => pod.metadata.name);
    // Proxies hear of changes from the one istiod, and are given certificates by the other.
    cluster.pinDiscovery(fresh);
    cluster.pinCertificates(late);
    cluster.holdReplica(late!);
    const { rotation } = await fleet.rotate({ verification: 'manual' });
    for (const step of steps) {
      await fleet.until(`${late!} to be the only laggard in ${step}`, (status) => {
        const { laggards } = status.verdict;
        return status.step === step && laggards.length === 1 && laggards[0]?.replica === late;
      });
      await fleet.untilHandshakes(100);
      cluster.releaseReplica(late!);
      const asked = await untilAsked(fleet, step);
      if (step !== 'DELETING_OLD_ROOT') cluster.holdReplica(late!);
      await fleet.answer(asked, 'CONTINUE');
    }
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    const { facts } = await look(fleet, 'cluster-1');
    const workloads = [...facts].filter(([fact]) => fact.startsWith('workload '));
    expect(workloads.filter(([fact]) => fact.endsWith(' roots')).map(([, roots]) => roots)).toEqual([
      rotation?.newRoot,
      rotation?.newRoot,
    ]);
    const signers = [...facts].filter(([fact]) => fact.endsWith(' signer')).map(([, signer]) => signer);
    expect(signers).toHaveLength(4);
    expect(new Set(signers).size).toBe(1);
    await expectUnharmed(fleet, before, rotation?.newRoot);
    cluster.pinDiscovery(undefined);
    cluster.pinCertificates(undefined);
  });
});

describe('a signer that somebody switches without changing the bundle', () => {
  it('reaches no workload, which are named when the agent is back, and nudged', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const asked = await rotateTo(fleet, 'ADDING_NEW_ROOT');
    const newRoot = asked.rotation?.newRoot;
    // While one istiod is late the agent nudges nobody, however far it comes before it dies.
    const [, late] = labCluster(fleet, 'cluster-1').replicaPods();
    late!.volumes.hold();
    await fleet.answer(asked, 'CONTINUE');
    await fleet.until('cluster-1 to be told', ({ clusters }) => clusters[0]?.told?.step === 'PROPAGATING_NEW_INTERMEDIATE');
    await fleet.agents.get('cluster-1')?.kill();
    await fleet.until('cluster-3 to sign under the new root', ({ clusters }) => clusters[2]?.signerRoot === newRoot);
    const signersBefore = workloadSigners(await look(fleet, 'cluster-1'));
    await editSecret(fleet, 'cluster-1', 'somebody-else', signerOf(await readSecretData(fleet, 'cluster-3')));
    late!.volumes.release();
    const switched = await fleet.look('every istiod to sign with it', async () => {
      const { facts } = await look(fleet, 'cluster-1');
      const replicas = new Set([...facts].filter(([fact]) => /^replica .* signer$/.test(fact)).map(([, signer]) => signer));
      return replicas.size === 1 && !signersBefore.includes([...replicas][0] ?? '') ? [...replicas][0] : undefined;
    });
    await fleet.untilHandshakes(200);
    expect(workloadSigners(await look(fleet, 'cluster-1'))).toEqual(signersBefore);

    await fleet.agents.get('cluster-1')?.start(fleet.broken);
    const named = await fleet.until('a workload of cluster-1 to be named', ({ verdict: { laggards } }) => {
      return laggards.some(({ cluster, workload }) => cluster === 'cluster-1' && workload !== undefined);
    });
    expect(named.step).toBe('PROPAGATING_NEW_INTERMEDIATE');
    await untilAsked(fleet, 'PROPAGATING_NEW_INTERMEDIATE');
    expect(workloadSigners(await look(fleet, 'cluster-1'))).not.toEqual(signersBefore);
    expect(switched).toMatch(/^[0-9a-f]{64}$/);
    await answerUntil(fleet, 'FINISHED', () => 'CONTINUE');
    await expectUnharmed(fleet, before, newRoot);
  });
});

describe('a volume that is a minute late', () => {
  it('holds the rotation until it is in, the replica is named, and no connection fails', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const cluster = labCluster(fleet, 'cluster-1');
    const [, replica] = cluster.replicaPods();
    const { name } = replica!.pod.metadata;
    const lateMs = 60_000;
    cluster.delayReplica(name, lateMs);
    const { rotation, enteredAt } = await fleet.rotate();
    await fleet.until('the replica to be the only laggard', ({ verdict: { laggards } }) => {
      return laggards.length === 1 && laggards[0]?.replica === name;
    });
    const next = await fleet.until('the next step', ({ step }) => step === 'PROPAGATING_NEW_INTERMEDIATE');
    expect(Date.parse(next.enteredAt) - Date.parse(enteredAt)).toBeGreaterThan(lateMs);
    cluster.delayReplica(name, 0);
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await expectNoneFailed(fleet, before);
    await expectUnharmed(fleet, before, rotation?.newRoot);
  });
});

describeStrategyNone(fleetOf);

function signerOf(data: SecretData): SecretData {
  return Object.fromEntries(Object.entries(data).filter(([file]) => file !== 'root-cert.pem'));
}

async function bringIn(dir: string, data: SecretData): Promise<void> {
  await projectFiles(dir, new Map(Object.entries(data).map(([file, content]) => [file, Buffer.from(content, 'base64')])));
}

async function look(fleet: RealMesh, cluster: string): Promise<Moment> {
  return lookAt(cluster, await createWitness(labCluster(fleet, cluster)));
}

function workloadSigners({ facts }: Moment): readonly string[] {
  return [...facts].filter(([fact]) => /^workload .* signer$/.test(fact)).map(([, signer]) => signer);
}
