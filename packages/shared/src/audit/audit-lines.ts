import { z } from 'zod';
import { errorMessage, RerootError } from '../errors/index.ts';
import { type AuditHead, auditHeadSchema, type ChainedEntry, chainedEntrySchema } from './audit-entry.ts';
import { canonicalJson } from './canonical-json.ts';

const lineSchema = z.union([chainedEntrySchema, z.strictObject({ head: auditHeadSchema })]);

/** One line of an export, or of `audit.log`: an entry, or the head of the journal up to there. */
export type AuditLine = ChainedEntry | { readonly head: AuditHead };

/** One line of text, without its end. */
export function writeAuditLine(line: AuditLine): string {
  return canonicalJson(line);
}

/**
 * Reads one line.
 * @throws RR_AUDIT_UNREADABLE
 */
export function readAuditLine(text: string, number: number): AuditLine {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? 'it is no entry and no head of a journal' : errorMessage(cause);
    throw new RerootError('RR_AUDIT_UNREADABLE', `line ${number} cannot be read: ${why}`, { cause });
  }
}
