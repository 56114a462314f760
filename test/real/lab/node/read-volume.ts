import type { AdminClient } from '../cluster/admin-client.ts';
import type { Pod, Volume } from './pod.ts';
import type { VolumeFiles } from './project-files.ts';

/** What a volume should hold now; `missing` when the pod must wait for it, as one whose Secret does not exist. */
export type VolumeContent =
  | { readonly kind: 'files'; readonly files: VolumeFiles }
  | { readonly kind: 'missing'; readonly what: string };

/** A Secret or a ConfigMap: these change, and the volume follows. A token is made once, for it outlives the lab. */
export function followsSource({ secret, configMap }: Volume): boolean {
  return secret !== undefined || configMap !== undefined;
}

/** Reads what a volume of a pod should hold. */
export async function readVolume(admin: AdminClient, pod: Pod, volume: Volume): Promise<VolumeContent> {
  const namespace = `/api/v1/namespaces/${pod.metadata.namespace}`;
  if (volume.secret !== undefined) {
    const { secretName, optional } = volume.secret;
    const secret = await admin.find<{ data?: Record<string, string> }>(`${namespace}/secrets/${secretName}`);
    return contentOf(`Secret ${secretName}`, secret, 'base64', optional);
  }
  if (volume.configMap !== undefined) {
    const { name, optional } = volume.configMap;
    const configMap = await admin.find<{ data?: Record<string, string> }>(`${namespace}/configmaps/${name}`);
    return contentOf(`ConfigMap ${name}`, configMap, 'utf8', optional);
  }
  return { kind: 'files', files: await requestTokens(admin, pod, volume) };
}

function contentOf(
  what: string,
  object: { readonly data?: Readonly<Record<string, string>> } | undefined,
  encoding: 'base64' | 'utf8',
  optional: boolean | undefined,
): VolumeContent {
  if (object === undefined && optional !== true) return { kind: 'missing', what };
  const entries = Object.entries(object?.data ?? {}).map(([key, value]) => [key, Buffer.from(value, encoding)] as const);
  return { kind: 'files', files: new Map(entries) };
}

async function requestTokens(admin: AdminClient, pod: Pod, volume: Volume): Promise<VolumeFiles> {
  const files = new Map<string, Uint8Array>();
  const { namespace, name, uid } = pod.metadata;
  const account = `/api/v1/namespaces/${namespace}/serviceaccounts/${pod.spec.serviceAccountName ?? 'default'}`;
  for (const { serviceAccountToken } of volume.projected?.sources ?? []) {
    if (serviceAccountToken === undefined) continue;
    const { audience, expirationSeconds = 43_200, path } = serviceAccountToken;
    const spec = {
      ...(audience === undefined ? {} : { audiences: [audience] }),
      expirationSeconds,
      boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid },
    };
    const answer = await admin.request<{ status: { token: string } }>('POST', `${account}/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec,
    });
    files.set(path, Buffer.from(answer.status.token));
  }
  return files;
}
