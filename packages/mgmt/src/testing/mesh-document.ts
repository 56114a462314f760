/** What tests vary of a VirtualMesh. */
export interface MeshDocumentOptions {
  readonly mesh?: string;
  readonly clusters?: readonly string[];
  readonly strategy?: 'MULTI_ROOT' | 'NONE';
  readonly verification?: 'none' | 'manual' | 'automatic';
  /** More fields of certificateRotation, as YAML in flow style. */
  readonly policy?: string;
}

/** A VirtualMesh in YAML whose keys are quick to make. */
export function meshDocument(options: MeshDocumentOptions = {}): string {
  const { mesh = 'demo', clusters = ['east', 'west'], strategy = 'MULTI_ROOT', verification = 'none', policy } = options;
  const more = policy === undefined ? '' : `, ${policy}`;
  return `
apiVersion: reroot.dev/v1
kind: VirtualMesh
metadata: { name: ${mesh} }
spec:
  clusters: [${clusters.join(', ')}]
  mtlsConfig:
    shared:
      rootCertificateAuthority: { generated: { keyAlgorithm: KEY_ALGORITHM_ECDSA_P256, orgName: reroot } }
      intermediateCertOptions: { keyAlgorithm: KEY_ALGORITHM_ECDSA_P256 }
      certificateRotation: { strategy: ${strategy}, verification: { ${verification}: {} }${more} }
`;
}
