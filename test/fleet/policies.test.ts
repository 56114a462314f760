import { describeExclusion } from '../scenarios/exclusion.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { describeWaves } from '../scenarios/waves.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const fleet = shareFleet(() => launchSimulatedMesh({ clusters: 3, ratePerSecond: 60 }));

describeWaves(fleet);
describeExclusion(fleet);
