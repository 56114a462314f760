import { isName } from '@reroot/shared/protocol';
import { z } from 'zod';

/** What proto/reroot/v1/{virtual_mesh,ca_options}.proto describe, under their JSON names; every field, and no other. */

const nameRule = 'must be 1 to 63 lower-case letters, digits and hyphens';
const name = z.string().refine(isName, nameRule);

const objectRefSchema = z.strictObject({ name: z.string().min(1), namespace: z.string().min(1) });

const empty = z.strictObject({});

/** A century: beyond it a number is a slip of the keyboard, and the end of the range of X.509 times comes near. */
const maxTtlDays = 36_500;

const rsaSizes = [2048, 3072, 4096] as const;
export type RsaSize = (typeof rsaSizes)[number];

const commonCertOptionsSchema = z
  .strictObject({
    ttlDays: z.int().min(0).max(maxTtlDays).optional(),
    rsaKeySizeBytes: z.union([z.literal(0), z.literal(rsaSizes)], `must be one of ${rsaSizes.join(', ')}`).optional(),
    orgName: z.string().max(64).optional(),
    secretRotationGracePeriodRatio: z.number().min(0).lt(1).optional(),
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

const verificationSchema = z
  .strictObject({ none: empty.optional(), manual: empty.optional() })
  .refine(exactlyOne('none', 'manual'), 'takes one of none, manual');

/** A VirtualMesh as an operator writes it. */
export const virtualMeshSchema = z.strictObject({
  apiVersion: z.literal('reroot.dev/v1'),
  kind: z.literal('VirtualMesh'),
  metadata: z.strictObject({ name }),
  spec: z.strictObject({
    clusters: z.array(name).min(1).max(10_000).superRefine(refuseDuplicates),
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
        certificateRotation: z
          .strictObject({
            strategy: z.enum(['MULTI_ROOT', 'NONE']).optional(),
            verification: verificationSchema.optional(),
          })
          .optional(),
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
    [['rootCertificateAuthority', 'generated', 'secretRotationGracePeriodRatio'], asksForGrace(root.generated)],
    [['intermediateCertificateAuthority', 'vault'], shared.intermediateCertificateAuthority?.vault !== undefined],
    [['intermediateCertOptions', 'secretRotationGracePeriodRatio'], asksForGrace(shared.intermediateCertOptions)],
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

function asksForGrace(options: CommonCertOptions | undefined): boolean {
  return (options?.secretRotationGracePeriodRatio ?? 0) > 0;
}

function exactlyOne<K extends string>(...keys: readonly K[]): (value: Partial<Record<K, unknown>>) => boolean {
  return (value) => keys.filter((key) => value[key] !== undefined).length === 1;
}

function atMostOne<K extends string>(...keys: readonly K[]): (value: Partial<Record<K, unknown>>) => boolean {
  return (value) => keys.filter((key) => value[key] !== undefined).length <= 1;
}

function refuseDuplicates(names: readonly string[], context: z.RefinementCtx<readonly string[]>): void {
  for (const [index, cluster] of names.entries()) {
    if (names.indexOf(cluster) === index) continue;
    context.addIssue({ code: 'custom', path: [index], message: 'a cluster is named twice' });
  }
}
