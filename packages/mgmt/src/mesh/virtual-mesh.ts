import { z } from 'zod';
import { commonCertOptionsSchema } from './cert-options-schema.ts';
import { clusterNames, nameSchema } from './cluster-names.ts';
import { exactlyOne, objectRefSchema } from './proto-json.ts';
import { certificateRotationSchema } from './rotation-schema.ts';
import { vaultCaSchema, vaultRootSchema } from './vault-schema.ts';

/** What proto/reroot/v1/{virtual_mesh,ca_options}.proto describe, under their JSON names; every field, and no other. */

const rootSchema = z
  .strictObject({
    generated: commonCertOptionsSchema.optional(),
    secret: objectRefSchema.optional(),
    vault: vaultRootSchema.optional(),
  })
  .refine(exactlyOne('generated', 'secret', 'vault'), 'takes one of generated, secret, vault');

/** A VirtualMesh as an operator writes it. */
export const virtualMeshSchema = z.strictObject({
  apiVersion: z.literal('reroot.dev/v1'),
  kind: z.literal('VirtualMesh'),
  metadata: z.strictObject({ name: nameSchema }),
  spec: z.strictObject({
    clusters: clusterNames(1, 10_000),
    trustDomain: z
      .string()
      .max(255)
      .regex(/^[a-z0-9._-]*$/, 'must be a SPIFFE trust domain: lower-case letters, digits, dots, hyphens, underscores')
      .optional(),
    mtlsConfig: z.strictObject({
      shared: z.strictObject({
        rootCertificateAuthority: rootSchema,
        intermediateCertificateAuthority: z.strictObject({ vault: vaultCaSchema.optional() }).optional(),
        intermediateCertOptions: commonCertOptionsSchema.optional(),
        certificateRotation: certificateRotationSchema.optional(),
      }),
    }),
  }),
});
export type VirtualMesh = z.infer<typeof virtualMeshSchema>;
