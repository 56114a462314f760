import type { Verification } from './contract.ts';

/** GET /v1/meshes/:mesh/adoption: what an adoption would begin with. */
export interface AdoptionStatus {
  readonly mesh: string;
  /** The root that the clusters would come to. */
  readonly root: string;
  /** Those that come from elsewhere; without any there is nothing to adopt. */
  readonly clusters: readonly AdoptionCluster[];
  /** What stands in the way, of the fleet as a whole. */
  readonly problems: readonly AdoptionProblem[];
}

/** A cluster that would be adopted. */
export interface AdoptionCluster {
  readonly name: string;
  /** Where istiod has its CA from: made by istiod itself, by another reroot, or by somebody else; left out while it is not known. */
  readonly ca?: 'self-made' | 'reroot' | 'plugged-in';
  readonly roots: readonly AdoptionRoot[];
  /** Fingerprint of the one of `roots` that signs. */
  readonly signer?: string;
  /** What stands in the way of its adoption. */
  readonly problems: readonly AdoptionProblem[];
}

/** A root that a cluster trusts now. */
export interface AdoptionRoot {
  readonly fingerprint: string;
  readonly subject: string;
  readonly notAfter: string;
}

/** A coded problem, as docs/errors.md has it. */
export interface AdoptionProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** POST /v1/meshes/:mesh/adoption; answered with MeshStatus and 201. */
export interface AdoptRequest {
  /** Who asks; as `by` of StartRotationRequest. */
  readonly by: string;
  /** Defaults to the policy of the mesh's spec. */
  readonly verification?: Verification;
}
