import { createHash } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { groupOf } from '../documents/document-space.ts';
import { type DocumentTree, emptyTree } from '../documents/document-tree.ts';
import type { Batch, Edit, Head } from './head-form.ts';
import type { VersionedDocument } from './secret-form.ts';

/** What a space is at one commit. It never changes: `applyHead` and `afterCommit` make the next one. */
export interface SpaceState {
  /** Of the Secret of the head; undefined while there is none. */
  readonly resourceVersion: string | undefined;
  readonly head: Head;
  /** All documents but the cold ones. */
  readonly tree: DocumentTree;
  /** At which version each document that is kept in memory was last changed, those that were deleted too. */
  readonly versions: ReadonlyMap<string, number>;
  /** Documents as the batches of the head have them, by key: it may be that they are written nowhere else yet. */
  readonly recent: ReadonlyMap<string, VersionedDocument>;
}

/** Whether a document is read when it is asked for. */
export type IsCold = (key: string) => boolean;

const emptyHead: Head = { version: 0, digest: 0, documents: {}, batches: [] };

/** Before the first commit. */
export const emptyState: SpaceState = {
  resourceVersion: undefined,
  head: emptyHead,
  tree: emptyTree,
  versions: new Map(),
  recent: new Map(),
};

/** Whether a document lies in the head. */
export function isInHead(key: string): boolean {
  return groupOf(key) === 'head';
}

/**
 * What was found in the cluster, all at one moment.
 * @throws RR_STORE_CORRUPT when a document is missing, or is not the one of the head
 */
export function loadState(
  { head, resourceVersion }: FoundHead,
  documents: readonly VersionedDocument[],
  isCold: IsCold,
): SpaceState {
  const kept = new Map(documents.map((document) => [document.key, document]));
  const before: SpaceState = {
    ...emptyState,
    tree: emptyTree.edited(new Map(documents.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])))),
    versions: new Map(documents.map(({ key, version }) => [key, version])),
  };
  // A document may have been written already by a commit that the head still has.
  const isNews = ({ version }: Batch, key: string): boolean => version > (kept.get(key)?.version ?? 0);
  const batches = head.batches.map((batch) => ({
    ...batch,
    edits: batch.edits.filter(([key]) => isCold(key) || isNews(batch, key)),
  }));
  const state = applyBatches(before, { head: { ...head, batches }, resourceVersion }, batches, isCold);
  const recent = recentOf(head.batches);
  if (digestOf(state.versions) === head.digest) return { ...state, head, recent };
  throw new RerootError('RR_STORE_CORRUPT', `the documents are not those of commit ${head.version}: some are missing, or older`, {
    remedy:
      'put a backup back that `reroot store backup` has made; Secrets that were copied one by one while mgmt was running do not fit together',
  });
}

/** A head as it was found. */
export interface FoundHead {
  readonly head: Head;
  readonly resourceVersion: string;
}

/**
 * The state at a later head; undefined when the head does not have all commits since, or is no later one: then everything is to be
 * loaded anew.
 */
export function applyHead(state: SpaceState, found: FoundHead, isCold: IsCold): SpaceState | undefined {
  const { version } = state.head;
  const news = found.head.batches.filter((batch) => batch.version > version);
  if (found.head.version < version || news.length !== found.head.version - version) return undefined;
  const digest = digestAfter(state, news, isCold);
  return digest === found.head.digest ? applyBatches(state, found, news, isCold) : undefined;
}

/** The head after a commit: it has the batch, and of those before it what `isKept` says. */
export function headWith(state: SpaceState, batch: Batch, isKept: (batch: Batch) => boolean, isCold: IsCold): Head {
  const { head } = state;
  const documents = new Map(Object.entries(head.documents));
  for (const [key, value] of batch.edits) {
    if (!isInHead(key)) continue;
    if (value === null) documents.delete(key);
    else documents.set(key, value);
  }
  return {
    version: batch.version,
    digest: digestAfter(state, [batch], isCold),
    documents: Object.fromEntries(documents),
    batches: [...head.batches.filter(isKept), batch],
  };
}

/** The state after a commit of one's own. */
export function afterCommit(state: SpaceState, found: FoundHead, batch: Batch, isCold: IsCold): SpaceState {
  return applyBatches(state, found, [batch], isCold);
}

function applyBatches(
  { tree, versions }: SpaceState,
  { head, resourceVersion }: FoundHead,
  batches: readonly Batch[],
  isCold: IsCold,
): SpaceState {
  const edits = new Map<string, object | undefined>(Object.entries(head.documents));
  for (const key of tree.list('head').map((document) => document.key)) {
    if (!(key in head.documents)) edits.set(key, undefined);
  }
  // What has not changed stays the same object: it was checked already.
  for (const [key, value] of edits) {
    if (isSame(tree.get(key), value)) edits.delete(key);
  }
  const next = new Map(versions);
  for (const { version, edits: own } of batches) {
    for (const [key, value] of own) {
      if (isInHead(key) || isCold(key)) continue;
      edits.set(key, value ?? undefined);
      next.set(key, version);
    }
  }
  return { resourceVersion, head, tree: tree.edited(edits), versions: next, recent: recentOf(head.batches) };
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}

function recentOf(batches: readonly Batch[]): ReadonlyMap<string, VersionedDocument> {
  const recent = new Map<string, VersionedDocument>();
  for (const { version, edits } of batches) {
    for (const [key, value] of edits) {
      if (!isInHead(key)) recent.set(key, { key, version, value: value ?? undefined });
    }
  }
  return recent;
}

/** Whole numbers that are added: the sum over a set does not depend on its order, and changes with one element alone. */
const bound = 2 ** 48;

function digestOf(versions: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [key, version] of versions) sum = modulo(sum + fingerprint(key, version));
  return sum;
}

function digestAfter({ head, versions }: SpaceState, batches: readonly Batch[], isCold: IsCold): number {
  const changed = new Map<string, number>();
  let sum = head.digest;
  for (const { version, edits } of batches) {
    for (const [key] of edits) {
      if (isInHead(key) || isCold(key)) continue;
      sum = modulo(sum - fingerprint(key, changed.get(key) ?? versions.get(key)) + fingerprint(key, version));
      changed.set(key, version);
    }
  }
  return sum;
}

function fingerprint(key: string, version: number | undefined): number {
  if (version === undefined) return 0;
  return createHash('sha256').update(`${version} ${key}`).digest().readUIntBE(0, 6);
}

function modulo(value: number): number {
  return ((value % bound) + bound) % bound;
}

/** A batch of edits without a place yet. */
export function editsOf(edits: ReadonlyMap<string, object | undefined>): readonly Edit[] {
  // Through JSON: what is undefined in a value is not kept, and nobody's object is.
  return [...edits].map(([key, value]) => [key, value === undefined ? null : (JSON.parse(JSON.stringify(value)) as object)]);
}
