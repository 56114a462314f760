import { describeCrashes } from '../scenarios/crash.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { planCluster } from './lab/lab-plan.ts';
import { launchRealMesh } from './real-mesh.ts';

describeCrashes(shareFleet(() => launchRealMesh([planCluster('cluster-1', { replicas: 2 }), planCluster('cluster-2')])));
