import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ApiClient } from '@reroot/shared/api';
import { type AuditLine, readAuditLine } from '@reroot/shared/audit';
import { errorMessage, RerootError } from '@reroot/shared/errors';

const pageSize = 1_000;

/** The journal of a mgmt, entry by entry and with its heads. */
export async function* fetchAudit(client: ApiClient, from: number, signal: AbortSignal): AsyncGenerator<AuditLine> {
  let after = from;
  for (;;) {
    const { entries, heads, head } = await client.readAudit({ after, limit: pageSize }, signal);
    for (const entry of entries) yield entry;
    for (const each of heads) yield { head: each };
    const last = entries.at(-1)?.entry.seq;
    if (last === undefined) {
      // What was cut off at the end shows by the head alone.
      if (head !== undefined && head.seq > after) yield { head };
      return;
    }
    after = last;
  }
}

/**
 * A journal that was exported, or that `audit.log` has written.
 * @throws RR_AUDIT_UNREADABLE
 */
export async function* readAuditFile(path: string): AsyncGenerator<AuditLine> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line !== '') yield readAuditLine(line, number);
    }
  } catch (cause) {
    if (cause instanceof RerootError) throw new RerootError(cause.code, cause.message, { place: path, cause });
    throw new RerootError('RR_AUDIT_UNREADABLE', `the file cannot be read: ${errorMessage(cause)}`, { place: path, cause });
  }
}
