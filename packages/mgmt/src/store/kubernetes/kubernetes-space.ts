import { createObjectCache, type KubeApi, type ObjectCache } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import { createListeners } from '../change-listeners.ts';
import type { DocumentReader, DocumentSpace, KeyedDocument } from '../documents/document-space.ts';
import { createTurn } from '../turn.ts';
import { blobId, createBlobs } from './blobs.ts';
import { createColdReads } from './cold-reads.ts';
import { createCommitQueue } from './commit-queue.ts';
import { createDocumentWriter, type DocumentWriter } from './document-writer.ts';
import { headName } from './head-form.ts';
import { createHeadKeeper, type HeadKeeper } from './head-keeper.ts';
import { readSnapshot } from './read-snapshot.ts';
import { type FoundSecret, readSecret, type VersionedDocument } from './secret-form.ts';
import { createSecretsClient, storeFailure } from './secrets-client.ts';
import type { IsCold, SpaceState } from './space-state.ts';

/** What of the API of Kubernetes the space takes. */
export type SpaceApi = Pick<KubeApi, 'find' | 'get' | 'create' | 'replace' | 'delete' | 'watch'>;

/** Where documents lie in a cluster. */
export interface KubernetesSpaceOptions {
  readonly api: SpaceApi;
  readonly namespace: string;
  /** Of the store: two may be in one namespace. */
  readonly name: string;
  readonly isCold: IsCold;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** A UUID. */
  readonly newId: () => string;
  readonly log: Log;
}

/** Documents in Secrets. */
export interface KubernetesSpace extends DocumentSpace {
  /** How many commits there were, and how many of them the documents themselves have. */
  progress(): { readonly committed: number; readonly written: number };
  /** Clears bytes away that no document names. @returns how many there were */
  sweep(): Promise<number>;
}

/** So much may wait in the head for its documents to be written; then commits wait for that. */
const maxPending = { batches: 64, characters: 600_000 };
const roomMs = 20_000;
const closeMs = 5_000;

/**
 * Opens the documents of a store, and follows what others do to them. Changes nothing.
 * @throws RR_STORE_CORRUPT, RR_STORE_NEWER, RR_STORE_FAILED
 */
