import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { type Identity, loadIdentity } from '@reroot/shared/protocol';
import { putKeys, readKeys, requireNoOtherKeys } from './carry-keys.ts';
import type { MgmtConfig } from './config.ts';
import { openContents } from './open-contents.ts';
import { type OpenKeys, openKeys } from './open-keys.ts';
import {
  asRestored,
  type CarryNote,
  checkImage,
  type ImageLine,
  imageVersion,
  readImage,
  requireEmpty,
  type StoreContents,
  withNote,
  withoutMeshes,
  writeImage,
} from './store/index.ts';
import { mgmtVersion } from './version.ts';

/** What carrying a store works with. */
export interface CarryOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Who does it, for the journal. */
  readonly by: string;
  /** Whether the private keys of roots go along, sealed as they are. */
  readonly keys: 'included' | 'left-out';
  /** Told of each kind of part as it passes. */
  readonly onPart?: (kind: ImageLine['kind'], count: number) => void;
}

/** What has become of it. */
export interface Carried {
  /** Where it came from, and where it is. */
  readonly from: string;
  readonly to: string;
  /** The term of what was carried, and the one that the store has now. */
  readonly term: number;
  readonly newTerm: number;
  /** How many parts of each kind. */
  readonly parts: Readonly<Partial<Record<ImageLine['kind'], number>>>;
}

