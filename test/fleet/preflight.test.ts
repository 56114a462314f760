import { describePreflight } from '../scenarios/preflight.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

describePreflight(
  shareFleet(() => launchSimulatedMesh({ clusters: 3, ratePerSecond: 20 })),
  { open: [] },
);