export async function openKubernetesSpace(options: KubernetesSpaceOptions): Promise<KubernetesSpace> {
  const { name, isCold, clock, newId, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const client = createSecretsClient(options.api, options.namespace, signal);
  const blobs = createBlobs(client, name, newId);
  const listeners = createListeners();
  const turn = createTurn();
  const writer = createDocumentWriter({
    ...{ client, store: name, isCold, clock, log, signal },
    pending: () => ({ version: keeper.state().head.version, documents: keeper.state().recent }),
  });
  const coldReads = createColdReads(client, name, () => keeper.state().recent);
  const keeper: HeadKeeper = createHeadKeeper({
    ...{ client, blobs, store: name, isCold, newId, clock, signal },
    writtenThrough: () => writer.through(),
    onLoaded: (documents, through) => {
      writer.reset(documents, through);
      coldReads.forgetAll();
    },
    onState: (before, after) => {
      if (before.head.version === after.head.version) return;
      coldReads.forget(after.recent.keys());
      listeners.tell();
    },
    onUnreadable: () => listeners.tell(),
  });
  await keeper.load();
  const reader: DocumentReader = {
    get: async (key) => {
      const { tree } = keeper.readable();
      return isCold(key) ? coldReads.get(key) : tree.get(key);
    },
    list: async (group) => {
      const { tree } = keeper.readable();
      return isCold(`${group}/`) ? sortedByKey(await coldReads.list(group)) : tree.list(group);
    },
  };
  const queue = createCommitQueue({
    ...{ reader, keeper, turn, signal },
    makeRoom: () => makeRoom(keeper, writer, clock, signal),
    onCommitted: () => writer.wake(),
  });
  const following = follow(options, signal, (seen) =>
    turn
      .take(() => keeper.refresh(seen))
      .catch((error: unknown) => {
        const { code, message } = toRerootError(error);
        if (!signal.aborted) log.warn({ code, problem: message }, 'what another mgmt has written to the store cannot be read');
      }),
  );
  return {
    ...reader,
    snapshot: async () => {
      try {
        return await readSnapshot({ client, blobs, store: name }, isCold);
      } catch (error) {
        throw storeFailure(error, `Secrets ${options.namespace}/${name}.*`);
      }
    },
    transact: (act) => queue.add(act),
    keepBlob: (bytes) => blobs.keep(bytes),
    readBlob: (id) => blobs.read(id),
    dropBlobs: (ids) => blobs.drop(ids),
    onChange: (listener) => listeners.add(listener),
    progress: () => ({ committed: keeper.state().head.version, written: writer.through() }),
    sweep: () => {
      // Who slept for hours knows nothing of what others have kept meanwhile, and would clear it away.
      const readNamed = async (): Promise<ReadonlySet<string>> => {
        await turn.take(() => keeper.refresh());
        return namedBlobs(keeper.readable());
      };
      return blobs.sweep(readNamed, clock.now());
    },
    close: async () => {
      await turn.take(async () => undefined);
      const who = 'the last documents of the store';
      const late = { ms: closeMs, clock, signal, code: 'RR_STORE_FAILED', who } as const;
      // What is not written now lies in the head, and whoever commits next writes it.
      if (queue.hasCommitted()) {
        await withDeadline(late, (inner) => writer.until(keeper.state().head.version, inner)).catch(() => undefined);
      }
      stopping.abort(new RerootError('RR_STORE_FAILED', 'the store was closed'));
      await following;
    },
  };
}

/** Waits until so much is written that the head can take another commit: for as long as anything is written at all. */
async function makeRoom(keeper: HeadKeeper, writer: DocumentWriter, clock: Clock, signal: AbortSignal): Promise<void> {
  const { head } = keeper.state();
  const pending = head.batches.filter(({ version }) => version > writer.through());
  const characters = pending.reduce((sum, { packed }) => sum + (packed.kind === 'inline' ? packed.data.length : 0), 0);
  if (pending.length < maxPending.batches && characters < maxPending.characters) return;
  const deadline = { ms: roomMs, clock, signal, code: 'RR_STORE_FAILED', who: 'the API server' } as const;
  for (;;) {
    const before = writer.written();
    try {
      await withDeadline(deadline, (inner) => writer.until(head.version, inner));
      return;
    } catch (error) {
      // A slow API server is not one that does not answer.
      if (signal.aborted || writer.written() === before) throw error;
    }
  }
}

/** Follows the head alone: it has what the last commits have changed. Never rejects. */
function follow(
  { api, namespace, name, clock, random, log }: KubernetesSpaceOptions,
  signal: AbortSignal,
  onHead: (seen: FoundSecret) => Promise<void>,
): Promise<void> {
  const cache = createObjectCache<FoundSecret>({
    ...{ api, clock, random, log },
    path: `/api/v1/namespaces/${namespace}/secrets`,
    query: { fieldSelector: `metadata.name=${headName(name)}` },
    reduce: (object) => readSecret(object, `Secret ${namespace}/${headName(name)}`),
    onChange: () => {
      const seen = newestOf(cache);
      if (seen !== undefined) void onHead(seen);
    },
  });
  return cache.run(signal);
}

/** What is old is nothing to go by: it is told again once the cluster is heard. */
function newestOf(cache: ObjectCache<FoundSecret>): FoundSecret | undefined {
  try {
    return cache.list()[0];
  } catch {
    return undefined;
  }
}

function namedBlobs({ tree, head }: SpaceState): ReadonlySet<string> {
  const ids = new Set(head.batches.flatMap(({ packed }) => (packed.kind === 'blob' ? [packed.id] : [])));
  for (const value of tree.values()) collectBlobs(value, ids);
  return ids;
}

function collectBlobs(value: unknown, ids: Set<string>): void {
  if (typeof value === 'string') {
    if (blobId.test(value)) ids.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) collectBlobs(each, ids);
  }
}

function sortedByKey(documents: readonly VersionedDocument[]): readonly KeyedDocument[] {
  return documents.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, value }) => ({ key, value }));
}
