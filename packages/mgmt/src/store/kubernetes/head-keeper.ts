import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { Blobs } from './blobs.ts';
import { type Batch, type Edit, headName, headSecret, packEdits } from './head-form.ts';
import { type FoundDocument, readCurrentHead, readSpace } from './read-space.ts';
import { type FoundSecret, requireFits, type StoreSecret } from './secret-form.ts';
import { type SecretsClient, storeFailure } from './secrets-client.ts';
import {
  afterCommit,
  applyHead,
  emptyState,
  headWith,
  type IsCold,
  isInHead,
  loadState,
  type SpaceState,
} from './space-state.ts';
import type { WrittenDocument } from './write-document.ts';

/** Knows the head, and writes it. One thing at a time is asked of it. */
export interface HeadKeeper {
  /** As it was read last. */
  state(): SpaceState;
  /** As `state`. @throws RR_STORE_CORRUPT, RR_STORE_NEWER while what is there now cannot be read: what was there before is nothing to show */
  readable(): SpaceState;
  /** Reads everything. @throws RR_STORE_* */
  load(): Promise<void>;
  /**
   * Goes on to the head as it is now.
   * @param seen as a watch has shown it, which may be late; it is read when left out
   * @throws RR_STORE_*
   */
  refresh(seen?: FoundSecret): Promise<void>;
  /** Whether nobody has committed since. Else it goes on to what is there now. */
  isCurrent(): Promise<boolean>;
  /**
   * Commits edits of the present state.
   * @returns `conflict` when somebody else has committed meanwhile: the state is then the one of now, and nothing was written
   * @throws RR_STORE_TOO_LARGE; RR_STORE_FAILED: nothing was written, or nobody knows
   */
  commit(edits: readonly Edit[]): Promise<'committed' | 'conflict'>;
}

/** What it works with. */
export interface HeadKeeperOptions {
  readonly client: SecretsClient;
  readonly blobs: Blobs;
  readonly store: string;
  readonly isCold: IsCold;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Up to which commit all documents are written. */
  readonly writtenThrough: () => number;
  /** Told what is in Secrets, and up to which commit, whenever everything was read. */
  readonly onLoaded: (documents: ReadonlyMap<string, WrittenDocument>, through: number) => void;
  /** Told of each change of the state. */
  readonly onState: (before: SpaceState, after: SpaceState) => void;
  /** Told when what is there now cannot be read: whoever has kept what was there before is to ask again. */
  readonly onUnreadable: () => void;
}

/** A batch that is larger lies in a blob. */
const maxInlineCharacters = 340_000;
/** Who follows need not read everything anew as long as the head has the commits since; these stay for that. */
const followed = { batches: 16, characters: 64_000 };
/** How long a commit may be in doubt before its writer gives up. */
const doubtMs = 10_000;
const pauseMs = 250;

/** Knows nothing yet. */
export function createHeadKeeper(options: HeadKeeperOptions): HeadKeeper {
  const { client, blobs, store, isCold, clock, signal, onLoaded, onState } = options;
  const name = headName(store);
  const place = `Secret ${client.namespace}/${name}`;
  let state = emptyState;
  let unreadable: RerootError | undefined;
  const move = (next: SpaceState): void => {
    const before = state;
    [state, unreadable] = [next, undefined];
    onState(before, next);
  };
  const load = async (): Promise<void> => {
    const { head, documents } = await readSpace(options, ['hot']);
    if (head === undefined && documents.length > 0) throw headIsGone(place, documents.length);
    onLoaded(new Map(documents.map(writtenOf)), (head?.head.batches[0]?.version ?? 1) - 1);
    move(head === undefined ? emptyState : loadState(head, documents, isCold));
  };
  const goOn = async (seen: FoundSecret | undefined): Promise<void> => {
    if (seen !== undefined && !isLater(seen.resourceVersion, state.resourceVersion)) return;
    const secret = seen ?? (await client.find(name));
    if (secret?.resourceVersion === state.resourceVersion) return;
    const head = secret === undefined ? undefined : await readCurrentHead(options, secret, state.head.batches);
    const isThere = secret !== undefined && head !== undefined;
    const next = isThere ? applyHead(state, { head, resourceVersion: secret.resourceVersion }, isCold) : undefined;
    if (next === undefined) await load();
    else move(next);
  };
  const refresh = async (seen?: FoundSecret): Promise<void> => {
    try {
      await guard(place, () => goOn(seen));
    } catch (error) {
      const failed = toRerootError(error);
      if (failed.code !== 'RR_STORE_FAILED') {
        unreadable = failed;
        options.onUnreadable();
      }
      throw error;
    }
  };
  return {
    state: () => state,
    readable: () => {
      if (unreadable !== undefined) throw unreadable;
      return state;
    },
    load: () => guard(place, load),
    refresh,
    isCurrent: async () => {
      if ((await guard(place, () => client.resourceVersion(name))) === state.resourceVersion) return true;
      await refresh();
      return false;
    },
    commit: async (edits) => {
      const batch = await makeBatch(options, state, edits);
      const head = headWith(state, batch, batchesToKeep(state, options.writtenThrough()), isCold);
      const gone = state.head.batches.filter((each) => !head.batches.includes(each));
      const taken = (resourceVersion: string): void => move(afterCommit(state, { head, resourceVersion }, batch, isCold));
      const basis = state.resourceVersion;
      const secret = headSecret(store, head, basis);
      try {
        requireFits('the head of the store', secret.data);
      } catch (error) {
        await blobs.drop(blobsOf([batch]));
        throw error;
      }
      const outcome = await writeHead(secret, { client, clock, signal, place, basis, taken, refresh }, () => state, batch);
      await blobs.drop(blobsOf(outcome === 'committed' ? gone : [batch]));
      return outcome;
    },
  };
}

