import { generateKeyPairSync } from 'node:crypto';
import { systemClock } from '@reroot/shared/clock';
import { type Certificate, createRootCertificate, signerFromKey } from '@reroot/shared/pki';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { type MeshFleet, meshName } from '../scenarios/mesh-fleet.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { answerUntil } from '../scenarios/step-by-step.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const fleetOf = shareFleet(() => launchSimulatedMesh({ clusters: 2, ratePerSecond: 40 }));

async function makeForeignRoot(): Promise<Certificate> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const nowMs = systemClock.now();
  const life = { notBeforeMs: nowMs - 60_000, notAfterMs: nowMs + 86_400_000 };
  return createRootCertificate({ key: signerFromKey(privateKey), commonName: 'nobody knows it', organization: 'else', ...life });
}

async function bundleOf({ ports, broken }: MeshFleet, cluster: string): Promise<string> {
  return (await ports.get(cluster)?.readCaSecret(broken))?.rootCert ?? '';
}

const driftMessages = async ({ api, broken }: MeshFleet): Promise<string[]> =>
  (await api.readHistory(meshName, broken)).map(({ message }) => message).filter((message) => message.startsWith('drift'));

describe('a cacerts Secret that somebody edits', () => {
  it('is written anew, and the history says that it was edited, where the mesh says nothing else', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const [own] = await rootsInSecret(fleet, 'cluster-2');
    const foreign = await makeForeignRoot();
    await fleet.editCaSecret('cluster-2', { rootCert: (await bundleOf(fleet, 'cluster-2')) + foreign.pem });
    await fleet.look('the Secret to be written anew', async () =>
      (await rootsInSecret(fleet, 'cluster-2')).length === 1 ? true : undefined,
    );
    const [message] = await fleet.look('the history to say so', async () => {
      const messages = await driftMessages(fleet);
      return messages.length > 0 ? messages : undefined;
    });
    expect(message).toMatch(/^drift has begun: cluster-2: the cacerts Secret was changed by somebody else/);
    await fleet.until('every cluster to be proven', ({ verdict }) => verdict.passed);
    await expectUnharmed(fleet, before, own);
  });

  it('is left and reported where the mesh asks for that, until a rotation begins', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    await fleet.setPolicy({ drift: 'DRIFT_REPORT', verification: { manual: {} } });
    const foreign = await makeForeignRoot();
    const edited = (await bundleOf(fleet, 'cluster-1')) + foreign.pem;
    await fleet.editCaSecret('cluster-1', { rootCert: edited });
    const drifted = await fleet.until('both kinds of drift', ({ drift = [] }) => {
      const kinds = drift.filter(({ cluster }) => cluster === 'cluster-1').map(({ kind }) => kind);
      return kinds.includes('secret') && kinds.includes('foreign-root');
    });
    expect(drifted.alarms.map(({ reason, severity, cluster }) => `${severity} ${reason} ${cluster}`)).toEqual(
      expect.arrayContaining(['warning SecretDrifted cluster-1', 'critical ForeignRoot cluster-1']),
    );
    const { problems } = drifted.clusters.find(({ name }) => name === 'cluster-1')!;
    expect(problems.map(({ code }) => code)).toContain('RR_SECRET_DRIFTED');
    expect(await bundleOf(fleet, 'cluster-1')).toBe(edited);

    const started = await fleet.rotate();
    await answerUntil(fleet, 'FINISHED', () => 'CONTINUE');
    expect(await rootsInSecret(fleet, 'cluster-1')).toEqual([started.rotation?.newRoot]);
    expect((await fleet.status()).drift).toBeUndefined();
    await expectUnharmed(fleet, before, started.rotation?.newRoot);
  });
});
