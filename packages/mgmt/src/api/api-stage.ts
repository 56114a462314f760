import type { OperationId } from '@reroot/shared/api-contract';
import type { IdempotencyStore } from '../store/index.ts';
import type { Forward } from './forward/index.ts';
import type { GuardOptions } from './guard.ts';
import { type ActOnceOptions, createActOnce } from './idempotency/act-once.ts';
import type { Route } from './route.ts';
import { type RouteOptions, routes } from './routes.ts';

/** What answers requests. It is another one when mgmt comes to lead, or leads no longer; the API goes on listening. */
export interface ApiStage extends Pick<GuardOptions, 'onRefusedAct'> {
  readonly routes: Readonly<Record<OperationId, Route>>;
  readonly actOnce: ReturnType<typeof createActOnce>;
  /** Has the leader answer what is the leader's; undefined for the leader itself. */
  readonly forward?: Forward | undefined;
}

/** What it works with. */
export interface ApiStageOptions
  extends RouteOptions,
    Omit<ActOnceOptions, 'store' | 'waitMs'>,
    Pick<GuardOptions, 'onRefusedAct'>,
    Pick<ApiStage, 'forward'> {
  /** Requests that have a key, and what became of them. */
  readonly requests: IdempotencyStore;
}

/** Makes the routes of every operation. */
export function createApiStage(options: ApiStageOptions): ApiStage {
  const byId = Object.fromEntries(routes(options).map((route) => [route.id, route])) as Record<OperationId, Route>;
  const actOnce = createActOnce({ ...options, store: options.requests });
  const { onRefusedAct, forward } = options;
  return { routes: byId, actOnce, onRefusedAct, forward };
}
