import { z } from 'zod';
import { isHttpsOrLocal } from '../../config/index.ts';
import { parseCertificates } from '../../pki/index.ts';
import { commonCertOptionsSchema } from './cert-options-schema.ts';
import { crdNotes } from './crd-notes.ts';
import { atMostOne, exactlyOne, objectRefSchema } from './proto-json.ts';

/** Part of a path of Vault; one of dots alone would climb. */
const part = String.raw`\.*[A-Za-z0-9_-][A-Za-z0-9_.-]*`;

/** A path of Vault's API, without the version in front. */
const vaultPath = z
  .string()
  .max(512)
  .regex(
    new RegExp(`^(${part}(/${part})*)?$`),
    'must be a path of Vault that does not climb, without a slash at either end, such as pki/root/sign-intermediate',
  );

/** The same of an endpoint; empty means the default. */
function vaultEndpoint(last: string): z.ZodString {
  return z
    .string()
    .max(512)
    .regex(new RegExp(`^((${part}/)+${last})?$`), `must be a path of Vault that does not climb, and must end in /${last}`);
}

const account = atMostOne('serviceAccountRef', 'mountedSaPath');

const vaultKubernetesAuthSchema = z
  .strictObject({
    mountPath: vaultPath.optional().meta({ description: "Where Vault's method is mounted.", default: 'kubernetes' }),
    role: z.string().min(1).max(256).describe('Role to log in as.'),
    secretTokenKey: z.string().max(253).optional().meta({
      description: "Key of the account's Secret that holds the token, where there is such a Secret.",
      default: 'token',
    }),
    serviceAccountRef: objectRefSchema.optional().describe('A service account whose token is used.'),
    mountedSaPath: z
      .string()
      .max(4_096)
      .regex(/^(\/.*)?$/, 'must be an absolute path')
      .optional()
      .describe("File with the token of a service account; the kubelet's own when left out."),
  })
  .refine(account.holds, 'takes serviceAccountRef or mountedSaPath, not both')
  .meta({ id: 'VaultKubernetesAuth', description: 'Login by a service account.', ...account.schema });
export type VaultKubernetesAuth = z.infer<typeof vaultKubernetesAuthSchema>;

const login = exactlyOne('tokenSecretRef', 'kubernetesAuth');
const oneLogin = 'takes one of tokenSecretRef, kubernetesAuth';

/** How Vault is reached and logged in to, in each message that says so. */
const vaultServerFields = {
  server: z
    .string()
    .max(2_048)
    .refine(isVaultServer, 'must be the address of Vault: https, without credentials, query or fragment')
    .meta({
      description: 'Address of Vault: https, without credentials; http on a loopback address only.',
      examples: ['https://vault.example.org:8200'],
    }),
  caBundle: z
    .base64()
    .max(90_000)
    .refine(isCaBundle, 'must be PEM certificates in base64')
    .optional()
    .describe("PEM certificates in base64 that verify the server; the machine's CAs when left out."),
  namespace: vaultPath.optional().describe('Vault namespace.'),
  tokenSecretRef: objectRefSchema.optional().describe('A Secret whose key `token` holds a Vault token.'),
  kubernetesAuth: vaultKubernetesAuthSchema.optional(),
};

/** VaultCA: Vault signs intermediates for the agents. */
export const vaultCaSchema = z
  .strictObject({
    ...vaultServerFields,
    caPath: vaultEndpoint('sign-intermediate')
      .optional()
      .meta({ description: 'Endpoint that signs.', default: 'pki/root/sign-intermediate' }),
    csrPath: vaultEndpoint('exported')
      .optional()
      .meta({
        description: 'Endpoint that makes key and request; the agent makes both when it is left out.',
        examples: ['pki/intermediate/generate/exported'],
      }),
  })
  .refine(login.holds, oneLogin)
  .meta({ id: 'VaultCA', description: 'A Vault, or OpenBao, that signs the intermediates.', ...login.schema });

/** What the messages that name a Vault have in common. */
export type VaultServer = Pick<z.infer<typeof vaultCaSchema>, keyof typeof vaultServerFields>;

/** VaultRootCA: Vault keeps the root's key. */
export const vaultRootSchema = z
  .strictObject({
    ...vaultServerFields,
    mountPath: vaultPath.optional().meta({ description: 'Where the PKI secrets engine is mounted.', default: 'pki' }),
    issuerRef: z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/, 'must be the name or the ID of an issuer')
      .optional()
      .describe('Name or ID of an issuer that somebody else makes; Vault makes each root when it is left out.'),
    options: commonCertOptionsSchema.optional().describe('How Vault makes a root; not with `issuerRef`.'),
  })
  .refine(login.holds, oneLogin)
  .refine(({ issuerRef = '', options }) => issuerRef === '' || options === undefined, {
    path: ['options'],
    message: 'has no meaning for an issuer that somebody else makes',
  })
  .meta({ id: 'VaultRootCA', description: "A Vault, or OpenBao, that keeps the root's key.", ...login.schema })
  .register(crdNotes, {
    rules: [
      {
        rule: "!(has(self.issuerRef) && self.issuerRef != '' && has(self.options))",
        message: 'has no meaning for an issuer that somebody else makes',
        fieldPath: '.options',
      },
    ],
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
