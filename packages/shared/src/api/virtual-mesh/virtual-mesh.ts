import { z } from 'zod';
import { nameSchema } from '../request-parts.ts';
import { commonCertOptionsSchema } from './cert-options-schema.ts';
import { clusterNames } from './cluster-names.ts';
import { crdNotes } from './crd-notes.ts';
import { exactlyOne, objectRefSchema } from './proto-json.ts';
import { certificateRotationSchema } from './rotation-schema.ts';
import { vaultCaSchema, vaultRootSchema } from './vault-schema.ts';

/** What proto/reroot/v1/{virtual_mesh,ca_options}.proto describe, under their JSON names; every field, and no other. */

const rootChoice = exactlyOne('generated', 'secret', 'vault');

const rootSchema = z
  .strictObject({
    generated: commonCertOptionsSchema.optional().describe('mgmt makes each root; `{}` takes the defaults.'),
    secret: objectRefSchema.optional().describe('A Secret with a root CA that somebody else makes: docs/pki.md.'),
    vault: vaultRootSchema.optional(),
  })
  .refine(rootChoice.holds, 'takes one of generated, secret, vault')
  .meta({ id: 'RootCertificateAuthority', description: 'Where roots come from.', ...rootChoice.schema });

const sharedSchema = z
  .strictObject({
    rootCertificateAuthority: rootSchema,
    intermediateCertificateAuthority: z
      .strictObject({ vault: vaultCaSchema.optional() })
      .optional()
      .describe('Where intermediates come from: the agent makes the key and mgmt signs, or Vault does.'),
    intermediateCertOptions: commonCertOptionsSchema.optional().describe("Options of each cluster's intermediate."),
    certificateRotation: certificateRotationSchema.optional(),
  })
  .describe('One root for all clusters.')
  .register(crdNotes, {
    rules: [
      {
        rule: '!(has(self.rootCertificateAuthority.generated) && has(self.intermediateCertificateAuthority) && has(self.intermediateCertificateAuthority.vault))',
        message: 'makes roots whose keys no Vault has: take vault, or secret',
        fieldPath: '.rootCertificateAuthority.generated',
      },
    ],
  });

const canaries = 'self.mtlsConfig.shared.certificateRotation.waves.canaries';

/** A VirtualMesh as an operator writes it. */
export const virtualMeshSchema = z
  .strictObject({
    apiVersion: z.literal('reroot.dev/v1'),
    kind: z.literal('VirtualMesh'),
    metadata: z.strictObject({ name: nameSchema.describe('Name of the mesh, as the path has it.') }),
    spec: z
      .strictObject({
        clusters: clusterNames(1, 10_000).describe('Names of the clusters; each has been added, and is in no other mesh.'),
        trustDomain: z
          .string()
          .max(255)
          .regex(/^[a-z0-9._-]*$/, 'must be a SPIFFE trust domain: lower-case letters, digits, dots, hyphens, underscores')
          .optional()
          .meta({ description: 'SPIFFE trust domain of the workloads; empty means the default.', default: 'cluster.local' }),
        mtlsConfig: z.strictObject({ shared: sharedSchema }),
      })
      .register(crdNotes, {
        rules: [
          {
            rule: `!has(self.mtlsConfig.shared.certificateRotation) || !has(self.mtlsConfig.shared.certificateRotation.waves) || !has(${canaries}) || ${canaries}.all(canary, canary in self.clusters)`,
            message: 'each canary must be among spec.clusters',
          },
        ],
      }),
  })
  .meta({
    id: 'VirtualMesh',
    description:
      'What a mesh is to be. docs/configuration.md says more of each field. What this schema takes is refused still where its parts ' +
      'contradict each other, where it names what is not there, and where a duration is out of its range.',
    examples: [
      {
        ...{ apiVersion: 'reroot.dev/v1', kind: 'VirtualMesh', metadata: { name: 'demo' } },
        spec: {
          clusters: ['cluster-1', 'cluster-2'],
          mtlsConfig: {
            shared: {
              rootCertificateAuthority: { generated: { ttlDays: 3650, orgName: 'acme' } },
              certificateRotation: { verification: { manual: {} }, waves: { canaries: ['cluster-1'], soak: '2h' } },
            },
          },
        },
      },
    ],
  });
export type VirtualMesh = z.infer<typeof virtualMeshSchema>;
/** The same before it is read: durations are text. */
export type VirtualMeshDocument = z.input<typeof virtualMeshSchema>;
