import { z } from 'zod';
import { clusterNames, nameSchema } from './cluster-names.ts';
import { atMostOne, exactlyOne } from './proto-json.ts';
import { certificateRotationSchema } from './rotation-schema.ts';

/** What proto/reroot/v1/{virtual_mesh,ca_options}.proto describe, under their JSON names; every field, and no other. */

const objectRefSchema = z.strictObject({ name: z.string().min(1), namespace: z.string().min(1) });

/** A century: beyond it a number is a slip of the keyboard, and the end of the range of X.509 times comes near. */
const maxTtlDays = 36_500;

const rsaSizes = [2048, 3072, 4096] as const;
export type RsaSize = (typeof rsaSizes)[number];

const ratioRule = 'must be a share of the lifetime: at least 0, which is never, and less than 1';

const commonCertOptionsSchema = z
  .strictObject({
    ttlDays: z.int().min(0).max(maxTtlDays).optional(),
    rsaKeySizeBytes: z.union([z.literal(0), z.literal(rsaSizes)], `must be one of ${rsaSizes.join(', ')}`).optional(),
    orgName: z.string().max(64).optional(),
    secretRotationGracePeriodRatio: z.number().min(0, ratioRule).lt(1, ratioRule).optional(),
    keyAlgorithm: z
      .enum(['KEY_ALGORITHM_UNSPECIFIED', 'KEY_ALGORITHM_RSA', 'KEY_ALGORITHM_ECDSA_P256', 'KEY_ALGORITHM_ECDSA_P384'])
      .optional(),
  })
  .refine(({ keyAlgorithm = '', rsaKeySizeBytes = 0 }) => !(keyAlgorithm.includes('ECDSA') && rsaKeySizeBytes > 0), {
    path: ['rsaKeySizeBytes'],
    message: 'has no meaning for an ECDSA key',
  });
export type CommonCertOptions = z.infer<typeof commonCertOptionsSchema>;

const vaultKubernetesAuthSchema = z
  .strictObject({
    mountPath: z.string().optional(),
    role: z.string().optional(),
    secretTokenKey: z.string().optional(),
    serviceAccountRef: objectRefSchema.optional(),
    mountedSaPath: z.string().optional(),
  })
  .refine(atMostOne('serviceAccountRef', 'mountedSaPath'), 'takes serviceAccountRef or mountedSaPath, not both');

const vaultSchema = z
  .strictObject({
    caPath: z.string().optional(),
    csrPath: z.string().optional(),
    server: z.string().optional(),
    caBundle: z.base64().optional(),
    namespace: z.string().optional(),
    tokenSecretRef: objectRefSchema.optional(),
    kubernetesAuth: vaultKubernetesAuthSchema.optional(),
  })
  .refine(atMostOne('tokenSecretRef', 'kubernetesAuth'), 'takes tokenSecretRef or kubernetesAuth, not both');

const rootSchema = z
  .strictObject({ generated: commonCertOptionsSchema.optional(), secret: objectRefSchema.optional() })
  .refine(exactlyOne('generated', 'secret'), 'takes one of generated, secret');

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
        intermediateCertificateAuthority: z.strictObject({ vault: vaultSchema.optional() }).optional(),
        intermediateCertOptions: commonCertOptionsSchema.optional(),
        certificateRotation: certificateRotationSchema.optional(),
      }),
    }),
  }),
});
export type VirtualMesh = z.infer<typeof virtualMeshSchema>;

/** The same, without the options that this version does not carry out: they are refused, never passed over. */
export const supportedMeshSchema = virtualMeshSchema.superRefine(({ spec }, context) => {
  const { shared } = spec.mtlsConfig;
  const root = shared.rootCertificateAuthority;
  const asked: readonly (readonly [path: readonly string[], asked: boolean])[] = [
    [['rootCertificateAuthority', 'secret'], root.secret !== undefined],
    [['intermediateCertificateAuthority', 'vault'], shared.intermediateCertificateAuthority?.vault !== undefined],
  ];
  for (const [path, present] of asked) {
    if (!present) continue;
    const field = path.join('.');
    context.addIssue({
      code: 'custom',
      path: ['spec', 'mtlsConfig', 'shared', ...path],
      message: `${field} is not carried out by this version`,
    });
  }
});
