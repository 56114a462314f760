import { describeDeletedSecret } from '../scenarios/deleted-secret.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

describeDeletedSecret(shareFleet(() => launchSimulatedMesh({ clusters: 3, ratePerSecond: 60 })));
