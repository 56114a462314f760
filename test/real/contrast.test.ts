import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { fingerprintsOf, rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { answerUntil, rotateTo, steps, untilAsked } from '../scenarios/step-by-step.ts';
import { describeStrategyNone } from '../scenarios/strategy-none.ts';
import { chainsOfWorkloads } from './chains-of-workloads.ts';
import { type InjectedFault, withFault } from './faults/with-fault.ts';
import type { Moment } from './judge/judge-claims.ts';
import { lookAt } from './judge/look-at-clusters.ts';
import { planThreeClusters } from './lab/lab-plan.ts';
import { projectFiles } from './lab/node/project-files.ts';
import { createWitness } from './lab/truth/read-truth.ts';
import { labCluster, launchRealMesh, type RealMesh } from './real-mesh.ts';
import { editSecret, readSecretData, type SecretData } from './secret-by-hand.ts';

const fleetOf = shareFleet(() => launchRealMesh(planThreeClusters()));

describe('files of cacerts that somebody edits', () => {
  it('are named with who did it, and no connection fails', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const [root] = await rootsInSecret(fleet, 'cluster-3');
    const signer = signerOf(await readSecretData(fleet, 'cluster-2'));
    await editSecret(fleet, 'cluster-3', 'kubectl-edit', signer);
    expect(await untilEditReported(fleet, 'cluster-3')).toContain('kubectl-edit');
    await fleet.until('every cluster to be proven', ({ verdict }) => verdict.passed);
    await expectUnharmed(fleet, before, root);
  });

  it('while the agent is away are named with who did it when it is back, and no connection fails', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const [root] = await rootsInSecret(fleet, 'cluster-2');
    await withFault(agentAway(fleet, 'cluster-2'), async () => {
      await editSecret(fleet, 'cluster-2', 'somebody-else', signerOf(await readSecretData(fleet, 'cluster-1')));
    });
    expect(await untilEditReported(fleet, 'cluster-2')).toContain('somebody-else');
    await fleet.until('every cluster to be proven', ({ verdict }) => verdict.passed);
    await expectUnharmed(fleet, before, root);
  });
});

describe('a replica whose files are others than those in the Secret', () => {
  it('is named, and holds up the next step', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const [, replica] = labCluster(fleet, 'cluster-1').replicaPods();
    const { name } = replica!.pod.metadata;
    const files = replica!.volumes.dirOf('cacerts');
    const own = await readSecretData(fleet, 'cluster-1');
    const others = { ...own, ...signerOf(await readSecretData(fleet, 'cluster-3')) };
    const astray = {
      start: async () => {
        replica!.volumes.hold();
        await bringIn(files, others);
      },
      undo: async () => {
        await bringIn(files, own);
        replica!.volumes.release();
      },
    };
    const { rotation } = await withFault(astray, async () => {
      const { verdict } = await fleet.until('the replica to lag', ({ verdict: { laggards } }) => laggards.length > 0);
      expect(verdict.laggards).toMatchObject([{ cluster: 'cluster-1', replica: name }]);
      const begun = await fleet.rotate();
      await fleet.untilHandshakes(200);
      expect(await fleet.status()).toMatchObject({ verdict: { laggards: [{ replica: name }] } });
      // Nobody was told the step, so the Secret is as it was.
      expect(await readSecretData(fleet, 'cluster-1')).toEqual(own);
      return begun;
    });
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
    // Proxies hear of changes from the one istiod, and are given certificates by the other, which is late.
    const losing = {
      start: () => {
        cluster.pinDiscovery(fresh);
        cluster.pinCertificates(late);
        cluster.holdReplica(late!);
      },
      undo: () => {
        cluster.pinDiscovery(undefined);
        cluster.pinCertificates(undefined);
        cluster.releaseReplica(late!);
      },
    };
    await withFault(losing, async () => {
      const { rotation } = await fleet.rotate({ verification: 'manual' });
      for (const step of steps) {
        const held = await heldInCluster(fleet, 'cluster-1');
        await fleet.until(`${late!} to be the only laggard in ${step}`, (status) => {
          const { laggards } = status.verdict;
          return status.step === step && laggards.length === 1 && laggards[0]?.replica === late;
        });
        await fleet.untilHandshakes(100);
        if (step === 'PROPAGATING_NEW_INTERMEDIATE') expect(await heldInCluster(fleet, 'cluster-1')).toEqual(held);
        cluster.releaseReplica(late!);
        const asked = await untilAsked(fleet, step);
        if (step !== 'DELETING_OLD_ROOT') cluster.holdReplica(late!);
        await fleet.answer(asked, 'CONTINUE');
      }
      await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      await expectAllUnder(fleet, 'cluster-1', rotation?.newRoot);
      await expectUnharmed(fleet, before, rotation?.newRoot);
    });
  });
});

