import type { AuditPage, EvidencePack } from './audit.ts';

/** Which part of the journal a client asks for. */
export interface AuditAsk {
  readonly after: number;
  readonly limit: number;
  readonly rotation?: string;
}

/** The path that asks for it. */
export function auditPath({ after, limit, rotation }: AuditAsk): string {
  const numbers = { after: String(after), limit: String(limit) };
  const query = new URLSearchParams({ ...numbers, ...(rotation === undefined ? {} : { rotation }) });
  return `/v1/audit?${query.toString()}`;
}

/** Enough to tell mgmt's answer from that of another server; whoever verifies it looks at the rest. */
export function readAuditPage(answer: unknown): AuditPage | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if (!('entries' in answer && 'heads' in answer && 'total' in answer)) return undefined;
  const { entries, heads, total } = answer;
  return Array.isArray(entries) && Array.isArray(heads) && typeof total === 'number' ? (answer as AuditPage) : undefined;
}

/** Enough for whoever holds the files to their signature. */
export function readEvidencePack(answer: unknown): EvidencePack | undefined {
  if (typeof answer !== 'object' || answer === null || !('files' in answer) || !Array.isArray(answer.files)) return undefined;
  const isFile = (file: unknown): boolean =>
    typeof file === 'object' &&
    file !== null &&
    'path' in file &&
    'text' in file &&
    typeof file.path === 'string' &&
    typeof file.text === 'string';
  return answer.files.every(isFile) ? (answer as EvidencePack) : undefined;
}
