import { describeLateReplica } from '../scenarios/late-replica.ts';
import { describeRollback } from '../scenarios/rollback.ts';
import { describeRotation } from '../scenarios/rotation.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { describeStrategyNone } from '../scenarios/strategy-none.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const fleet = shareFleet(() => launchSimulatedMesh({ clusters: 3, ratePerSecond: 100 }));

describeRotation(fleet);
describeRollback(fleet);
describeLateReplica(fleet);
describeStrategyNone(fleet);
