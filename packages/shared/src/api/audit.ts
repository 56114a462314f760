import { z } from 'zod';
import { auditHeadSchema, chainedEntrySchema } from '../audit/audit-entry.ts';
import type { Read } from './read.ts';

export const auditQuerySchema = z
  .strictObject({
    after: z.int().nonnegative().exactOptional().describe('Number of an entry: only those after it; 0 when left out.'),
    limit: z.int().positive().max(1000).exactOptional().describe('How many entries at the most, up to 1000; 200 when left out.'),
    rotation: z.string().min(1).max(100).exactOptional().describe('Id of a rotation: only its entries.'),
  })
  .meta({ id: 'AuditQuery', description: 'Which part of the journal; the query has the same names.' });

export const auditPageSchema = z
  .object({
    entries: z.array(chainedEntrySchema).describe('Oldest first. Ask for what comes after the last one until none is left.'),
    heads: z.array(auditHeadSchema).describe('The signed heads that are kept of these entries.'),
    head: auditHeadSchema.exactOptional().describe('Of the whole journal.'),
    total: z.int().describe('The number of its last entry.'),
  })
  .meta({ id: 'AuditPage', description: 'A part of the journal: docs/audit.md.' });
export type AuditPage = Read<typeof auditPageSchema>;

export const evidencePackSchema = z
  .object({
    files: z.array(z.object({ path: z.string(), text: z.string() })).describe('The signed manifest first.'),
  })
  .meta({
    id: 'EvidencePack',
    description: 'The files of an evidence pack; `reroot evidence export` makes one archive of them.',
  });
export type EvidencePack = Read<typeof evidencePackSchema>;
