import { X509Certificate } from 'node:crypto';
import { createWitness } from './lab/truth/read-truth.ts';
import { labCluster, type RealMesh } from './real-mesh.ts';

/** What a workload holds. */
export interface HeldChain {
  /** Leaf first; the root is left out. */
  readonly chain: readonly X509Certificate[];
  readonly rootCert: string;
}

/** Of every workload of a cluster, as its Envoy has it. @throws when one cannot be looked at, or holds nothing */
export async function chainsOfWorkloads(fleet: RealMesh, cluster: string): Promise<readonly HeldChain[]> {
  const { workloads } = await (await createWitness(labCluster(fleet, cluster))).look();
  return workloads.map(({ name, seen }) => {
    if (seen.kind === 'unseen') throw new Error(`${name} cannot be looked at: ${seen.why}`);
    const { certChain = '', rootCert = '' } = seen.held;
    const blocks = certChain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    const chain = blocks.map((pem) => new X509Certificate(pem)).filter(({ subject, issuer }) => subject !== issuer);
    if (chain.length === 0) throw new Error(`${name} holds no certificate`);
    return { chain, rootCert };
  });
}
