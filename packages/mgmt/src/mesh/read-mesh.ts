import { parseYaml } from '@reroot/shared/config';
import { RerootError } from '@reroot/shared/errors';
import type { VirtualMesh } from '@reroot/shared/virtual-mesh';
import { consistentMeshSchema } from './consistent-mesh.ts';
import { type MeshSpec, specOf } from './mesh-spec.ts';

/**
 * Reads a VirtualMesh in YAML or JSON.
 * @param mesh the name under which it was sent; the document must bear the same
 * @param place names the document in errors
 * @throws RR_MESH_INVALID placed `place:line:col (path.to.field)`
 */
export function readMesh(text: string, mesh: string, place: string): MeshSpec {
  const document = parseDocument(text, place);
  const { name } = document.metadata;
  if (name !== mesh) {
    throw new RerootError('RR_MESH_INVALID', `the document is of mesh ${name}, but was sent as ${mesh}`, {
      place: `${place} (metadata.name)`,
    });
  }
  return specOf(document);
}

function parseDocument(text: string, place: string): VirtualMesh {
  try {
    return parseYaml(text, consistentMeshSchema, place);
  } catch (error) {
    if (!(error instanceof RerootError)) throw error;
    throw new RerootError('RR_MESH_INVALID', error.message, { place: error.place ?? place, cause: error });
  }
}