function blobsOf(batches: readonly Batch[]): readonly string[] {
  return batches.flatMap(({ packed }) => (packed.kind === 'blob' ? [packed.id] : []));
}

interface Writing {
  readonly client: SecretsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly place: string;
  readonly basis: string | undefined;
  readonly taken: (resourceVersion: string) => void;
  readonly refresh: () => Promise<void>;
}

/**
 * Writes a head over the one that it was made from. Where no answer comes, the head is read: it says what has become of the write. One
 * that is not there may be on its way still, and is sent again as it was: both stand on the same version, and so one of them counts.
 */
async function writeHead(
  secret: StoreSecret,
  { client, clock, signal, place, basis, taken, refresh }: Writing,
  state: () => SpaceState,
  batch: Batch,
): Promise<'committed' | 'conflict'> {
  const untilMs = clock.now() + doubtMs;
  let doubt: unknown;
  const pause = async (): Promise<void> => {
    if (clock.now() >= untilMs) throw storeFailure(doubt, place);
    await clock.sleep(pauseMs, signal);
  };
  for (;;) {
    try {
      taken(await (basis === undefined ? client.create(secret) : client.replace(secret)));
      return 'committed';
    } catch (error) {
      signal.throwIfAborted();
      const what = meaningOf(error, basis);
      if (what === 'refused') throw storeFailure(doubt ?? error, place);
      if (what === 'doubtful') doubt = error;
    }
    while (!(await isKnown(refresh))) await pause();
    if (state().resourceVersion !== basis) return becameOf(batch, state(), doubt, place);
    await pause();
  }
}

/** Whether the head could be read. @throws what makes no sense there */
async function isKnown(refresh: () => Promise<void>): Promise<boolean> {
  try {
    await refresh();
    return true;
  } catch (error) {
    if (toRerootError(error).code !== 'RR_STORE_FAILED') throw error;
    return false;
  }
}

/** What has become of a batch, by the head that came after the one that it was made from. */
function becameOf(batch: Batch, { head }: SpaceState, doubt: unknown, place: string): 'committed' | 'conflict' {
  if (head.batches.some(({ commit }) => commit === batch.commit)) return 'committed';
  // Others have committed so often that the head does not have the commits since.
  if (doubt !== undefined && (head.batches[0]?.version ?? 0) > batch.version) throw storeFailure(doubt, place);
  return 'conflict';
}

function meaningOf(error: unknown, basis: string | undefined): 'conflict' | 'doubtful' | 'refused' {
  switch (toRerootError(error).code) {
    case 'RR_CLUSTER_CONFLICT':
      return 'conflict';
    case 'RR_OBJECT_NOT_FOUND':
      // The head is gone; or it is the namespace that is not there.
      return basis === undefined ? 'refused' : 'conflict';
    case 'RR_CLUSTER_FORBIDDEN':
    case 'RR_CLUSTER_UNAUTHENTICATED':
    case 'RR_CLUSTER_QUOTA':
    case 'RR_OBJECT_REFUSED':
      return 'refused';
    default:
      return 'doubtful';
  }
}

async function makeBatch({ blobs, newId }: HeadKeeperOptions, { head }: SpaceState, edits: readonly Edit[]): Promise<Batch> {
  const data = packEdits(edits.filter(([key]) => !isInHead(key)));
  const packed =
    data.length <= maxInlineCharacters
      ? ({ kind: 'inline', data } as const)
      : ({ kind: 'blob', id: await blobs.keep(Buffer.from(data, 'base64')) } as const);
  return { version: head.version + 1, commit: newId(), edits, packed };
}

/** Those that may not be written yet, and a few more. */
function batchesToKeep({ head }: SpaceState, through: number): (batch: Batch) => boolean {
  let characters = 0;
  const kept = new Set<Batch>();
  for (const batch of head.batches.toReversed()) {
    characters += batch.packed.kind === 'inline' ? batch.packed.data.length : 0;
    const isFollowed = kept.size < followed.batches && characters <= followed.characters;
    if (batch.version <= through && !isFollowed) break;
    kept.add(batch);
  }
  return (batch) => kept.has(batch);
}

function writtenOf({ key, version, resourceVersion }: FoundDocument): readonly [key: string, WrittenDocument] {
  return [key, { version, resourceVersion }];
}

/** Versions of a cluster are whole numbers that grow (kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions). */
function isLater(version: string, than: string | undefined): boolean {
  return than === undefined || BigInt(version) > BigInt(than);
}

function headIsGone(place: string, documents: number): RerootError {
  return new RerootError('RR_STORE_CORRUPT', `the head of the store is gone, and ${documents} of its documents are there`, {
    place,
    remedy: 'put a backup back, or remove the other Secrets of the store to begin anew',
  });
}

async function guard<T>(place: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw storeFailure(error, place);
  }
}
