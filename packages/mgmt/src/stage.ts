import type { ReplicaStatus } from '@reroot/shared/api';
import type { OperationId } from '@reroot/shared/api-contract';
import { RerootError } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { ApiStage, LiveSource, Route } from './api/index.ts';

/** What mgmt does on its ground: it leads, or it stands by. */
export interface Stage {
  readonly api: ApiStage;
  /** What the live stream shows. */
  readonly live: LiveSource;
  /** Whether it shows what was true once: another leader has done more than it can see. */
  readonly isOutdated?: () => boolean;
  /** Begins to move the meshes, or to follow them; it can be asked before that. What must be stopped goes into the lifecycle. */
  run(lifecycle: Lifecycle): Promise<void>;
}

/** What every stage of a process knows. */
export interface ReplicaFacts {
  /** How many follow the live stream. */
  readonly countLive: () => number;
  /** This replica and the one that leads; undefined where there is but one. */
  readonly describeReplica?: (() => ReplicaStatus) | undefined;
  /** Whether the API server has not answered for as long as a lease lasts. */
  readonly isCutOff?: (() => boolean) | undefined;
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
  let lost: Stage | undefined;
  return {
    current: () => {
      if (stage === undefined) throw new RerootError('RR_API_NOT_READY', 'mgmt is starting');
      return stage.isOutdated?.() === true ? (lost ??= loseStage(stage)) : stage;
    },
    enter: (next) => {
      stage = next;
      lost = undefined;
    },
  };
}

/** What is true of the process itself. */
const ofProcess: ReadonlySet<OperationId> = new Set<OperationId>(['readHealth', 'readVersion', 'readOpenApi', 'readMetrics']);

/**
 * The stage of a replica that cannot follow: what it has in memory was true once, and it shows nothing of it. It is not ready, so that
 * others are asked.
 */
export function loseStage(before: Stage): Stage {
  const refuse = (): Promise<never> =>
    Promise.reject(new RerootError('RR_API_NOT_READY', 'this replica cannot read what the leader stores'));
  const routes = Object.fromEntries(
    Object.entries(before.api.routes).map(([id, route]: [string, Route]) => [
      id,
      ofProcess.has(route.id) ? route : { ...route, answer: refuse },
    ]),
  ) as unknown as Stage['api']['routes'];
  return { ...before, api: { ...before.api, routes }, live: { ...before.live, snapshot: refuse } };
}
