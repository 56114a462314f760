import { createHash, X509Certificate } from 'node:crypto';
import type { Fleet } from '@reroot/simulator/fleet-launcher';

/** Fingerprints of the roots that a cluster's Secret holds, read past agent and mgmt, and without reroot's own code. */
export async function rootsInSecret(fleet: Fleet, cluster: string): Promise<readonly string[]> {
  const secret = await fleet.ports.get(cluster)?.readCaSecret(fleet.broken);
  return fingerprintsOf(secret?.rootCert ?? '');
}

/** Of every certificate in a bundle, in its order. */
export function fingerprintsOf(bundle: string): readonly string[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((pem) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex'));
}

/** Names of the istiod replicas of a cluster. */
export async function replicasOf(fleet: Fleet, cluster: string): Promise<readonly string[]> {
  const replicas = (await fleet.ports.get(cluster)?.listReplicas(fleet.broken)) ?? [];
  return replicas.map(({ name }) => name);
}
