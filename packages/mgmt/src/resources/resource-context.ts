import type { KubeApi } from '@reroot/kube-api';
import type { ClusterAccounts, MeshStatus } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { ClusterOperations, MeshMoment, Operations } from '../runner/index.ts';
import type { Actor } from '../store/index.ts';
import type { Collection } from './collection.ts';
import type { Deeds } from './deeds.ts';
import type { PacedWriter } from './paced-writer.ts';
import type { TellEvent } from './resource-events.ts';

/** A mesh as the store has it, and as the API says it. */
export interface SeenMesh {
  readonly moment: MeshMoment;
  readonly status: MeshStatus;
}

/** What reconciling works with: wishes are carried out by the very operations that the API has. */
export interface ResourceContext {
  readonly operations: Pick<
    Operations,
    | 'readMesh'
    | 'readHistory'
    | 'applyMesh'
    | 'startRotation'
    | 'adopt'
    | 'abortRotation'
    | 'retryRotation'
    | 'answerVerification'
  >;
  readonly clusters: Pick<ClusterOperations, 'add' | 'revoke'>;
  readonly describeAccounts: () => Promise<ClusterAccounts>;
  readonly api: KubeApi;
  readonly namespace: string;
  readonly virtualMeshes: Collection;
  readonly managedClusters: Collection;
  readonly certificateRotations: Collection;
  readonly certificateVerifications: Collection;
  readonly writer: PacedWriter;
  readonly deeds: Deeds;
  readonly tell: TellEvent;
  readonly clock: Clock;
  /** How the journal says that somebody acts by an object. */
  readonly via: Actor['via'];
  /** Aborts when mgmt leads no longer. */
  readonly signal: AbortSignal;
}
