import { RerootError } from '@reroot/shared/errors';
import { metadataOf } from './kept-objects.ts';
import type { Detail, KubeApi } from './kube-api.ts';
import { withQuery } from './with-query.ts';

/** A page of this many objects stays within some megabytes, which are given back before the next one comes. */
const pageSize = 500;

/** What is listed. */
export interface Listing {
  readonly api: Pick<KubeApi, 'get'>;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** `whole` when left out. */
  readonly detail?: Detail;
  /** Told of each object. Those of a list carry no kind. */
  readonly onObject: (object: unknown) => void;
}

/**
 * Lists a collection page by page, all at one version
 * (kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks).
 * @returns the version to watch from
 * @throws RR_WATCH_EXPIRED when that version is forgotten before the last page, and what the request fails with
 */
export async function listPages({ api, path, query, detail, onObject }: Listing, signal: AbortSignal): Promise<string> {
  for (let page: Readonly<Record<string, string>> = {}; ; ) {
    const address = withQuery(path, { ...query, limit: String(pageSize), ...page });
    const list = await api.get<{ readonly items?: unknown }>(address, signal, detail);
    const { resourceVersion, continue: next } = metadataOf(list);
    // Of metadata alone, the API server gives an empty list as null.
    const items = list.items === null ? [] : list.items;
    if (!Array.isArray(items) || typeof resourceVersion !== 'string')
      throw new RerootError('RR_CLUSTER_UNREACHABLE', `GET ${path}: the answer is no list of Kubernetes`);
    for (const item of items) onObject(item);
    if (typeof next !== 'string' || next === '') return resourceVersion;
    page = { continue: next };
  }
}
