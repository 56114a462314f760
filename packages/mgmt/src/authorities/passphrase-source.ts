import { isObjectName } from '@reroot/shared/protocol';
import { z } from 'zod';

const filled = z.string().min(1);
const objectName = z.string().refine(isObjectName, 'must be a name of Kubernetes');

/** A login of Vault that a file of the configuration can name. */
const vaultLoginSchema = z
  .strictObject({
    tokenFile: filled.optional(),
    kubernetes: z
      .strictObject({ mountPath: filled.default('kubernetes'), role: filled, tokenFile: z.string().default('') })
      .optional(),
  })
  .refine(
    ({ tokenFile, kubernetes }) => (tokenFile === undefined) !== (kubernetes === undefined),
    'takes one of tokenFile, kubernetes',
  );

const vaultTransitSchema = z.strictObject({
  server: filled,
  caBundleFile: filled.optional(),
  namespace: z.string().default(''),
  mount: filled.default('transit'),
  key: filled,
  auth: vaultLoginSchema,
});

const choices = ['passphraseFile', 'passphraseEnv', 'passphraseSecret', 'vaultTransit'] as const;

/** Where the passphrase of the key store comes from; docs/configuration.md says what each means. */
export const passphraseSourceSchema = z
  .strictObject({
    passphraseFile: filled.optional(),
    passphraseEnv: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
      .optional(),
    passphraseSecret: z.strictObject({ namespace: objectName, name: objectName, key: filled }).optional(),
    vaultTransit: vaultTransitSchema.optional(),
  })
  .refine((source) => choices.filter((key) => source[key] !== undefined).length === 1, `takes one of ${choices.join(', ')}`);

export type PassphraseSource = z.infer<typeof passphraseSourceSchema>;
export type VaultTransit = z.infer<typeof vaultTransitSchema>;

/** Where Secrets are that meshes and the configuration name. */
export const secretsSchema = z
  .strictObject({
    dir: filled.optional(),
    kubernetes: z.strictObject({ kubeconfigFile: filled.optional(), context: filled.optional() }).optional(),
  })
  .refine(({ dir, kubernetes }) => (dir === undefined) !== (kubernetes === undefined), 'takes one of dir, kubernetes');

export type SecretsConfig = z.infer<typeof secretsSchema>;
