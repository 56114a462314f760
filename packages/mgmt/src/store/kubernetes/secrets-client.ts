import { type KubeApi, type KubeObject, listObjects } from '@reroot/kube-api';
import { errorMessage, RerootError, toRerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { type FoundSecret, readSecret, type StoreSecret } from './secret-form.ts';

/** What of the API of Kubernetes the store takes. */
export type SecretsApi = Pick<KubeApi, 'find' | 'get' | 'create' | 'replace' | 'delete' | 'watch'>;

/**
 * The Secrets of one namespace. Every method rejects with what the API rejects with, and with the signal's reason; `storeFailure` makes
 * an error of the store of it.
 */
export interface SecretsClient {
  readonly namespace: string;
  /** Path of the collection. */
  readonly collection: string;
  find(name: string): Promise<FoundSecret | undefined>;
  /** Of the Secret as it is now; undefined when there is none. */
  resourceVersion(name: string): Promise<string | undefined>;
  /** @returns its resourceVersion */
  create(secret: StoreSecret): Promise<string>;
  /** @returns its resourceVersion */
  replace(secret: StoreSecret): Promise<string>;
  delete(name: string): Promise<void>;
  /** All at one version of the cluster. */
  list(labelSelector: string): Promise<readonly FoundSecret[]>;
  /** Their names and when they were made. */
  listNames(labelSelector: string): Promise<readonly { readonly name: string; readonly createdAtMs: number }[]>;
}

const namesSchema = z.looseObject({ metadata: z.looseObject({ name: z.string(), creationTimestamp: z.string().optional() }) });

/** @param signal ends what is under way */
export function createSecretsClient(api: SecretsApi, namespace: string, signal: AbortSignal): SecretsClient {
  const collection = `/api/v1/namespaces/${namespace}/secrets`;
  const pathOf = (name: string): string => `${collection}/${name}`;
  const versionOf = ({ metadata }: KubeObject): string => metadata.resourceVersion ?? '';
  return {
    namespace,
    collection,
    find: async (name) => {
      const found = await api.find<unknown>(pathOf(name), signal);
      return found === undefined ? undefined : readSecret(found, `Secret ${namespace}/${name}`);
    },
    resourceVersion: async (name) => {
      try {
        return versionOf(await api.get<KubeObject>(pathOf(name), signal, 'metadata'));
      } catch (error) {
        if (toRerootError(error).code === 'RR_OBJECT_NOT_FOUND') return undefined;
        throw error;
      }
    },
    create: async (secret) => versionOf(await api.create<KubeObject>(collection, secret, signal)),
    replace: async (secret) => versionOf(await api.replace<KubeObject>(pathOf(secret.metadata.name), secret, signal)),
    delete: (name) => api.delete(pathOf(name), undefined, signal),
    list: (labelSelector) => {
      const listing = { api, path: collection, query: { labelSelector } };
      return listObjects(listing, (object) => readSecret(object, `Secrets of ${namespace}`), signal);
    },
    listNames: (labelSelector) => {
      const listing = { api, path: collection, query: { labelSelector }, detail: 'metadata-of-each' } as const;
      return listObjects(listing, readName, signal);
    },
  };
}

function readName(object: unknown): { readonly name: string; readonly createdAtMs: number } {
  const { name, creationTimestamp = '' } = namesSchema.parse(object).metadata;
  return { name, createdAtMs: Date.parse(creationTimestamp) };
}

/** What a failure of the API means for the store; errors of the store stay. */
export function storeFailure(error: unknown, place: string): RerootError {
  const failed = toRerootError(error);
  if (failed.code.startsWith('RR_STORE_')) return failed;
  const remedy =
    remedies[failed.code] ?? 'see that the API server of the cluster that holds the store is well, and can be reached';
  return new RerootError('RR_STORE_FAILED', `the API server refuses: ${errorMessage(error)}`, { place, remedy, cause: error });
}

const rights = 'give mgmt the rights of docs/store.md to the Secrets of the namespace of the store';
const remedies: Readonly<Partial<Record<string, string>>> = {
  RR_CLUSTER_FORBIDDEN: rights,
  RR_CLUSTER_UNAUTHENTICATED: rights,
  RR_CLUSTER_QUOTA: 'raise the quota of the namespace of the store: docs/store.md says how much it takes',
  RR_OBJECT_NOT_FOUND: 'make the namespace of the store, or name another one in store.namespace',
};
