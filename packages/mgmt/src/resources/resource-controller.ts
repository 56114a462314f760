import type { Condition } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { type RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { findNaming } from './find-naming.ts';
import { createClusterReconciler } from './reconcile-clusters.ts';
import { createMeshReconciler, type MeshReconciler } from './reconcile-meshes.ts';
import { createRotationReconciler } from './reconcile-rotations.ts';
import { createVerificationReconciler } from './reconcile-verifications.ts';
import type { ResourceContext, SeenMesh } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';

/** Brings the custom resources and the store together, again and again. */
export interface ResourceController extends Pick<MeshReconciler, 'findOwner'> {
  /** The object by which others name a cluster: its own, or that of a mesh. */
  readonly findNaming: (cluster: string) => { readonly kind: string; readonly object: ResourceObject } | undefined;
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
  /** By it is measured how long to rest, as by that of `deeds`: with one that can be set, nothing would be looked at until it has caught up. */
  readonly steadyClock: Clock;
  readonly log: Log;
}

/** Changes that come together are one look. Where nobody says that anything has changed it looks seldom, for some things only age. */
const [settleMs, unaskedMs, clustersMs] = [100, 10_000, 1_000];
/**
 * However many clusters there are, looking takes no more than such a share of the time: while things change, and while none does. A
 * look at an API server that answers slowly takes long and hardly any of the processor: nobody with kubectl waits a minute for it.
 */
const busy = { share: 1 / 10, mostMs: 20_000 };
const idle = { share: 1 / 100, mostMs: Number.POSITIVE_INFINITY };

/** Has looked at nothing yet. */
export function createResourceController(options: ResourceControllerOptions): ResourceController {
  const { steadyClock: clock, log } = options;
  const meshes = createMeshReconciler(options);
  const rotations = createRotationReconciler(options);
  const verifications = createVerificationReconciler(options);
  const clusters = createClusterReconciler(options);
  const readHistories = createHistories(options.readHistory);
  /** The clusters are left alone until then; `owed` where something may have changed of them meanwhile. */
  let clustersDue = { atMs: 0, kind: 'none' as 'none' | 'owed' };
  let woken = Promise.withResolvers<undefined>();
  let said: string | undefined;

  const pass = async (): Promise<void> => {
    const seen = await options.look();
    const histories = await readHistories(seen);
    meshes.reconcile(seen);
    rotations.reconcile(seen, histories);
    verifications.reconcile(histories);
    const startedAtMs = clock.now();
    if (startedAtMs < clustersDue.atMs) {
      clustersDue = { ...clustersDue, kind: 'owed' };
      return;
    }
    await clusters.reconcile(seen);
    clustersDue = { atMs: clock.now() + restOf(startedAtMs, clustersMs, busy), kind: 'none' };
  };
  /** How long to rest after work that began at a moment. */
  const restOf = (startedAtMs: number, leastMs: number, { share, mostMs }: typeof busy): number =>
    Math.max(leastMs, Math.min((clock.now() - startedAtMs) / share, mostMs));
  /** Until something is to be looked at that nobody will tell of. */
  const untilDueMs = (startedAtMs: number): number => {
    const againAtMs = options.deeds.dueAtMs() ?? Number.POSITIVE_INFINITY;
    const owedAtMs = clustersDue.kind === 'owed' ? clustersDue.atMs : Number.POSITIVE_INFINITY;
    return Math.max(0, Math.min(restOf(startedAtMs, unaskedMs, idle), Math.min(againAtMs, owedAtMs) - clock.now()));
  };
  const tell = (error: RerootError | undefined): void => {
    if (said === error?.code) return;
    said = error?.code;
    if (error === undefined) log.info({}, 'the custom resources are followed again');
    else log.warn({ code: error.code, problem: error.message }, 'the custom resources cannot be followed');
  };
  const pause = async (startedAtMs: number, signal: AbortSignal): Promise<void> => {
    const restUntilMs = clock.now() + restOf(startedAtMs, settleMs, busy);
    const waiting = new AbortController();
    const sleeping = clock.sleep(untilDueMs(startedAtMs), AbortSignal.any([signal, waiting.signal])).catch(() => undefined);
    await Promise.race([sleeping, woken.promise]);
    waiting.abort();
    await clock.sleep(Math.max(settleMs, restUntilMs - clock.now()), signal);
    // Whatever came until now the next look sees.
    woken = Promise.withResolvers();
  };
  return {
    findOwner: (spec) => meshes.findOwner(spec),
    findNaming: (cluster) => findNaming(options, cluster),
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
