import { appendFile, open, truncate } from 'node:fs/promises';
import { readAuditLine } from '@reroot/shared/audit';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/** Somewhere else that has the journal too. */
export interface AuditSink {
  /** The number of the last entry that it has; `present` where it shall have what comes from now on. */
  lastSeq(): Promise<number | 'present'>;
  /** Adds whole lines. */
  write(lines: string): Promise<void>;
}

/** The end of a file is looked for its last entry in: more than any line has. */
const tailBytes = 1024 * 1024;

/**
 * A file that is opened anew for each write: whoever moves it away finds the next entries in a new one.
 */
export function createFileSink(path: string): AuditSink {
  return {
    lastSeq: async () => {
      const lines = await readTail(path);
      const last = lines.findLast((line) => line.includes('"entry"'));
      if (last === undefined) return 0;
      const read = readAuditLine(last, lines.length);
      return 'entry' in read ? read.entry.seq : 0;
    },
    write: async (lines) => {
      try {
        await appendFile(path, lines, { mode: 0o600, flush: true });
      } catch (cause) {
        throw new RerootError('RR_AUDIT_LOG_FAILED', `the journal cannot be written there: ${errorMessage(cause)}`, {
          place: path,
          cause,
        });
      }
    },
  };
}

/** The standard output: it keeps nothing, so that it gets what comes from now on. */
export function createStreamSink(out: { write(text: string): unknown }): AuditSink {
  return {
    lastSeq: async () => 'present',
    write: async (lines) => {
      out.write(lines);
    },
  };
}

/** The whole lines at the end of a file; what a crash has left of the last one is cut off. */
async function readTail(path: string): Promise<readonly string[]> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new RerootError('RR_AUDIT_LOG_FAILED', `the journal there cannot be read: ${errorMessage(cause)}`, {
      place: path,
      cause,
    });
  });
  if (file === undefined) return [];
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
    if (end < bytesRead) await truncate(path, start + end);
    const lines = buffer
      .subarray(0, end)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    return start === 0 ? lines : lines.slice(1);
  } finally {
    await file.close();
  }
}
