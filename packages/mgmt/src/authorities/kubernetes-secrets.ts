import type { OpenKubeApi } from '@reroot/kube-api';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { SecretSource } from './secret-source.ts';

/** What of the API of Kubernetes it takes. */
export type SecretsApi = Pick<OpenKubeApi, 'find' | 'close'>;

const secretSchema = z.looseObject({ data: z.record(z.string(), z.base64()).nullish() });

/** Secrets of the cluster that mgmt runs in, or that a kubeconfig leads to. It takes `get` on each Secret that is named. */
export function createKubernetesSecrets(api: SecretsApi): SecretSource {
  return {
    read: async ({ namespace, name }, signal) => {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`;
      const place = `Secret ${namespace}/${name}`;
      const found = await api.find<unknown>(path, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        throw new RerootError('RR_SECRET_SOURCE_UNREADABLE', `${place} cannot be read: ${errorMessage(error)}`, { cause: error });
      });
      if (found === undefined) throw new RerootError('RR_SECRET_SOURCE_MISSING', `there is no ${place}`);
      const secret = secretSchema.safeParse(found);
      // What the parser says would quote the values.
      if (!secret.success) throw new RerootError('RR_SECRET_SOURCE_UNREADABLE', `${place} is not of the form of a Secret`);
      return new Map(Object.entries(secret.data.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64')]));
    },
    close: () => api.close(),
  };
}
