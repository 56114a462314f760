import { describeCrashes } from '../scenarios/crash.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

describeCrashes(shareFleet(() => launchSimulatedMesh({ clusters: 2, ratePerSecond: 50 })));
