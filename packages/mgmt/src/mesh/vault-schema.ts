import { isHttpsOrLocal } from '@reroot/shared/config';
import { parseCertificates } from '@reroot/shared/pki';
import { z } from 'zod';
import { commonCertOptionsSchema } from './cert-options-schema.ts';
import { atMostOne, exactlyOne, objectRefSchema } from './proto-json.ts';

/** A path of Vault's API, without the version in front. */
const vaultPath = z
  .string()
  .max(512)
  .regex(
    /^([A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*)?$/,
    'must be a path of Vault without a slash at either end, such as pki/root/sign-intermediate',
  )
  .refine((path) => path.split('/').every((part) => !/^\.+$/.test(part)), 'must not climb');

const vaultKubernetesAuthSchema = z
  .strictObject({
    mountPath: vaultPath.optional(),
    role: z.string().min(1).max(256),
    secretTokenKey: z.string().max(253).optional(),
    serviceAccountRef: objectRefSchema.optional(),
    mountedSaPath: z
      .string()
      .max(4_096)
      .regex(/^(\/.*)?$/, 'must be an absolute path')
      .optional(),
  })
  .refine(atMostOne('serviceAccountRef', 'mountedSaPath'), 'takes serviceAccountRef or mountedSaPath, not both');
export type VaultKubernetesAuth = z.infer<typeof vaultKubernetesAuthSchema>;

const oneLogin = 'takes one of tokenSecretRef, kubernetesAuth';

/** How Vault is reached and logged in to, in each message that says so. */
const vaultServerFields = {
  server: z
    .string()
    .max(2_048)
    .refine(isVaultServer, 'must be the address of Vault: https, without credentials, query or fragment'),
  caBundle: z.base64().max(90_000).refine(isCaBundle, 'must be PEM certificates in base64').optional(),
  namespace: vaultPath.optional(),
  tokenSecretRef: objectRefSchema.optional(),
  kubernetesAuth: vaultKubernetesAuthSchema.optional(),
};

/** VaultCA: Vault signs intermediates for the agents. */
export const vaultCaSchema = z
  .strictObject({
    ...vaultServerFields,
    caPath: vaultPath.regex(/^$|\/sign-intermediate$/, 'must end in /sign-intermediate').optional(),
    csrPath: vaultPath.regex(/^$|\/exported$/, 'must end in /exported').optional(),
  })
  .refine(exactlyOne('tokenSecretRef', 'kubernetesAuth'), oneLogin);

/** What the messages that name a Vault have in common. */
export type VaultServer = Pick<z.infer<typeof vaultCaSchema>, keyof typeof vaultServerFields>;

/** VaultRootCA: Vault keeps the root's key. */
export const vaultRootSchema = z
  .strictObject({
    ...vaultServerFields,
    mountPath: vaultPath.optional(),
    issuerRef: z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/, 'must be the name or the ID of an issuer')
      .optional(),
    options: commonCertOptionsSchema.optional(),
  })
  .refine(exactlyOne('tokenSecretRef', 'kubernetesAuth'), oneLogin)
  .refine(({ issuerRef = '', options }) => issuerRef === '' || options === undefined, {
    path: ['options'],
    message: 'has no meaning for an issuer that somebody else makes',
  });
export type VaultRootCa = z.infer<typeof vaultRootSchema>;

function isVaultServer(server: string): boolean {
  const url = URL.parse(server);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  return isHttpsOrLocal(url);
}

function isCaBundle(base64: string): boolean {
  try {
    return base64 === '' || parseCertificates(Buffer.from(base64, 'base64').toString('utf8')).length > 0;
  } catch {
    return false;
  }
}
