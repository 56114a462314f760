import type { Condition } from '@reroot/shared/api';
import { type RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { createClusterReconciler } from './reconcile-clusters.ts';
import { createMeshReconciler, type MeshReconciler } from './reconcile-meshes.ts';
import { createRotationReconciler } from './reconcile-rotations.ts';
import { createVerificationReconciler } from './reconcile-verifications.ts';
import type { ResourceContext, SeenMesh } from './resource-context.ts';

/** Brings the custom resources and the store together, again and again. */
export interface ResourceController extends Pick<MeshReconciler, 'findOwner'> {
  /** Looks soon: something has changed. */
  wake(): void;
  /** Looks until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** What a controller works with. */
export interface ResourceControllerOptions extends ResourceContext {
  /** Every mesh as it is now. */
  readonly look: () => Promise<ReadonlyMap<string, SeenMesh>>;
  readonly readHistory: (mesh: string) => Promise<readonly Condition[]>;
  readonly log: Log;
}

/** Changes that come together are one look; without any it looks as often as evidence may have changed unheard. */
const [settleMs, lookMs, clustersMs] = [100, 1_000, 1_000];
/** However many clusters there are, looking takes no more than this share of the time. */
const busyShare = 1 / 10;

/** Has looked at nothing yet. */
export function createResourceController(options: ResourceControllerOptions): ResourceController {
  const { clock, log } = options;
  const meshes = createMeshReconciler(options);
  const rotations = createRotationReconciler(options);
  const verifications = createVerificationReconciler(options);
  const clusters = createClusterReconciler(options);
  const readHistories = createHistories(options.readHistory);
  let clustersDueAtMs = 0;
  let woken = Promise.withResolvers<undefined>();
  let said: string | undefined;

  const pass = async (): Promise<void> => {
    const seen = await options.look();
    const histories = await readHistories(seen);
    meshes.reconcile(seen);
    rotations.reconcile(seen, histories);
    verifications.reconcile(histories);
    const startedAtMs = clock.now();
    if (startedAtMs < clustersDueAtMs) return;
    await clusters.reconcile(seen);
    clustersDueAtMs = clock.now() + restOf(startedAtMs, clustersMs);
  };
  /** How long to rest after work that began at a moment. */
  const restOf = (startedAtMs: number, leastMs: number): number => Math.max(leastMs, (clock.now() - startedAtMs) / busyShare);
  const tell = (error: RerootError | undefined): void => {
    if (said === error?.code) return;
    said = error?.code;
    if (error === undefined) log.info({}, 'the custom resources are followed again');
    else log.warn({ code: error.code, problem: error.message }, 'the custom resources cannot be followed');
  };
  const pause = async (startedAtMs: number, signal: AbortSignal): Promise<void> => {
    const restMs = restOf(startedAtMs, settleMs);
    const waiting = new AbortController();
    const sleeping = clock.sleep(lookMs, AbortSignal.any([signal, waiting.signal])).catch(() => undefined);
    await Promise.race([sleeping, woken.promise]);
    waiting.abort();
    woken = Promise.withResolvers();
    await clock.sleep(restMs, signal);
  };
  return {
    findOwner: (spec) => meshes.findOwner(spec),
    wake: () => woken.resolve(undefined),
    run: async (signal) => {
      try {
        while (!signal.aborted) {
          const startedAtMs = clock.now();
          await pass().then(
            () => tell(undefined),
            (error: unknown) => tell(toRerootError(error)),
          );
          await pause(startedAtMs, signal);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}

/** Reads a history again when its mesh has changed. */
function createHistories(
  read: ResourceControllerOptions['readHistory'],
): (meshes: ReadonlyMap<string, SeenMesh>) => Promise<ReadonlyMap<string, readonly Condition[]>> {
  const known = new Map<string, { readonly revision: number; readonly entries: readonly Condition[] }>();
  return async (meshes) => {
    for (const [mesh, { moment }] of meshes) {
      const { revision } = moment.view.stored;
      if (known.get(mesh)?.revision === revision) continue;
      known.set(mesh, { revision, entries: await read(mesh) });
    }
    return new Map([...known].map(([mesh, { entries }]) => [mesh, entries]));
  };
}
