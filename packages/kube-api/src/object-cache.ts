import type { Clock } from '@reroot/shared/clock';
import { assertNever, type RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { createCurrency } from './currency.ts';
import { followWatch } from './follow-watch.ts';
import { type Change, createKeptObjects, type KeptObjects, metadataOf } from './kept-objects.ts';
import type { KubeApi, WatchEvent } from './kube-api.ts';
import { listPages } from './list-pages.ts';
import { createTroubleNote } from './note-trouble.ts';
import { createPacing } from './pacing.ts';
import { withQuery } from './with-query.ts';

/** A collection of the cluster, kept up to date by list and watch, each object reduced to what is needed of it. */
export interface ObjectCache<T> {
  /** Lists, watches, and lists again whenever it must, until the signal aborts. Resolves then; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /**
   * What the collection holds, by namespace and name.
   * @throws what the list or the watch fails with, while it has never been listed or the watch has been broken for longer
   *   than `staleAfterMs`: what is old proves nothing. RR_CLUSTER_FORBIDDEN at once
   */
  list(): readonly T[];
  /** Resolves when the first list has come. @throws what the list fails with, at the deadline of the signal */
  untilListed(signal: AbortSignal): Promise<void>;
}

/** What a cache is made of. */
export interface ObjectCacheOptions<T> {
  readonly api: Pick<KubeApi, 'get' | 'watch'>;
  /** Of the collection, for example `/api/v1/pods`. */
  readonly path: string;
  /** Label and field selectors. */
  readonly query?: Readonly<Record<string, string>>;
  /**
   * What is kept of an object; undefined: nothing. Managed fields and the like must not fill the memory. The objects of a
   * list carry no kind. What it throws is what `list` throws then, for an object that is left out would be taken as gone.
   */
  readonly reduce: (object: unknown) => T | undefined;
  /** Told after every change of what `list` gives. */
  readonly onChange: () => void;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** For how long after its watch broke the copy still counts; 15 s when absent. */
  readonly staleAfterMs?: number;
  /** How long a watch may bring nothing; the server sends a bookmark every minute or two. 180 s when absent. */
  readonly idleMs?: number;
}

/** The collection is listed anew after a random time between the half and the whole of this, whatever the watch has brought. */
const relistMs = 600_000;

/** A cache that has not begun. */
export function createObjectCache<T>(options: ObjectCacheOptions<T>): ObjectCache<T> {
  const { api, path, query = {}, clock, random, staleAfterMs = 15_000, idleMs = 180_000 } = options;
  const kept = createKeptObjects(options.reduce);
  const currency = createCurrency(() => clock.now(), staleAfterMs, path);
  const pacing = createPacing(clock, random);
  const note = createTroubleNote(options.log.child({ path }));
  const listed = Promise.withResolvers<undefined>();
  let version: string | undefined;
  let relistAtMs = 0;

  const confirm = (change: Change, before: RerootError | undefined): void => {
    currency.confirm();
    if (change === 'changed' || before !== undefined) options.onChange();
  };
  const relist = async (signal: AbortSignal): Promise<void> => {
    const replacement = kept.replace();
    const dueAtMs = clock.now() + relistMs * (0.5 + random() / 2);
    version = await listPages({ api, path, query, onObject: (object) => replacement.add(object) }, signal);
    relistAtMs = dueAtMs;
    confirm(replacement.finish(), currency.problem());
    listed.resolve(undefined);
  };
  const onEvent = (event: WatchEvent): void => {
    const { resourceVersion } = metadataOf(event.object);
    confirm(applyEvent(kept, event), currency.problem());
    if (typeof resourceVersion === 'string') version = resourceVersion;
  };
  const watch = async (signal: AbortSignal): Promise<void> => {
    const seconds = Math.max(1, Math.ceil((relistAtMs - clock.now()) / 1_000));
    const watching = { watch: '1', allowWatchBookmarks: 'true', timeoutSeconds: String(seconds), resourceVersion: version ?? '' };
    const onOpen = (): void => {
      currency.open();
      pacing.opened();
      note.good();
    };
    const following = {
      api,
      clock,
      idleMs,
      endsAtMs: relistAtMs,
      onOpen,
      onEvent,
      path: withQuery(path, { ...query, ...watching }),
    };
    // One that breaks may have brought nothing for a while: a connection can be dead for long before anybody notices.
    let how: 'ended' | 'silent' = 'silent';
    try {
      how = await followWatch(following, signal);
    } finally {
      currency.close(how);
    }
  };
  const fail = (error: RerootError): void => {
    currency.fail(error);
    note.bad(error);
  };
  const round = async (signal: AbortSignal): Promise<void> => {
    try {
      if (version === undefined || clock.now() >= relistAtMs || currency.problem() !== undefined) await relist(signal);
      await watch(signal);
    } catch (error) {
      signal.throwIfAborted();
      const failed = toRerootError(error);
      if (failed.code === 'RR_WATCH_EXPIRED') version = undefined;
      else fail(failed);
    }
  };
  return {
    run: async (signal) => {
      try {
        while (!signal.aborted) {
          await round(signal);
          await pacing.pause(signal);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    list: () => {
      const problem = currency.problem();
      if (problem !== undefined) throw problem;
      return kept.list();
    },
    untilListed: (signal) => untilFirst(listed.promise, signal, () => currency.problem() ?? signal.reason),
  };
}

function applyEvent(kept: KeptObjects<unknown>, { type, object }: WatchEvent): Change {
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      return kept.put(object);
    case 'DELETED':
      return kept.remove(object);
    case 'BOOKMARK':
      return 'same';
    default:
      return assertNever(type);
  }
}

/** Waits for `first`; rejects with what `why` gives when the signal aborts before. */
async function untilFirst(first: Promise<unknown>, signal: AbortSignal, why: () => unknown): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(why());
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([first, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
