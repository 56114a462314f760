/**
 * JSON documents by key, changed together or not at all. A key is a path: `mesh/demo`, `history/demo/act/3`; what stands before its last
 * slash is its group.
 *
 * Keys of the group `head` lie in the commit point itself: small documents that nearly every transaction changes.
 */
export interface DocumentSpace extends DocumentReader {
  /**
   * Runs `act` on the documents of one version, and commits what it puts and deletes: all of it, or nothing. Where somebody else has
   * committed meanwhile, `act` runs anew, on what is there now: it decides again, and its former changes are forgotten. So it must have no
   * other effects. What it throws is thrown, and nothing is written.
   * @throws RR_STORE_TOO_LARGE for a document that the space cannot hold; RR_STORE_FAILED, also when it is not known whether the commit came about: who reads again sees it
   */
  transact<T>(act: (documents: DocumentChanges) => Promise<T>): Promise<T>;
  /** All documents as they are at one moment, however long it takes to go through them. */
  snapshot(): Promise<DocumentReader>;
  /**
   * Keeps bytes apart from the documents, which name them by the id that is given: what is large, and rarely read. Bytes that no document
   * names in the end are cleared away one day.
   */
  keepBlob(bytes: Uint8Array): Promise<string>;
  /** Undefined when they were dropped. */
  readBlob(id: string): Promise<Uint8Array | undefined>;
  /** Once the transaction is done after which no document names them. Never rejects: what stays is cleared away later. */
  dropBlobs(ids: readonly string[]): Promise<void>;
  /** Told after each change, whoever has made it. @returns how to be told no more */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Reads documents. */
export interface DocumentReader {
  /** The value, which nobody changes; the same object until the document changes. Undefined when there is none. */
  get(key: string): Promise<unknown>;
  /** Those of a group, sorted by key. */
  list(group: string): Promise<readonly KeyedDocument[]>;
}

/** Reads documents, as changed so far, and changes them. */
export interface DocumentChanges extends DocumentReader {
  /** @param value JSON; what is undefined in it is left out */
  put(key: string, value: object): void;
  delete(key: string): void;
}

/** A document in its place. */
export interface KeyedDocument {
  readonly key: string;
  readonly value: unknown;
}

/** The group of a key. */
export function groupOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}

/** What lies in documents that are rarely read, and many or large: sealed parts of the journal, and certificates. */
const coldKinds: ReadonlySet<string> = new Set(['journal', 'issued']);

/** Whether a document need not be at hand. */
export function isColdDocument(key: string): boolean {
  return coldKinds.has(key.slice(0, key.indexOf('/')));
}
