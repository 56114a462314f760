import { describeEmergency } from '../scenarios/emergency.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

describeEmergency(shareFleet(() => launchSimulatedMesh({ clusters: 3, ratePerSecond: 60 })));
