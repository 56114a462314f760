import { describeDeletedSecret } from '../scenarios/deleted-secret.ts';
import { describeLateReplica } from '../scenarios/late-replica.ts';
import { describeRollback } from '../scenarios/rollback.ts';
import { describeRotation } from '../scenarios/rotation.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { planThreeClusters } from './lab/lab-plan.ts';
import { launchRealMesh } from './real-mesh.ts';

const fleet = shareFleet(() => launchRealMesh(planThreeClusters()));

describeRotation(fleet);
describeRollback(fleet);
describeLateReplica(fleet);
describeDeletedSecret(fleet);
