import type { WebSocket } from 'ws';

/**
 * The Kubernetes API as the adapter uses it: JSON objects by path. Paths begin with `/api/v1/…` or `/apis/…`.
 *
 * Every method rejects with a RerootError (RR_CLUSTER_UNREACHABLE, RR_CLUSTER_UNAUTHENTICATED, RR_CLUSTER_FORBIDDEN,
 * RR_CLUSTER_QUOTA, RR_CLUSTER_THROTTLED, RR_CLUSTER_CONFLICT, RR_OBJECT_NOT_FOUND, RR_OBJECT_REFUSED) whose message says
 * which request was refused and why, and with the signal's reason when it aborts. Reads are tried again for about a second
 * while the server cannot be reached; a write that may have been carried out is never sent twice.
 */
export interface KubeApi {
  /**
   * @param detail `metadata`: of an object its metadata alone, which saves what is large; `metadata-of-each`: of those of a list
   * @throws RR_OBJECT_NOT_FOUND when there is none
   */
  get<T>(path: string, signal: AbortSignal, detail?: Detail): Promise<T>;
  /** As `get`; undefined when there is none. */
  find<T>(path: string, signal: AbortSignal): Promise<T | undefined>;
  /** @throws RR_CLUSTER_CONFLICT when there is one already */
  create<T>(path: string, body: object, signal: AbortSignal): Promise<T>;
  /**
   * A JSON merge patch (RFC 7386), by the program as field manager. With a resourceVersion in the body's metadata it is
   * refused with RR_CLUSTER_CONFLICT when the object has changed since.
   */
  mergePatch<T>(path: string, body: object, signal: AbortSignal): Promise<T>;
  /**
   * Puts an object in the place of the one that is there. With a resourceVersion in the body's metadata it is refused with
   * RR_CLUSTER_CONFLICT when that has changed since.
   * @throws RR_OBJECT_NOT_FOUND when there is none
   */
  replace<T>(path: string, body: object, signal: AbortSignal): Promise<T>;
  /**
   * Deletes an object.
   * @param preconditions a resourceVersion or a uid that it must still have, else RR_CLUSTER_CONFLICT
   * @throws RR_OBJECT_NOT_FOUND when there is none
   */
  delete(path: string, preconditions: DeletePreconditions | undefined, signal: AbortSignal): Promise<void>;
  /**
   * Opens a watch and gives each event as it comes; ends when the server ends it.
   * An event of type ERROR is thrown, as what its Status means: RR_WATCH_EXPIRED when the version has been forgotten.
   * @param path with its query, `watch=1` included
   * @param onOpen told when the server has agreed, before the first event
   */
  watch(path: string, signal: AbortSignal, onOpen?: () => void): AsyncIterable<WatchEvent>;
  /** Opens a WebSocket, such as of a pod's portforward, with the same credentials; resolves when it is open. */
  connect(path: string, subprotocol: string, signal: AbortSignal): Promise<WebSocket>;
}

/** How much of each object is asked for. */
export type Detail = 'whole' | 'metadata' | 'metadata-of-each';

/** What an object must still be to be deleted. */
export interface DeletePreconditions {
  readonly resourceVersion?: string;
  readonly uid?: string;
}

/** One event of a watch. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: unknown;
}

/** What every Kubernetes object has, as far as it is read here. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFields[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly time?: string;
  readonly subresource?: string;
  readonly fieldsV1?: unknown;
}
