import type { Strategy, Verification } from '@reroot/shared/api';
import type { KeyAlgorithm } from '@reroot/shared/pki';
import type { CommonCertOptions, VirtualMesh } from './virtual-mesh.ts';

/** What the operator wants of a mesh, with every default filled in. */
export interface MeshSpec {
  readonly mesh: string;
  readonly clusters: readonly string[];
  readonly trustDomain: string;
  /** How the next root is made. */
  readonly root: CertOptions;
  /** How each cluster's intermediate is made. */
  readonly intermediate: CertOptions;
  /** How the next rotation goes unless its start says otherwise. */
  readonly rotation: { readonly strategy: Strategy; readonly verification: Verification };
}

/** The seed's CommonCertOptions in our own words. */
export interface CertOptions {
  readonly ttlDays: number;
  readonly organization: string;
  readonly keyAlgorithm: KeyAlgorithm;
}

const defaults = { ttlDays: 365, organization: 'gloo-mesh', rsaBits: 4096, trustDomain: 'cluster.local' } as const;

/** Fills in the defaults; empty and 0 mean "default", as in proto3. */
export function specOf({ metadata, spec }: VirtualMesh): MeshSpec {
  const { shared } = spec.mtlsConfig;
  const rotation = shared.certificateRotation;
  return {
    mesh: metadata.name,
    clusters: spec.clusters,
    trustDomain: spec.trustDomain === undefined || spec.trustDomain === '' ? defaults.trustDomain : spec.trustDomain,
    root: certOptionsOf(shared.rootCertificateAuthority.generated),
    intermediate: certOptionsOf(shared.intermediateCertOptions),
    rotation: {
      strategy: rotation?.strategy ?? 'MULTI_ROOT',
      // Going on without anybody's look must be asked for.
      verification: rotation?.verification?.none === undefined ? 'manual' : 'none',
    },
  };
}

function certOptionsOf(options: CommonCertOptions = {}): CertOptions {
  return {
    ttlDays: options.ttlDays === undefined || options.ttlDays === 0 ? defaults.ttlDays : options.ttlDays,
    organization: options.orgName === undefined || options.orgName === '' ? defaults.organization : options.orgName,
    keyAlgorithm: keyAlgorithmOf(options),
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