describe('a signer that somebody switches without changing the bundle', () => {
  it('reaches no workload, which are named when the agent is back, and nudged', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const asked = await rotateTo(fleet, 'ADDING_NEW_ROOT');
    const newRoot = asked.rotation?.newRoot;
    const cluster = labCluster(fleet, 'cluster-1');
    const [, late] = cluster.replicaPods();
    const switchSigner = (): Promise<readonly string[]> =>
      withFault({ start: () => undefined, undo: () => startAgent(fleet, 'cluster-1') }, async () => {
        const held = await withFault(
          // While one istiod is late the agent nudges nobody, however far it comes before it dies.
          { start: () => late!.volumes.hold(), undo: () => late!.volumes.release() },
          async () => {
            await fleet.answer(asked, 'CONTINUE');
            await fleet.until('cluster-1 to be told', ({ clusters }) => {
              return clusters[0]?.told?.step === 'PROPAGATING_NEW_INTERMEDIATE';
            });
            await fleet.agents.get('cluster-1')?.kill();
            await fleet.until('cluster-3 to sign under the new root', ({ clusters }) => clusters[2]?.signerRoot === newRoot);
            const signers = workloadSigners(await look(fleet, 'cluster-1'));
            await editSecret(fleet, 'cluster-1', 'somebody-else', signerOf(await readSecretData(fleet, 'cluster-3')));
            return signers;
          },
        );
        await fleet.look('every istiod to sign with it', async () => {
          const { facts } = await look(fleet, 'cluster-1');
          const replicas = new Set([...facts].filter(([fact]) => /^replica .* signer$/.test(fact)).map(([, signer]) => signer));
          const [signer] = replicas;
          return replicas.size === 1 && signer !== undefined && !held.includes(signer) ? signer : undefined;
        });
        await fleet.untilHandshakes(200);
        expect(workloadSigners(await look(fleet, 'cluster-1'))).toEqual(held);
        return held;
      });
    // The agent nudges as soon as it is back: proxies that hear of nothing show what it sees before that.
    const deaf = { start: () => cluster.cutDiscovery(), undo: () => cluster.pinDiscovery(undefined) };
    const { signersBefore, named } = await withFault(deaf, async () => ({
      signersBefore: await switchSigner(),
      named: await fleet.until('a workload of cluster-1 to be named', ({ verdict: { laggards } }) => {
        return laggards.some((each) => each.cluster === 'cluster-1' && each.workload !== undefined);
      }),
    }));
    expect(named.step).toBe('PROPAGATING_NEW_INTERMEDIATE');
    await untilAsked(fleet, 'PROPAGATING_NEW_INTERMEDIATE');
    expect(workloadSigners(await look(fleet, 'cluster-1'))).not.toEqual(signersBefore);
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
    const slow = { start: () => cluster.delayReplica(name, lateMs), undo: () => cluster.delayReplica(name, 0) };
    const { rotation } = await withFault(slow, async () => {
      const begun = await fleet.rotate();
      await fleet.until('the replica to be the only laggard', ({ verdict: { laggards } }) => {
        return laggards.length === 1 && laggards[0]?.replica === name;
      });
      const next = await fleet.until('the next step', ({ step }) => step === 'PROPAGATING_NEW_INTERMEDIATE');
      expect(Date.parse(next.enteredAt) - Date.parse(begun.enteredAt)).toBeGreaterThan(lateMs);
      return begun;
    });
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await expectNoneFailed(fleet, before);
    await expectUnharmed(fleet, before, rotation?.newRoot);
  });
});

describeStrategyNone(fleetOf);

/** The agent is killed, and started anew. */
function agentAway(fleet: RealMesh, cluster: string): InjectedFault {
  return { start: () => fleet.agents.get(cluster)?.kill(), undo: () => startAgent(fleet, cluster) };
}

async function startAgent(fleet: RealMesh, cluster: string): Promise<void> {
  const agent = fleet.agents.get(cluster);
  if (agent?.pid() === undefined) await agent?.start(fleet.broken);
}

/** Looks until the agent reports that files of the Secret were changed; gives its message. */
function untilEditReported(fleet: RealMesh, name: string): Promise<string> {
  return fleet.look(`the edit in ${name} to be reported`, async () => {
    const { clusters } = await fleet.status();
    const problems = clusters.find((cluster) => cluster.name === name)?.problems;
    return problems?.find(({ code }) => code === 'RR_SECRET_EDITED')?.message;
  });
}

/** What a nudge that comes too early would change: the roots in the Secret, to the byte, and the leaf of each workload. */
async function heldInCluster(fleet: RealMesh, cluster: string): Promise<object> {
  const { 'root-cert.pem': roots } = await readSecretData(fleet, cluster);
  const leaves = (await chainsOfWorkloads(fleet, cluster)).map(({ chain: [leaf] }) => leaf!.fingerprint256);
  expect(leaves).toHaveLength(2);
  return { roots, leaves };
}

/** The chain of each workload leads to this root, which is the only one that it trusts. */
async function expectAllUnder(fleet: RealMesh, cluster: string, root: string | undefined): Promise<void> {
  const workloads = await chainsOfWorkloads(fleet, cluster);
  expect(workloads).toHaveLength(2);
  for (const { chain, rootCert } of workloads) {
    expect(fingerprintsOf(rootCert)).toEqual([root]);
    const whole = [...chain, new X509Certificate(rootCert)];
    chain.forEach((certificate, index) => {
      expect(certificate.verify(whole[index + 1]!.publicKey)).toBe(true);
    });
  }
}

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
