import type { VirtualMeshDocument } from '../api/virtual-mesh/index.ts';

type Shared = VirtualMeshDocument['spec']['mtlsConfig']['shared'];

/** A mesh while it is gathered from the fields of a document. */
export interface Draft {
  /** Where the document stands, for messages. */
  readonly place: string;
  readonly clusters: string[];
  trustDomain?: string;
  root?: Shared['rootCertificateAuthority'];
  /** That of a Vault that signs the intermediates: it is the mesh's where no other one is named. */
  vaultRoot?: Shared['rootCertificateAuthority'];
  /** The field of a CA that signs the intermediates and is unknown here: it has the root, where no other one is named. */
  otherCa?: string;
  intermediate?: Shared['intermediateCertificateAuthority'];
  intermediateOptions?: Shared['intermediateCertOptions'];
  rotation: NonNullable<Shared['certificateRotation']>;
}

/** The document of reroot; what was said of nothing is left to its default. */
export function documentOfDraft(name: string, draft: Draft): VirtualMeshDocument {
  const {
    clusters,
    trustDomain,
    vaultRoot = { generated: {} },
    root = vaultRoot,
    intermediate,
    intermediateOptions,
    rotation,
  } = draft;
  return {
    ...{ apiVersion: 'reroot.dev/v1', kind: 'VirtualMesh', metadata: { name } },
    spec: {
      clusters,
      ...(trustDomain === undefined ? {} : { trustDomain }),
      mtlsConfig: {
        shared: {
          rootCertificateAuthority: root,
          ...(intermediate === undefined ? {} : { intermediateCertificateAuthority: intermediate }),
          ...(intermediateOptions === undefined ? {} : { intermediateCertOptions: intermediateOptions }),
          ...(Object.keys(rotation).length === 0 ? {} : { certificateRotation: rotation }),
        },
      },
    },
  };
}
