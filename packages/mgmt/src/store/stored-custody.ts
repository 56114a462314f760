import type { ObjectRef, VaultAccess, VaultAccount, VaultAuth, VaultCa } from '@reroot/shared/protocol';
import { z } from 'zod';
import type { Custody } from '../authorities/index.ts';

const filled = z.string().min(1);

/** A Kubernetes object by name, as it is stored. */
export const objectRefSchema: z.ZodType<ObjectRef> = z.strictObject({ name: filled, namespace: filled });

const accountSchema: z.ZodType<VaultAccount> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reference'), account: objectRefSchema, tokenKey: filled }),
  z.strictObject({ kind: z.literal('mounted'), path: z.string() }),
]);

const authSchema: z.ZodType<VaultAuth> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token-secret'), secret: objectRefSchema }),
  z.strictObject({ kind: z.literal('kubernetes'), mountPath: filled, role: z.string(), account: accountSchema }),
]);

/** How Vault is reached, as it is stored. */
export const vaultAccessFields = {
  server: filled,
  caBundle: z.string(),
  namespace: z.string(),
  auth: authSchema,
} satisfies Record<keyof VaultAccess, z.ZodType>;

/** Where agents obtain intermediates, as it is stored. */
export const vaultCaSchema: z.ZodType<VaultCa> = z.strictObject({ ...vaultAccessFields, caPath: filled, csrPath: z.string() });

/** Where the key of a root is, as it is stored. */
export const custodySchema: z.ZodType<Custody> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key-store'), keyRef: filled, chain: z.array(filled) }),
  z.strictObject({
    kind: z.literal('vault'),
    vault: z.strictObject({ ...vaultAccessFields, mount: filled }),
    issuerId: filled,
    keyId: z.string(),
    madeBy: z.enum(['reroot', 'somebody']),
    agents: vaultCaSchema.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('foreign') }),
  z.strictObject({ kind: z.literal('agents'), agents: vaultCaSchema.exactOptional() }),
]);
