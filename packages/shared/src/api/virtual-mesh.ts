import { z } from 'zod';
import { nameSchema } from './request-parts.ts';

/**
 * The outline of a VirtualMesh; mgmt reads all of it, and says of each place that is wrong where it is. Its fields are those of
 * proto/reroot/v1/virtual_mesh.proto.
 */
export const virtualMeshSchema = z
  .strictObject({
    apiVersion: z.literal('reroot.dev/v1'),
    kind: z.literal('VirtualMesh'),
    metadata: z.strictObject({ name: nameSchema }),
    spec: z.looseObject({
      clusters: z.array(nameSchema).min(1).max(10_000),
      trustDomain: z.string().max(255).exactOptional(),
      mtlsConfig: z.looseObject({ shared: z.looseObject({ rootCertificateAuthority: z.looseObject({}) }) }),
    }),
  })
  .meta({ id: 'VirtualMesh', description: 'What a mesh is to be. docs/configuration.md lists every field.' });