/** A backup that was written. */
export interface BackedUp extends Omit<Carried, 'to' | 'newTerm'> {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * More starts and failovers than any mgmt makes between a backup and its restore: agents take the word of the highest term that they have
 * heard of, and that is not in the backup.
 */
export const termLeap = 2 ** 20;

/**
 * Writes an image of the store. Nothing is changed by it.
 * @throws RR_STORE_*, RR_KEYSTORE_*
 */
export async function backUpStore(
  config: MgmtConfig,
  write: (text: string) => Promise<void>,
  options: CarryOptions,
): Promise<BackedUp> {
  const { clock, keys, signal } = options;
  return withStore(config, 'refuse', options, async ({ contents, kept }) => {
    const counted = countParts(linesOf(contents, kept, options), options);
    const term = await contents.readTerm();
    const header = { kind: 'header', format: 'reroot-store-image', version: imageVersion } as const;
    const about = { reroot: mgmtVersion, takenAtMs: clock.now(), term, keys };
    const { bytes, sha256 } = await writeImage({ ...header, ...about }, untilAborted(counted.lines, signal), write);
    return { from: contents.place, term, parts: counted.parts, bytes, sha256 };
  });
}

/** What of an image is restored: `clusters` leaves the meshes out, so that they can be made anew and their clusters be adopted. */
export type Restored = 'everything' | 'clusters';

/** An image, and what of it. */
interface ImageToRestore {
  readonly file: string;
  readonly what: Restored;
}

/**
 * Puts an image into an empty store. The image is checked to its end before anything is written. The term is raised beyond all that agents
 * can have heard of, and nobody is led by a record before all clusters of its mesh have shown that it is not older than they are.
 * @throws RR_STORE_IMAGE_*, RR_STORE_NOT_EMPTY, RR_STORE_*, RR_KEYSTORE_*, RR_IDENTITY_*
 */
export async function restoreStore(config: MgmtConfig, image: ImageToRestore, options: CarryOptions): Promise<Carried> {
  const { file, what } = image;
  const { clock, by, signal } = options;
  const { header } = await checkImage(file);
  const identity = await loadIdentity(config.identity.privateKeyFile);
  return withStore(config, 'make', options, async ({ contents, kept }) => {
    await requireEmpty(contents);
    const term = header.term;
    const newTerm = await contents.raiseTerm(term + termLeap);
    const nowMs = clock.now();
    const taken = new Date(header.takenAtMs).toISOString();
    const message = `the store was restored by ${by} from an image of ${taken}; the term is raised from ${term} to ${newTerm}`;
    const facts = { imageTerm: term, term: newTerm, takenAt: taken, meshes: what === 'everything' };
    const lines = readImage(file);
    const restored = what === 'clusters' ? withoutMeshes(lines) : asRestored(lines, { message, nowMs });
    const note = noteOf('store.restore', message, facts, { by, identity, nowMs });
    const counted = countParts(withNote(withChosenKeys(restored, options), note), options);
    await contents.fill(untilAborted(putKeys(counted.lines, kept), signal));
    return { from: file, to: contents.place, term, newTerm, parts: counted.parts };
  });
}

/**
 * Puts everything that one store has into another one, which must be empty. The first one is closed to whoever has it open, and its mgmt
 * must not be started again.
 * @throws RR_STORE_NOT_EMPTY, RR_STORE_*, RR_KEYSTORE_*, RR_IDENTITY_*
 */
export async function copyStore(from: MgmtConfig, to: MgmtConfig, options: CarryOptions): Promise<Carried> {
  const { clock, by, signal } = options;
  const identity = await loadIdentity(to.identity.privateKeyFile);
  return withStore(from, 'refuse', options, (source) =>
    withStore(to, 'make', options, async (target) => {
      if (source.contents.place === target.contents.place) throw sameStore(source.contents.place);
      await requireEmpty(target.contents);
      const term = await source.contents.raiseTerm(1);
      const newTerm = await target.contents.raiseTerm(term + termLeap);
      const message = `the store was copied by ${by} from ${source.contents.place}; the term is raised from ${term} to ${newTerm}`;
      const note = noteOf('store.copy', message, { formerTerm: term, term: newTerm }, { by, identity, nowMs: clock.now() });
      const counted = countParts(withNote(linesOf(source.contents, source.kept, options), note), options);
      await target.contents.fill(untilAborted(putKeys(counted.lines, target.kept), signal));
      return { from: source.contents.place, to: target.contents.place, term, newTerm, parts: counted.parts };
    }),
  );
}

/**
 * Raises the term of a store beyond all that agents can have heard of, and makes the store where there is none: for one that begins anew.
 * @throws RR_STORE_*
 */
export async function raiseStoreTerm(
  config: MgmtConfig,
  options: CarryOptions,
): Promise<Pick<Carried, 'to' | 'term' | 'newTerm'>> {
  return withStore(config, 'make', options, async ({ contents }) => {
    const term = await contents.readTerm();
    return { to: contents.place, term, newTerm: await contents.raiseTerm(termLeap) };
  });
}

/**
 * What a restore would meet. Nothing is changed.
 * @returns where it would go
 * @throws what `restoreStore` throws
 */
export async function tryRestore(config: MgmtConfig, { file, what }: ImageToRestore, options: CarryOptions): Promise<string> {
  const lines = readImage(file);
  return tryTarget(config, withChosenKeys(what === 'clusters' ? withoutMeshes(lines) : lines, options), options);
}

/** What a copy would meet. Nothing is changed. @returns where it would go @throws what `copyStore` throws */
export async function tryCopy(from: MgmtConfig, to: MgmtConfig, options: CarryOptions): Promise<string> {
  return withStore(from, 'refuse', options, async ({ kept }) => tryTarget(to, withChosenKeys(readKeys(kept), options), options));
}

async function tryTarget(config: MgmtConfig, lines: AsyncIterable<ImageLine>, options: CarryOptions): Promise<string> {
  const kept = await openKeys(config, options);
  try {
    await requireNoOtherKeys(lines, kept);
    const contents = await openContents(config, 'refuse', options);
    try {
      await requireEmpty(contents);
      return contents.place;
    } finally {
      await contents.close();
    }
  } catch (error) {
    if (error instanceof RerootError && error.code === 'RR_STORE_MISSING') return error.place ?? '';
    throw error;
  } finally {
    await kept.close();
  }
}

/** A store that is open as a whole, with the keys beside it. */
interface OpenStore {
  readonly contents: StoreContents;
  readonly kept: Pick<OpenKeys, 'keys' | 'wrapped'>;
}

async function withStore<T>(
  config: MgmtConfig,
  whenMissing: 'make' | 'refuse',
  options: CarryOptions,
  act: (store: OpenStore) => Promise<T>,
): Promise<T> {
  const kept = await openKeys(config, options);
  try {
    const contents = await openContents(config, whenMissing, options);
    try {
      return await act({ contents, kept });
    } finally {
      await contents.close();
    }
  } finally {
    await kept.close();
  }
}

async function* linesOf(
  contents: StoreContents,
  kept: OpenStore['kept'],
  { keys }: Pick<CarryOptions, 'keys'>,
): AsyncIterable<ImageLine> {
  yield* contents.read();
  if (keys === 'included') yield* readKeys(kept);
}

async function* withChosenKeys(lines: AsyncIterable<ImageLine>, { keys }: Pick<CarryOptions, 'keys'>): AsyncIterable<ImageLine> {
  for await (const line of lines) if (line.kind !== 'key' || keys === 'included') yield line;
}

function countParts(
  lines: AsyncIterable<ImageLine>,
  { onPart }: Pick<CarryOptions, 'onPart'>,
): { readonly lines: AsyncIterable<ImageLine>; readonly parts: Partial<Record<ImageLine['kind'], number>> } {
  const parts: Partial<Record<ImageLine['kind'], number>> = {};
  const counting = async function* (): AsyncIterable<ImageLine> {
    for await (const line of lines) {
      const count = (parts[line.kind] ?? 0) + 1;
      parts[line.kind] = count;
      onPart?.(line.kind, count);
      yield line;
    }
  };
  return { lines: counting(), parts };
}

async function* untilAborted(lines: AsyncIterable<ImageLine>, signal: AbortSignal): AsyncIterable<ImageLine> {
  for await (const line of lines) {
    signal.throwIfAborted();
    yield line;
  }
}

function noteOf(
  action: string,
  message: string,
  facts: Readonly<Record<string, string | number | boolean>>,
  { by, identity, nowMs }: { readonly by: string; readonly identity: Identity; readonly nowMs: number },
): CarryNote {
  const draft = { kind: 'start', action, by: { name: by, via: 'command-line' }, message, facts } as const;
  return { draft, audit: { identity, now: () => nowMs } };
}

function sameStore(place: string): RerootError {
  return new RerootError('RR_STORE_NOT_EMPTY', 'both configurations name the same store', { place });
}
