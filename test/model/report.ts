import type { ClusterEvidence, Holding } from '@reroot/mgmt/rotation';
import { countNudges } from '@reroot/shared/pki';
import { acceptedBy, type ClusterState, trustOf } from './cluster.ts';
import { nowMs } from './materials.ts';
import type { Parts } from './parts.ts';

const blank: ClusterEvidence = {
  receivedAtMs: nowMs,
  clusterUid: 'uid',
  namesake: undefined,
  appliedTerm: 0,
  appliedGeneration: 0,
  nudges: 0,
  written: undefined,
  replicas: [],
  // They follow the leading replica by themselves, and no workload verifies with them.
  namespaces: [],
  workloads: [],
  problems: [],
};

/** What is known of a cluster that is heard, and proves nothing. */
export const signOfLife = blank;

/**
 * What the agent reports to the leader of a term, as `readEvidence` of mgmt's fleet gives it: what was proven under
 * another term counts for no generation.
 */
export function reportOf(state: ClusterState, term: number, parts: Parts): ClusterEvidence {
  const accepted = acceptedBy(state, parts);
  const written = state.secret === 0 ? undefined : parts.secrets.at(state.secret);
  return {
    ...blank,
    appliedTerm: accepted?.term ?? 0,
    appliedGeneration: accepted?.term === term ? accepted.generation : 0,
    nudges: accepted === undefined ? 0 : countNudges(written?.secret.rootCert ?? '', accepted.generation),
    written: written === undefined ? undefined : holdingOf(written.files, parts),
    replicas: state.replicas.map((files, index) => ({
      replica: `istiod-${index}`,
      holding: files === 0 ? undefined : holdingOf(files, parts),
      failure: files === 0 ? 'it does not serve' : undefined,
      multiRoot: 'on',
    })),
    workloads: state.workloads.map((workload) => ({
      namespace: 'n',
      holding: holding('', trustOf(workload, parts), workload.leaf, parts),
      count: 1,
      examples: [],
      method: 'proxy-config',
      learns: 'pushed',
      unread: undefined,
    })),
  };
}

/** A report of which nothing counts but what the Secret holds: it may be out of date, and proves no generation. */
export function showing(files: number, parts: Parts): ClusterEvidence {
  return { ...blank, written: files === 0 ? undefined : holdingOf(files, parts) };
}

function holdingOf(files: number, parts: Parts): Holding {
  const { bundle, signer } = parts.files.at(files);
  const { sha256, trusts } = parts.bundles.at(bundle);
  return holding(sha256, trusts, signer, parts);
}

function holding(bundleSha256: string, trusts: number, signer: number, { roots }: Parts): Holding {
  const authority = signer === 0 ? undefined : roots.authorityOf(signer);
  return {
    bundleSha256,
    roots: roots.fingerprintsOf(trusts),
    signer: authority?.intermediate.fingerprint,
    signerRoot: authority?.root.fingerprint,
    signerNotAfterMs: undefined,
  };
}
