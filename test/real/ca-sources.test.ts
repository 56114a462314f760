import type { RunningVault } from '@reroot/vault/testing';
import { afterAll, beforeAll } from 'vitest';
import { describeCaSources } from '../scenarios/ca-sources.ts';
import { type BesideVault, launchBesideVault, type SourcesBesideVault } from '../scenarios/launch-beside-vault.ts';
import type { MeshFleet } from '../scenarios/mesh-fleet.ts';
import { readRbac } from './lab/agent/agent-access.ts';
import { planCluster } from './lab/lab-plan.ts';
import { startAlone } from './lab/vault/start-alone.ts';
import { startVault } from './lab/vault/start-vault.ts';
import { labCluster, launchRealMesh } from './real-mesh.ts';

let vault: RunningVault & { stop(): Promise<void> };
let underTest: SourcesBesideVault;

beforeAll(async () => {
  vault = await startAlone(startVault);
  underTest = await launchBesideVault(vault, launchBeside);
});

afterAll(async () => {
  await underTest.stop();
  await vault.stop();
});

describeCaSources(() => underTest);

/** The agents find their token in a Secret of their cluster, and may read it as the shipped rights let them. */
async function launchBeside({ secretsDir, agentToken, agentSecret }: BesideVault): Promise<MeshFleet> {
  const clusters = [planCluster('cluster-1', { replicas: 2 }), planCluster('cluster-2')];
  const fleet = await launchRealMesh(clusters, { mgmtSettings: { secrets: { dir: secretsDir } } });
  const rights = await readRbac('vault');
  for (const name of fleet.clusters) {
    const cluster = labCluster(fleet, name);
    await cluster.apply(rights);
    await cluster.admin.request('POST', `/api/v1/namespaces/${agentSecret.namespace}/secrets`, {
      metadata: { name: agentSecret.name },
      stringData: { token: agentToken },
    });
  }
  return fleet;
}
