import type { OpenKubeApi } from '@reroot/kube-api';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { nameOfSecret, requireSecretName, type SecretSource } from './secret-source.ts';

/** What of the API of Kubernetes it takes. */
type SecretsApi = Pick<OpenKubeApi, 'find' | 'close'>;

const secretSchema = z.looseObject({ data: z.record(z.string(), z.base64()).nullish() });

/** Secrets of the cluster that mgmt runs in, or that a kubeconfig leads to. It takes `get` on each Secret that is named. */
export function createKubernetesSecrets(api: SecretsApi): SecretSource {
  return {
    read: async (secret, signal) => {
      requireSecretName(secret);
      const name = nameOfSecret(secret);
      const path = `/api/v1/namespaces/${secret.namespace}/secrets/${secret.name}`;
      const found = await api.find<unknown>(path, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        throw new RerootError('RR_SECRET_SOURCE_UNREADABLE', `${name} cannot be read: ${errorMessage(error)}`, { cause: error });
      });
      if (found === undefined) throw new RerootError('RR_SECRET_SOURCE_MISSING', `there is no ${name}`);
      const read = secretSchema.safeParse(found);
      // What the parser says would quote the values.
      if (!read.success) throw new RerootError('RR_SECRET_SOURCE_UNREADABLE', `${name} is not of the form of a Secret`);
      return new Map(Object.entries(read.data.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64')]));
    },
    close: () => api.close(),
  };
}
