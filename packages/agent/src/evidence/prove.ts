import type { CaSecret } from '../cluster/cluster.ts';
import type { Proof, ReplicaProof, WorkloadsProof } from '../install/proof.ts';
import type { SeenWorkload } from '../install/rollout-candidates.ts';
import type { Desired } from '../trust/desired.ts';
import { findSignerRoot, sameCertificates } from '../trust/signer-root.ts';
import type { Evidence, ObservedReplica } from './collect-evidence.ts';
import type { WorkloadGroup } from './group-workloads.ts';
import { observeSecret } from './observe-secret.ts';
import { holdsSame, type Observed } from './observed.ts';

/**
 * Measures evidence against the Secret as it is written and against desired trust. Two comparisons, never mixed:
 * a replica has loaded when its bytes and its signer are those of the Secret; a workload trusts a set of certificates.
 */
export function prove(evidence: Evidence, secret: CaSecret, desired: Desired): Proof {
  const written = observeSecret(secret);
  const groups = evidence.workloads;
  return {
    replicas: evidence.replicas.map((observed) => {
      const { replica: name, startedAtMs } = observed;
      return { name, startedAtMs, state: stateOf(observed, written) };
    }),
    workloads: stateOfWorkloads(groups, desired),
    moment: groups?.some((group) => needsMoment(group, desired)) === true ? 'needed' : 'not-needed',
  };
}

/** Every workload that was seen, and whether it lags behind. */
export function seeWorkloads({ workloads }: Evidence, desired: Desired): readonly SeenWorkload[] {
  return (workloads ?? []).flatMap((group) => {
    const place = isLagging(group, desired) ? 'lagging' : 'reached';
    return group.members.map((workload) => ({ workload, place }) as const);
  });
}

function stateOfWorkloads(groups: Evidence['workloads'], desired: Desired): WorkloadsProof {
  if (groups === undefined) return 'unknown';
  const lagging = groups.filter((group) => isLagging(group, desired));
  if (lagging.length === 0) return 'reached';
  const pushed = lagging.filter(({ learns }) => learns === 'pushed');
  if (pushed.length === 0) return 'deaf';
  return pushed.some(({ unread }) => unread === '') ? 'lagging' : 'unseen';
}

function needsMoment(group: WorkloadGroup, desired: Desired): boolean {
  return group.unread !== '' || (group.learns === 'renewed' && isLagging(group, desired));
}

/** Whether the level that comes by itself, the namespaces, is known to hold the desired roots too. */
export function arePublished({ namespaces }: Evidence, { roots }: Desired): boolean {
  return (
    namespaces !== undefined &&
    namespaces.every(({ observed }) => observed !== undefined && sameCertificates(observed.roots, roots))
  );
}

function stateOf({ result }: ObservedReplica, written: Observed): ReplicaProof['state'] {
  if (result.kind === 'failure') return 'unproven';
  if (!holdsSame(result.observed, written)) return 'differs';
  return result.observed.bundleSha256 === written.bundleSha256 ? 'loaded' : 'behind';
}

/** A workload without a leaf is about to ask anyway: a nudge would only make the others ask too. */
function isLagging({ observed, leaf }: WorkloadGroup, desired: Desired): boolean {
  if (leaf === 'none') return false;
  return (
    !sameCertificates(observed.roots, desired.roots) || findSignerRoot(observed.signerChain, [desired.signerRoot]) === undefined
  );
}
