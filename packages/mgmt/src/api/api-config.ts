import { roles } from '@reroot/shared/api';
import { maxNameLength, printableSchema } from '@reroot/shared/api-contract';
import { isHttpsOrLocal } from '@reroot/shared/config';
import { z } from 'zod';

const filled = z.string().min(1);
const names = z.array(filled.max(512)).min(1);

/** Who has which role, by whatever a way of access knows people by. */
const rolesSchema = z.strictObject({
  viewer: names.optional(),
  operator: names.optional(),
  approver: names.optional(),
  admin: names.optional(),
});
export type NamesByRole = z.infer<typeof rolesSchema>;

const tokenSchema = z.strictObject({
  name: printableSchema(maxNameLength),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256: 64 lower-case hexadecimal digits'),
  role: z.enum(roles),
  expires: z.iso.datetime({ offset: true, error: 'must be a time as RFC 3339 has it, such as 2030-01-31T12:00:00Z' }).optional(),
});
export type ConfiguredToken = z.infer<typeof tokenSchema>;

const oidcSchema = z.strictObject({
  issuer: z.string().refine(isIssuer, 'must be an https address without query; http on a loopback address only'),
  audience: filled,
  usernameClaim: filled.default('sub'),
  rolesClaim: filled.default('groups'),
  roles: rolesSchema,
  caFile: filled.optional(),
});
export type OidcConfig = z.infer<typeof oidcSchema>;

const kubernetesSchema = z.strictObject({
  kubeconfigFile: filled.optional(),
  context: filled.optional(),
  audience: filled.default('reroot'),
});
export type KubernetesAccessConfig = z.infer<typeof kubernetesSchema>;

const certificatesSchema = z.strictObject({ roles: rolesSchema.superRefine(requireCertificateNames) });

const accessSchema = z
  .strictObject({
    tokens: z.array(tokenSchema).min(1).superRefine(refuseTwins).optional(),
    oidc: oidcSchema.optional(),
    kubernetes: kubernetesSchema.optional(),
    certificates: certificatesSchema.optional(),
  })
  .refine(
    (access) => Object.values(access).some((way) => way !== undefined),
    'takes one or more of tokens, oidc, kubernetes, certificates',
  );
export type AccessConfig = z.infer<typeof accessSchema>;

/** Where the API listens, and to whom; docs/api-access.md says what each key means. */
export const apiConfigSchema = z
  .strictObject({
    host: filled.default('127.0.0.1'),
    port: z.int().min(0).max(65_535).default(8480),
    tokenFile: filled.optional(),
    tls: z.strictObject({ certFile: filled, keyFile: filled, clientCaFile: filled.optional() }).optional(),
    plaintext: z.literal('allowed').optional(),
    allowedHosts: z.array(z.string().refine(isHost, 'must be a name or an address without port')).default([]),
    allowedOrigins: z.array(z.string().refine(isOrigin, 'must be an origin, such as https://reroot.example.org')).default([]),
    access: accessSchema.optional(),
    dashboard: z.strictObject({ dir: filled }).optional(),
    rateLimit: z
      .strictObject({ perSecond: z.number().positive().max(1_000_000).default(50), burst: z.int().positive().default(100) })
      .prefault({}),
  })
  .superRefine(requireClientCa);
export type ApiConfig = z.infer<typeof apiConfigSchema>;

/** OpenID Connect Discovery 1.0 §3: https, without query and fragment. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || /[?#]/.test(text) || url.username !== '' || url.password !== '') return false;
  return isHttpsOrLocal(url);
}

function isHost(text: string): boolean {
  return text !== '' && URL.parse(`http://${text.includes(':') ? `[${text}]` : text}/`)?.port === '' && !/[/?#@\s]/.test(text);
}

/** RFC 6454 §6.2: as browsers write it. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

/** With one name for two, or one token under two names, nobody knows who has acted. */
function refuseTwins(tokens: readonly ConfiguredToken[], context: z.RefinementCtx<readonly ConfiguredToken[]>): void {
  for (const key of ['name', 'sha256'] as const) {
    const seen = new Set<string>();
    for (const [index, token] of tokens.entries()) {
      if (seen.has(token[key])) context.addIssue({ code: 'custom', path: [index, key], message: `is that of another token too` });
      seen.add(token[key]);
    }
  }
}

function requireCertificateNames(named: NamesByRole, context: z.RefinementCtx<NamesByRole>): void {
  for (const role of roles) {
    for (const [index, name] of (named[role] ?? []).entries()) {
      if (/^CN=./.test(name) || /^[a-z][a-z0-9+.-]*:\/\/./.test(name)) continue;
      context.addIssue({
        code: 'custom',
        path: [role, index],
        message: 'must be CN=… of the subject, or a URI such as spiffe://…',
      });
    }
  }
}

function requireClientCa(
  { access, tls }: { access?: AccessConfig | undefined; tls?: { clientCaFile?: string | undefined } | undefined },
  context: z.RefinementCtx,
): void {
  if (access?.certificates === undefined || tls?.clientCaFile !== undefined) return;
  context.addIssue({
    code: 'custom',
    path: ['access', 'certificates'],
    message: 'needs api.tls.clientCaFile, which says whose certificates count',
  });
}
