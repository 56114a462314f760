import type { KeyAlgorithm } from '@reroot/shared/pki';
import type { IntermediateSource } from '@reroot/shared/protocol';
import type { CommonCertOptions, VirtualMesh } from '@reroot/shared/virtual-mesh';
import type { RotationPolicy } from '../rotation/index.ts';
import type { MaintenanceWindow } from './maintenance-window.ts';
import type { RootSource } from './root-source.ts';
import { maintenanceWindowsOf, rotationPolicyOf } from './rotation-policy.ts';
import { intermediateSourceOf, rootSourceOf } from './sources-of.ts';

/** What the operator wants of a mesh, with every default filled in. */
export interface MeshSpec {
  readonly mesh: string;
  readonly clusters: readonly string[];
  readonly trustDomain: string;
  /** Where the next root comes from. */
  readonly rootSource: RootSource;
  /** How the next root is made, where it is made for this mesh. */
  readonly root: CertOptions;
  /** Where each cluster's intermediate comes from, under roots whose keys are not in mgmt's own store. */
  readonly intermediateSource: IntermediateSource;
  /** How each cluster's intermediate is made. */
  readonly intermediate: CertOptions;
  /** How rotations go; the start of one may ask for another strategy or verification. */
  readonly rotation: RotationPolicy;
  /** When steps may begin; none means at any time. */
  readonly maintenanceWindows: readonly MaintenanceWindow[];
}

/** `CommonCertOptions` of a VirtualMesh in our own words. */
export interface CertOptions {
  readonly ttlDays: number;
  readonly organization: string;
  readonly keyAlgorithm: KeyAlgorithm;
  /**
   * Share of the lifetime that is left when a rotation starts by itself, or an intermediate is renewed. 0: no rotation
   * starts, and intermediates are renewed when the agent sees fit.
   */
  readonly graceRatio: number;
}

const defaults = { ttlDays: 365, organization: 'gloo-mesh', rsaBits: 4096, trustDomain: 'cluster.local' } as const;

/** Fills in the defaults; empty and 0 mean "default", as in proto3. */
export function specOf({ metadata, spec }: VirtualMesh): MeshSpec {
  const { shared } = spec.mtlsConfig;
  const { generated, vault } = shared.rootCertificateAuthority;
  const root = certOptionsOf(generated ?? vault?.options);
  return {
    mesh: metadata.name,
    clusters: spec.clusters,
    trustDomain: spec.trustDomain === undefined || spec.trustDomain === '' ? defaults.trustDomain : spec.trustDomain,
    rootSource: rootSourceOf(shared.rootCertificateAuthority),
    root,
    intermediateSource: intermediateSourceOf(shared.intermediateCertificateAuthority),
    intermediate: certOptionsOf(shared.intermediateCertOptions),
    rotation: rotationPolicyOf(shared.certificateRotation, root.graceRatio),
    maintenanceWindows: maintenanceWindowsOf(shared.certificateRotation),
  };
}

function certOptionsOf(options: CommonCertOptions = {}): CertOptions {
  return {
    ttlDays: options.ttlDays === undefined || options.ttlDays === 0 ? defaults.ttlDays : options.ttlDays,
    organization: options.orgName === undefined || options.orgName === '' ? defaults.organization : options.orgName,
    keyAlgorithm: keyAlgorithmOf(options),
    graceRatio: options.secretRotationGracePeriodRatio ?? 0,
  };
}

function keyAlgorithmOf({ keyAlgorithm, rsaKeySizeBytes }: CommonCertOptions): KeyAlgorithm {
  switch (keyAlgorithm) {
    case 'KEY_ALGORITHM_ECDSA_P256':
      return { kind: 'ecdsa', curve: 'P-256' };
    case 'KEY_ALGORITHM_ECDSA_P384':
      return { kind: 'ecdsa', curve: 'P-384' };
    case 'KEY_ALGORITHM_RSA':
    case 'KEY_ALGORITHM_UNSPECIFIED':
    case undefined:
      return { kind: 'rsa', bits: rsaKeySizeBytes === undefined || rsaKeySizeBytes === 0 ? defaults.rsaBits : rsaKeySizeBytes };
  }
}
