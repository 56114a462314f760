import { type AuditHead, auditHeadSchema, type ChainedEntry, chainedEntrySchema } from '@reroot/shared/audit';
import { z } from 'zod';
import type { Issued } from '../store.ts';
import { storedForms } from '../stored-form.ts';

/** The version of the form that this program writes, and the only one that it reads. */
export const imageVersion = 1;

const name = z.string().min(1);
const number = z.int().positive();

/** The first line of an image. */
export const imageHeaderSchema = z.strictObject({
  kind: z.literal('header'),
  format: z.literal('reroot-store-image'),
  version: z.int().positive(),
  /** Of the reroot that wrote it. */
  reroot: z.string(),
  takenAtMs: z.int().nonnegative(),
  /** The last one that was taken of the store. */
  term: z.int().nonnegative(),
  /** Whether the private keys of roots are in it, sealed as they were. */
  keys: z.enum(['included', 'left-out']),
});

/** One part of a store. Numbers of entries of the event log are kept, so that cursors stay valid. */
export const imageLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mesh'),
    mesh: name,
    revision: number,
    spec: storedForms.spec,
    record: storedForms.record,
    verdict: storedForms.verdict.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('root'),
    mesh: name,
    number,
    fingerprint: name,
    certificatePem: name,
    custody: storedForms.custody,
  }),
  z.strictObject({ kind: z.literal('condition'), mesh: name, number, condition: storedForms.condition }),
  z.strictObject({
    kind: z.literal('issued'),
    mesh: name,
    cluster: name,
    signerRoot: name,
    csrSha256: name,
    serial: name,
    chain: storedForms.chain,
  }),
  z.strictObject({ kind: z.literal('cluster'), revision: number, record: storedForms.cluster }),
  z.strictObject({
    kind: z.literal('proof'),
    mesh: name,
    number,
    summary: storedForms.proof,
    evidence: storedForms.evidence,
  }),
  /** With its head where that is kept for good. */
  chainedEntrySchema.extend({ kind: z.literal('entry'), head: auditHeadSchema.exactOptional() }),
  /** That of the last entry. */
  z.strictObject({ kind: z.literal('head'), head: auditHeadSchema }),
  z.strictObject({ kind: z.literal('evidence'), mesh: name, rotationId: name, seq: number, evidence: z.string() }),
  /** A sealed text of the key store: a key, what tells a wrong passphrase, the passphrase that Vault has wrapped. */
  z.strictObject({ kind: z.literal('key'), name, sealed: name }),
]);

/** The last line: how many there are before it, and the SHA-256 of their bytes. */
export const imageEndSchema = z.strictObject({
  kind: z.literal('end'),
  lines: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type ImageHeader = z.infer<typeof imageHeaderSchema>;
export type ImageLine =
  | Exclude<z.infer<typeof imageLineSchema>, { kind: 'entry' | 'head' | 'issued' }>
  | ({ readonly kind: 'issued' } & Issued)
  | (ChainedEntry & { readonly kind: 'entry'; readonly head?: AuditHead })
  | { readonly kind: 'head'; readonly head: AuditHead };
export type ImageEnd = z.infer<typeof imageEndSchema>;
export type ImageLineOf<K extends ImageLine['kind']> = Extract<ImageLine, { readonly kind: K }>;
