import { X509Certificate } from 'node:crypto';
import { fingerprintsOf } from '../../scenarios/held-by-clusters.ts';
import type { Truth, Witness } from '../lab/truth/read-truth.ts';
import { factsOf, type Sight } from './claims.ts';
import type { Moment } from './judge-claims.ts';

/** Looks at one cluster. */
export async function lookAt(cluster: string, witness: Witness): Promise<Moment> {
  const truth = await witness.look();
  return { cluster, beganAtMs: truth.beganAtMs, endedAtMs: truth.endedAtMs, facts: factsOf(sightsOf(truth)) };
}

/** What was to be seen; the signer is the certificate above the leaf, or the root itself. */
function sightsOf({ replicas, namespaces, workloads }: Truth): readonly Sight[] {
  return [
    ...replicas.flatMap(({ name, seen }) => {
      if (seen.kind === 'unseen') return [];
      const { certChain, rootCert } = seen.held;
      return [{ place: `replica ${name}`, roots: fingerprintsOf(rootCert), signer: signerIn(certChain.join('\n')) }];
    }),
    ...namespaces.map(({ namespace, rootCert }) => ({
      place: `namespace ${namespace}`,
      roots: fingerprintsOf(rootCert),
      signer: undefined,
    })),
    ...workloads.flatMap(({ namespace, name, seen }) => {
      if (seen.kind === 'unseen' || seen.held.certChain === undefined || seen.held.rootCert === undefined) return [];
      const { certChain, rootCert } = seen.held;
      return [{ place: `workload ${namespace}/${name}`, roots: fingerprintsOf(rootCert), signer: signerIn(certChain) }];
    }),
  ];
}

/** The certificate that follows the leaf, if it did sign it. */
function signerIn(chain: string): string | undefined {
  const blocks = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const [leaf, signer] = blocks.map((pem) => new X509Certificate(pem));
  if (leaf === undefined || signer === undefined || !leaf.verify(signer.publicKey)) return undefined;
  return fingerprintsOf(signer.toString())[0];
}
