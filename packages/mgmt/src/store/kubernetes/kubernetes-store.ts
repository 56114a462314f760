import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { checkJournalEnd } from '../documents/document-journal.ts';
import { isColdDocument } from '../documents/document-space.ts';
import { createDocumentStore, type DocumentStoreOptions } from '../documents/document-store.ts';
import { type IdempotencyLimits, idempotencyLimits } from '../idempotency.ts';
import { isBeingFilled } from '../image/fill-documents.ts';
import type { Store } from '../store.ts';
import { type KubernetesSpace, type KubernetesSpaceOptions, openKubernetesSpace } from './kubernetes-space.ts';

/** Where the store lies in a cluster. */
export interface KubernetesStoreOptions extends Omit<KubernetesSpaceOptions, 'isCold'>, DocumentStoreOptions {
  /** How many root keys lie beside it; none when left out. A store made anew beside them would not know whose they are. */
  readonly keysBeside?: number;
}

/** Answers that are sent again take room in etcd here: less of it than on a disk. */
const answersInCluster: IdempotencyLimits = { ...idempotencyLimits, bytes: 8 * 1_048_576, bytesOfOne: 262_144 };

const sweepEveryMs = 6 * 3_600_000;

/**
 * Opens the store in Secrets of a namespace. Whoever has it open reads; who has taken the newest term writes. Reading changes nothing.
 *
 * What is read may be older than what another mgmt has just written. A leader that decides on it loses nothing by that: its commit is
 * refused, and it decides again.
 * @throws RR_STORE_CORRUPT, RR_STORE_NEWER, RR_STORE_UNFINISHED, RR_STORE_FAILED
 */
export async function openKubernetesStore(options: KubernetesStoreOptions): Promise<Store> {
  const { namespace, name, keysBeside = 0, clock, log } = options;
  const space = await openKubernetesSpace({ ...options, isCold: isColdDocument });
  const stopping = new AbortController();
  try {
    if (keysBeside > 0 && space.progress().committed === 0) throw lostStore(`${namespace}/${name}`, keysBeside);
    if (await isBeingFilled(space)) throw unfinished(`${namespace}/${name}`);
    await checkJournalEnd(space);
  } catch (error) {
    await space.close();
    throw error;
  }
  const store = createDocumentStore(space, { idempotencyLimits: answersInCluster, ...options });
  let sweeping: Promise<void> | undefined;
  return {
    ...store,
    takeTerm: async () => {
      const term = await store.takeTerm();
      sweeping ??= sweepForEver(space, clock, log, stopping.signal);
      return term;
    },
    close: async () => {
      stopping.abort();
      await sweeping;
      await store.close();
    },
  };
}

function unfinished(place: string): RerootError {
  const message = 'something was being put into the store, and that was broken off';
  return new RerootError('RR_STORE_UNFINISHED', message, { place: `Secrets ${place}.*` });
}

/** Agents would refuse the low term of a store that begins anew, and the meshes would be forgotten without a word. */
function lostStore(place: string, keysBeside: number): RerootError {
  const keys = keysBeside === 1 ? 'a root key lies' : `${keysBeside} root keys lie`;
  return new RerootError('RR_STORE_CORRUPT', `the store is empty, but ${keys} beside it`, {
    place: `Secrets ${place}.*`,
    remedy: 'put a backup back with `reroot store restore`, or name the namespace and the store that the keys belong to',
  });
}

/** Never rejects. */
async function sweepForEver(space: KubernetesSpace, clock: Clock, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const blobs = await space.sweep();
      if (blobs > 0) log.info({ blobs }, 'what no document of the store names was cleared away');
    } catch (error) {
      const { code, message } = toRerootError(error);
      log.warn({ code, problem: message }, 'what no document of the store names could not be cleared away');
    }
    await clock.sleep(sweepEveryMs, signal).catch(() => undefined);
  }
}
