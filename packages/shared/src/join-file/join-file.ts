import { z } from 'zod';
import { isName } from '../protocol/index.ts';

const name = z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens');
const pem = z.string().min(1).max(65_536);

/** Where NATS is, as an agent reaches it. */
export const natsAddressSchema = z.strictObject({
  servers: z.array(z.string().min(1).max(512)).min(1).max(64),
  /** PEM of the CAs that the servers are verified with; the machine's when left out. */
  ca: pem.optional(),
  /** Whether servers that are no loopback addresses may be spoken to without TLS. */
  plaintext: z.enum(['refused', 'allowed']).default('refused'),
});

/**
 * What a cluster joins with: where NATS and who mgmt is, and an invitation that enrols one agent once. Holds secrets:
 * the seed of a NATS user that can do nothing but enrol, and the token.
 */
export const joinFileSchema = z.strictObject({
  apiVersion: z.literal('reroot.dev/v1'),
  kind: z.literal('JoinFile'),
  mesh: name,
  cluster: name,
  nats: natsAddressSchema.extend({
    /** Absent where NATS asks for none, or the servers' URLs hold others. */
    credentials: z.strictObject({ jwt: z.string().min(1).max(16_384), seed: z.string().min(1).max(256) }).optional(),
  }),
  mgmt: z.strictObject({ publicKeys: z.array(pem).min(1).max(16) }),
  enrolment: z.strictObject({
    tokenId: z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 lower-case hexadecimal digits'),
    /** 32 random bytes in base64url. */
    token: z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url'),
    expiresAt: z.iso.datetime(),
  }),
});

/** A checked join file. */
export type JoinFile = z.infer<typeof joinFileSchema>;
