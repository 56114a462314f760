import { describeAutomatic } from '../scenarios/automatic.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { planCluster } from './lab/lab-plan.ts';
import { launchRealMesh } from './real-mesh.ts';

const fleetOf = shareFleet(() =>
  launchRealMesh([planCluster('cluster-1', { replicas: 2, workloads: 2 }), planCluster('cluster-2')], { ratePerSecond: 60 }),
);

describeAutomatic(fleetOf, () => ({}));
