import { parseCertificates, sha256Hex } from '@reroot/shared/pki';
import type { CaSecret } from '../cluster/cluster.ts';
import type { Proof, ReplicaProof } from '../install/proof.ts';
import type { Desired } from '../trust/desired.ts';
import { findSignerRoot, sameCertificates } from '../trust/signer-root.ts';
import type { Evidence, ObservedReplica } from './collect-evidence.ts';
import type { WorkloadGroup } from './group-workloads.ts';

/**
 * Measures evidence against the Secret as it is written and against desired trust. Two comparisons, never mixed:
 * a replica has loaded when its bytes and its signer are those of the Secret; a workload trusts a set of certificates.
 */
export function prove(evidence: Evidence, secret: CaSecret, desired: Desired): Proof {
  const written = { bundleSha256: sha256Hex(secret.rootCert), signer: parseCertificates(secret.caCert)[0]?.fingerprint };
  return {
    replicas: evidence.replicas.map((observed) => {
      const { replica: name, startedAtMs } = observed;
      return { name, startedAtMs, state: stateOf(observed, written) };
    }),
    workloads: stateOfWorkloads(evidence.workloads, desired),
  };
}

function stateOfWorkloads(groups: Evidence['workloads'], desired: Desired): Proof['workloads'] {
  if (groups === undefined) return 'unknown';
  return groups.some((group) => isLagging(group, desired)) ? 'lagging' : 'reached';
}

/** Whether the level that comes by itself, the namespaces, is known to hold the desired roots too. */
export function arePublished({ namespaces }: Evidence, { roots }: Desired): boolean {
  return (
    namespaces !== undefined &&
    namespaces.every(({ observed }) => observed !== undefined && sameCertificates(observed.roots, roots))
  );
}

function stateOf(
  { result }: ObservedReplica,
  written: { bundleSha256: string; signer: string | undefined },
): ReplicaProof['state'] {
  if (result.kind === 'failure') return 'unproven';
  const { bundleSha256, signerChain } = result.observed;
  return bundleSha256 === written.bundleSha256 && signerChain[0]?.fingerprint === written.signer ? 'loaded' : 'differs';
}

/** A workload without a leaf is about to ask anyway: a nudge would only make the others ask too. */
function isLagging({ observed, leaf }: WorkloadGroup, desired: Desired): boolean {
  if (leaf === 'none') return false;
  return (
    !sameCertificates(observed.roots, desired.roots) || findSignerRoot(observed.signerChain, [desired.signerRoot]) === undefined
  );
}
