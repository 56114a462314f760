import { type OpenKubeApi, openKubeApi } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';

/**
 * Opens the cluster that a setting of mgmt's configuration means.
 * @param setting where it stands, such as `api.access.kubernetes`
 * @throws RR_KUBECONFIG_INVALID with what to do in mgmt: the catalogue's remedy is for an agent
 */
export async function openKubernetes(setting: string, options: Parameters<typeof openKubeApi>[0]): Promise<OpenKubeApi> {
  try {
    return await openKubeApi(options);
  } catch (error) {
    if (!(error instanceof RerootError) || error.code !== 'RR_KUBECONFIG_INVALID') throw error;
    throw new RerootError(error.code, error.message, {
      place: error.place ?? setting,
      remedy: `give ${setting}.kubeconfigFile a kubeconfig that kubectl works with, or run mgmt in a pod with a service account`,
      cause: error,
    });
  }
}
