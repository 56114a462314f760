import { assertNever } from '@reroot/shared/errors';
import { createLifecycle, type Lifecycle } from '@reroot/shared/lifecycle';
import { openApi } from './open-api.ts';
import { type MgmtOptions, openGround } from './open-ground.ts';
import { openLeader } from './open-leader.ts';
import { openLease } from './open-lease.ts';
import { openStore } from './open-store.ts';
import { createStages } from './stage.ts';
import { startReplica } from './start-replica.ts';

/** A running mgmt. */
export interface Mgmt {
  readonly apiUrl: string;
  /** Stops everything in reverse order. Never rejects. */
  stop(): Promise<void>;
}

const stopTimeoutMs = 10_000;

/**
 * Starts mgmt. What fails stops what was started before it.
 * @throws RR_API_*, RR_IDENTITY_*, RR_STORE_*, RR_KEYSTORE_*, RR_NATS_UNREACHABLE, RR_ADDRESS_*, RR_KUBECONFIG_INVALID
 */
export async function startMgmt(options: MgmtOptions): Promise<Mgmt> {
  const lifecycle = createLifecycle({ log: options.log, stopTimeoutMs });
  try {
    const apiUrl = await startParts(options, lifecycle);
    options.log.info({ url: apiUrl }, 'ready');
    return { apiUrl, stop: () => lifecycle.stop() };
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}

function startParts(options: MgmtOptions, lifecycle: Lifecycle): Promise<string> {
  const { store } = options.config;
  switch (store.kind) {
    case 'sqlite':
      return startAlone(options, lifecycle);
    case 'kubernetes':
      return startReplica(options, { openStore, openLock: (closing) => openLease(options, store, closing) }, lifecycle);
    default:
      return assertNever(store);
  }
}

/** From the ground up. A mgmt that has its store for itself leads from the first moment to the last. */
async function startAlone(options: MgmtOptions, lifecycle: Lifecycle): Promise<string> {
  const stages = createStages();
  const ground = await openGround(options, openStore, lifecycle);
  const api = openApi(ground, stages);
  const leader = await openLeader({ ...ground, countLive: () => api.countLive() }, lifecycle);
  stages.enter(leader);
  // Before the meshes move: a mgmt that cannot be asked to stop a rotation must not move one.
  const url = await api.listen(lifecycle);
  await leader.run(lifecycle);
  return url;
}
