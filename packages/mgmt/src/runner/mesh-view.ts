import { RerootError } from '@reroot/shared/errors';
import { type Certificate, parseCertificate } from '@reroot/shared/pki';
import type { KeptRoot } from '../authorities/index.ts';
import type { Store, StoredMesh, StoredRoot } from '../store/index.ts';

/** A mesh as it is stored, with its roots ready for use. */
export interface MeshView {
  readonly stored: StoredMesh;
  /** Every root the mesh ever named, by fingerprint, oldest first. */
  readonly roots: ReadonlyMap<string, KeptRoot>;
  /** The fingerprints of those roots. */
  readonly rootNames: ReadonlySet<string>;
}

/**
 * Reads a mesh from the store.
 * @throws RR_MESH_NOT_FOUND; RR_STORE_CORRUPT when a root that the record names is missing or damaged
 */
export async function loadMeshView(store: Pick<Store, 'readMesh' | 'listRoots'>, mesh: string): Promise<MeshView> {
  const stored = await store.readMesh(mesh);
  if (stored === undefined) throw new RerootError('RR_MESH_NOT_FOUND', `there is no mesh ${mesh}`);
  const roots = new Map((await store.listRoots(mesh)).map((root) => [root.fingerprint, openRoot(root)]));
  const missing = stored.record.roots.find(({ fingerprint }) => !roots.has(fingerprint));
  if (missing !== undefined) {
    throw new RerootError('RR_STORE_CORRUPT', `mesh ${mesh} names root ${missing.fingerprint}, which is not stored`);
  }
  return { stored, roots, rootNames: new Set(roots.keys()) };
}

/** @throws RR_STORE_CORRUPT when the certificate is not the one that it is stored as */
export function openRoot({ fingerprint, certificatePem, custody }: StoredRoot): KeptRoot {
  const certificate = parseStored(fingerprint, certificatePem);
  if (certificate.fingerprint !== fingerprint) {
    throw new RerootError('RR_STORE_CORRUPT', `root ${fingerprint} is stored with another certificate`);
  }
  return { certificate, custody };
}

/** @throws RR_STORE_CORRUPT; a view holds every root that its record names */
export function requireRoot({ roots }: MeshView, fingerprint: string): KeptRoot {
  const root = roots.get(fingerprint);
  if (root === undefined) throw new RerootError('RR_STORE_CORRUPT', `root ${fingerprint} is not stored`);
  return root;
}

function parseStored(fingerprint: string, pem: string): Certificate {
  try {
    return parseCertificate(pem);
  } catch (cause) {
    throw new RerootError('RR_STORE_CORRUPT', `the stored certificate of root ${fingerprint} cannot be read`, { cause });
  }
}
