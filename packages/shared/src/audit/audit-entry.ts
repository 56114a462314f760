import { z } from 'zod';
import type { Read } from '../api/read.ts';

/** Lower-case hex SHA-256. */
export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256: 64 lower-case hexadecimal digits');

/**
 * What an entry is of. `act`: a person or a program has changed something; `refusal`: it was refused; `transition`: reroot has made
 * it by itself; `issuance`: a certificate was signed; `proof`: something was verified; `origin`: the journal begins; `start`: mgmt has.
 */
export const auditKinds = ['origin', 'start', 'act', 'refusal', 'transition', 'issuance', 'proof'] as const;
export type AuditKind = (typeof auditKinds)[number];

const text = z.string();

/** What let a transition pass, or what stood when somebody acted. */
export const auditVerdictSchema = z.strictObject({
  passed: z.boolean(),
  reason: text,
  message: text,
  /** How many there were. */
  laggards: z.int().nonnegative(),
});

/**
 * One entry of the journal. Keys of a later reroot stay where they are: the digest of an entry is over all that it holds.
 */
export const auditEntrySchema = z.looseObject({
  /** 1 for the first, and one more for each. */
  seq: z.int().positive(),
  atMs: z.int().nonnegative(),
  kind: z.enum(auditKinds),
  /** What was done, for programs: `rotation.start`, `cluster.revoke`. */
  action: text,
  /** Who, and by what mgmt knew them; `itself` for what reroot does by itself. */
  by: z.strictObject({ name: text, via: text }),
  why: text.exactOptional(),
  mesh: text.exactOptional(),
  cluster: text.exactOptional(),
  rotationId: text.exactOptional(),
  state: text.exactOptional(),
  step: text.exactOptional(),
  generation: z.int().exactOptional(),
  /** A sentence for people. */
  message: text,
  errors: z.array(text).exactOptional(),
  verdict: auditVerdictSchema.exactOptional(),
  /** Of a refusal. */
  code: text.exactOptional(),
  /** SHA-256 of what is kept elsewhere, by what it is. */
  digests: z.record(text, digestSchema).exactOptional(),
  /** What else is known, by name. */
  facts: z.record(text, z.union([text, z.number(), z.boolean()])).exactOptional(),
});
export type AuditEntry = Read<typeof auditEntrySchema>;

/** An entry in its place: `hash` is over the hash before it and its digest. */
export const chainedEntrySchema = z.strictObject({ previous: digestSchema, hash: digestSchema, entry: auditEntrySchema });
export type ChainedEntry = Read<typeof chainedEntrySchema>;

/** The place of an entry that is not shown. */
export const chainedDigestSchema = z.strictObject({ seq: z.int().positive(), digest: digestSchema, hash: digestSchema });
export type ChainedDigest = Read<typeof chainedDigestSchema>;

/** mgmt's word that the journal was so, up to an entry. */
export const auditHeadSchema = z.strictObject({
  seq: z.int().positive(),
  hash: digestSchema,
  atMs: z.int().nonnegative(),
  /** Of mgmt: Ed25519, SPKI in DER, base64. */
  publicKey: z.base64(),
  signature: z.base64(),
});
export type AuditHead = Read<typeof auditHeadSchema>;
