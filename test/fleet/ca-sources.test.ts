import { startVaultStandIn, type VaultStandIn } from '@reroot/vault/testing';
import { afterAll, beforeAll } from 'vitest';
import { describeCaSources } from '../scenarios/ca-sources.ts';
import { launchBesideVault, type SourcesBesideVault } from '../scenarios/launch-beside-vault.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

let vault: VaultStandIn;
let underTest: SourcesBesideVault;

beforeAll(async () => {
  vault = await startVaultStandIn();
  underTest = await launchBesideVault({ ...vault, unsealKey: '' }, ({ secretsDir }) =>
    launchSimulatedMesh({ clusters: 2, ratePerSecond: 100, secretsDir }),
  );
});

afterAll(async () => {
  await underTest.stop();
  await vault.stop();
});

describeCaSources(() => underTest);
