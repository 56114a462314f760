import { z } from 'zod';
import { crdNotes } from './crd-notes.ts';

/** A century: beyond it a number is a slip of the keyboard, and the end of the range of X.509 times comes near. */
const maxTtlDays = 36_500;

const rsaSizes = [2048, 3072, 4096] as const;
export type RsaSize = (typeof rsaSizes)[number];

const ratioRule = 'must be a share of the lifetime: at least 0, which is never, and less than 1';

/** CommonCertOptions. */
export const commonCertOptionsSchema = z
  .strictObject({
    ttlDays: z
      .int()
      .min(0)
      .max(maxTtlDays)
      .optional()
      .meta({ description: 'Lifetime in days; 0 means the default. An intermediate never outlives its root.', default: 365 }),
    rsaKeySizeBytes: z
      .literal([0, ...rsaSizes], `must be one of ${rsaSizes.join(', ')}`)
      .optional()
      .meta({ description: 'Size of an RSA key in bits, whatever the name says; 0 means the default. RSA only.', default: 4096 })
      .register(crdNotes, { default: 'unwritten' }),
    // Agents refuse such a text in what they are told: it goes into logs and onto terminals.
    orgName: z
      .string()
      .max(64)
      .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'must not have control or invisible characters')
      .optional()
      .meta({ description: 'Organization (O) of the subject; empty means the default.', default: 'gloo-mesh' }),
    secretRotationGracePeriodRatio: z.number().min(0, ratioRule).lt(1, ratioRule).optional().meta({
      description: 'Share of the lifetime that is left when the certificate is replaced by itself; 0 is never, for a root.',
      default: 0,
    }),
    keyAlgorithm: z
      .enum(['KEY_ALGORITHM_UNSPECIFIED', 'KEY_ALGORITHM_RSA', 'KEY_ALGORITHM_ECDSA_P256', 'KEY_ALGORITHM_ECDSA_P384'])
      .optional()
      .meta({ description: 'Algorithm of the key.', default: 'KEY_ALGORITHM_RSA' }),
  })
  .refine(({ keyAlgorithm = '', rsaKeySizeBytes = 0 }) => !(keyAlgorithm.includes('ECDSA') && rsaKeySizeBytes > 0), {
    path: ['rsaKeySizeBytes'],
    message: 'has no meaning for an ECDSA key',
  })
  .meta({ id: 'CommonCertOptions', description: 'How a root or an intermediate is made.' })
  .register(crdNotes, {
    rules: [
      {
        rule: "!(has(self.keyAlgorithm) && self.keyAlgorithm.contains('ECDSA') && has(self.rsaKeySizeBytes) && self.rsaKeySizeBytes > 0)",
        message: 'has no meaning for an ECDSA key',
        fieldPath: '.rsaKeySizeBytes',
      },
    ],
  });
export type CommonCertOptions = z.infer<typeof commonCertOptionsSchema>;
