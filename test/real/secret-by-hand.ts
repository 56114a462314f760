import { cacertsPath, labCluster, type RealMesh } from './real-mesh.ts';

/** Files of a Secret as the API has them, in base64. */
export type SecretData = Readonly<Record<string, string>>;

export async function readSecretData(fleet: RealMesh, cluster: string): Promise<SecretData> {
  return (await labCluster(fleet, cluster).admin.request<{ data: SecretData }>('GET', cacertsPath)).data;
}

/** Changes some files of a cluster's cacerts Secret as somebody with kubectl would. */
export async function editSecret(fleet: RealMesh, cluster: string, manager: string, data: SecretData): Promise<void> {
  await labCluster(fleet, cluster).admin.patch('merge', `${cacertsPath}?fieldManager=${manager}`, { data });
}
