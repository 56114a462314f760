/** What a mesh for demonstrations and tests is like. */
export interface MeshPlan {
  readonly name: string;
  readonly clusters: readonly string[];
  readonly rootAlgorithm: 'KEY_ALGORITHM_RSA' | 'KEY_ALGORITHM_ECDSA_P256';
  /** More fields of certificateRotation. */
  readonly policy?: Readonly<Record<string, unknown>>;
  /** rootCertificateAuthority and intermediateCertificateAuthority, where mgmt does not make both. */
  readonly authorities?: Readonly<Record<string, unknown>> | undefined;
}

/** A VirtualMesh in JSON: a generated root, intermediates of ECDSA P-256, no verification unless a rotation asks for it. */
export function meshDocument({ name, clusters, rootAlgorithm, policy, authorities }: MeshPlan): string {
  const size = rootAlgorithm === 'KEY_ALGORITHM_RSA' ? { rsaKeySizeBytes: 4096 } : {};
  return JSON.stringify({
    apiVersion: 'reroot.dev/v1',
    kind: 'VirtualMesh',
    metadata: { name },
    spec: {
      clusters,
      trustDomain: 'cluster.local',
      mtlsConfig: {
        shared: {
          rootCertificateAuthority: { generated: { ttlDays: 3650, orgName: 'reroot', keyAlgorithm: rootAlgorithm, ...size } },
          intermediateCertOptions: { ttlDays: 365, keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' },
          certificateRotation: { strategy: 'MULTI_ROOT', verification: { none: {} }, ...policy },
          ...authorities,
        },
      },
    },
  });
}
