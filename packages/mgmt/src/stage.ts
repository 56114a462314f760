import type { ReplicaStatus } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { ApiStage, LiveSource } from './api/index.ts';

/** What mgmt does on its ground: it leads, or it stands by. */
export interface Stage {
  readonly api: ApiStage;
  /** What the live stream shows. */
  readonly live: LiveSource;
  /** Begins to move the meshes, or to follow them; it can be asked before that. What must be stopped goes into the lifecycle. */
  run(lifecycle: Lifecycle): Promise<void>;
}

/** What every stage of a process knows. */
export interface ReplicaFacts {
  /** How many follow the live stream. */
  readonly countLive: () => number;
  /** This replica and the one that leads; undefined where there is but one. */
  readonly describeReplica?: (() => ReplicaStatus) | undefined;
}

/** The stage that mgmt is at. The API and the live stream stay as they are when another one is entered. */
export interface Stages {
  /** @throws RR_API_NOT_READY before the first one */
  current(): Stage;
  enter(stage: Stage): void;
}

/** Is at none. */
export function createStages(): Stages {
  let stage: Stage | undefined;
  return {
    current: () => {
      if (stage === undefined) throw new RerootError('RR_API_NOT_READY', 'mgmt is starting');
      return stage;
    },
    enter: (next) => {
      stage = next;
    },
  };
}
