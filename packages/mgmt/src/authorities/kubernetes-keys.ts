import { type KubeApi, type KubeObject, listObjects } from '@reroot/kube-api';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { SealedKeys } from './sealed-keys.ts';

/** What of the API of Kubernetes it takes. */
type KeysApi = Pick<KubeApi, 'find' | 'get' | 'create' | 'delete'>;

/** Which Secrets they are. */
export interface KubernetesKeysOptions {
  readonly namespace: string;
  /** Of the store that the keys belong to: two may be in one namespace. */
  readonly store: string;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** Secrets of this type are the keys; nothing else of the namespace is looked at. */
const secretType = 'reroot.dev/key';
const dataKey = 'sealed.json';
const storeLabel = 'reroot.dev/store';
const partLabel = 'reroot.dev/part';

const namedSchema = z.looseObject({ metadata: z.looseObject({ name: z.string() }) });

/**
 * Sealed texts as Secrets of one namespace, one each: what a reader of Secrets gets is encrypted all the same. They are immutable, so that no
 * slip of the hand changes one; only one that nobody has is made, so that of two replicas the first one counts.
 */
export function createKubernetesKeys(api: KeysApi, { namespace, store, signal }: KubernetesKeysOptions): SealedKeys {
  const collection = `/api/v1/namespaces/${namespace}/secrets`;
  const prefix = `${store}-key-`;
  const place = `Secrets ${namespace}/${prefix}*`;
  const labels = { [storeLabel]: store, [partLabel]: 'key' };
  const placeOf = (name: string): string => `Secret ${namespace}/${prefix}${name}`;
  const pathOf = (name: string): string => `${collection}/${prefix}${name}`;
  const read = async (name: string): Promise<string | undefined> => {
    const found = await guardApi(placeOf(name), () => api.find<unknown>(pathOf(name), signal));
    return found === undefined ? undefined : textOf(found, placeOf(name));
  };
  return {
    place,
    placeOf,
    read,
    add: async (name, text) => {
      const metadata = { name: `${prefix}${name}`, labels };
      const data = { [dataKey]: Buffer.from(text, 'utf8').toString('base64') };
      const secret = { apiVersion: 'v1', kind: 'Secret', type: secretType, immutable: true, metadata, data };
      try {
        await api.create<KubeObject>(collection, secret, signal);
        return 'added';
      } catch (error) {
        // Who cannot be reached may have made it, and says so by having it.
        const there = await read(name).catch(() => undefined);
        if (there === text) return 'added';
        if (there !== undefined) return 'there-already';
        throw refused(error, placeOf(name));
      }
    },
    remove: async (name) => {
      await guardApi(placeOf(name), () => api.delete(pathOf(name), undefined, signal)).catch((error: unknown) => {
        if (!isCaused(error, 'RR_OBJECT_NOT_FOUND')) throw error;
      });
    },
    list: async () => {
      const query = { labelSelector: `${storeLabel}=${store},${partLabel}=key` };
      // Only what they are called: the keys themselves stay where they are.
      const listing = { api, path: collection, query, detail: 'metadata-of-each' } as const;
      const readName = (object: unknown): string => namedSchema.parse(object).metadata.name;
      const names = await guardApi(place, () => listObjects(listing, readName, signal));
      return names
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length))
        .toSorted();
    },
  };
}

const secretSchema = z.looseObject({ data: z.looseObject({ [dataKey]: z.base64() }) });

/** What the parser says would quote the values. */
function textOf(secret: unknown, place: string): string {
  const { success, data } = secretSchema.safeParse(secret);
  if (!success) throw new RerootError('RR_KEYSTORE_CORRUPT', `the Secret has no ${dataKey}`, { place });
  return Buffer.from(data.data[dataKey], 'base64').toString('utf8');
}

async function guardApi<T>(place: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw refused(error, place);
  }
}

function refused(cause: unknown, place: string): RerootError {
  return new RerootError('RR_KEYSTORE_UNWRITABLE', `the API server refuses: ${errorMessage(cause)}`, {
    ...{ place, cause },
    remedy:
      'grant get, list, create and delete on the Secrets of the namespace of the store, and see that the API server is well',
  });
}

function isCaused(error: unknown, code: string): boolean {
  return error instanceof RerootError && error.cause instanceof RerootError && error.cause.code === code;
}
