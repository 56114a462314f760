import { access, readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import type { Credentials } from './access.ts';

/** Where the kubelet puts what a pod needs to talk to its API server. */
export const serviceAccountDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Credentials of the service account of this pod (kubernetes.io/docs/tasks/run-application/access-api-from-pod), or
 * undefined when this is no pod. The files are read for each request: the kubelet replaces the token before it expires,
 * and a copy that was kept would be refused one day.
 */
export async function openInClusterCredentials(environment: Environment, directory: string): Promise<Credentials | undefined> {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = environment;
  if (host === '' || port === '' || !(await exists(join(directory, 'token')))) return undefined;
  const server = new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`);
  return {
    server,
    read: async () => {
      const [token, ca] = await Promise.all([read(directory, 'token'), read(directory, 'ca.crt')]);
      return { server, tls: { ca }, headers: { authorization: `Bearer ${token.trim()}` }, proxy: undefined };
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function read(directory: string, name: string): Promise<string> {
  const path = join(directory, name);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new RerootError('RR_CLUSTER_UNAUTHENTICATED', `${name} of the service account cannot be read`, {
      place: path,
      cause: error,
    });
  }
}
