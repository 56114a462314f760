import { z } from 'zod';
import { parseYaml } from './yaml.ts';

/** Only what names the mesh: mgmt checks the whole. */
const namedMesh = z.looseObject({ metadata: z.looseObject({ name: z.string() }) });

/**
 * The name that a VirtualMesh document gives itself.
 * @throws RR_CONFIG_INVALID when it is not YAML or has no metadata.name
 */
export function readMeshName(text: string, place: string): string {
  return parseYaml(text, namedMesh, place).metadata.name;
}
