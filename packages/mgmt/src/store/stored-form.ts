import { errorMessage, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { mgmtVersion } from '../version.ts';
import type { StoredVerdict } from './store.ts';
import { clusterSchema } from './stored-cluster.ts';
import { conditionSchema } from './stored-condition.ts';
import { custodySchema } from './stored-custody.ts';
import { laggardSchema } from './stored-laggard.ts';
import { evidenceSchema, proofSchema } from './stored-proof.ts';
import { recordSchema } from './stored-record.ts';
import { specSchema } from './stored-spec.ts';

const text = z.string();

const verdictSchema: z.ZodType<StoredVerdict> = z.strictObject({
  verdict: z.strictObject({
    passed: z.boolean(),
    reason: text,
    message: text,
    laggards: z.array(laggardSchema),
    laggardCount: z.int().nonnegative(),
  }),
  atMs: z.int().nonnegative(),
  generation: z.int().positive(),
});

/** What is stored as JSON, with how it is read back. */
export const storedForms = {
  record: recordSchema,
  spec: specSchema,
  condition: conditionSchema,
  verdict: verdictSchema,
  custody: custodySchema,
  cluster: clusterSchema,
  proof: proofSchema,
  evidence: evidenceSchema,
  chain: z.array(z.string().min(1)).min(1) satisfies z.ZodType<readonly string[]>,
} as const;

/**
 * Reads what was stored as JSON.
 * @param place names the row in errors
 * @throws RR_STORE_NEWER when it has a key that this version does not know; RR_STORE_CORRUPT when it is else not what reroot writes
 */
export function readStored<T>(schema: z.ZodType<T>, json: unknown, place: string): T {
  return guardReading(place, () => schema.parse(JSON.parse(z.string().parse(json))));
}

/** As `readStored`, for a value that is no text any more. */
export function checkStored<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  return guardReading(place, () => schema.parse(value));
}

function guardReading<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const unknown = cause instanceof z.ZodError ? findUnknownKey(cause) : undefined;
    if (unknown !== undefined) {
      const message = `it has the key ${JSON.stringify(unknown)}, which reroot ${mgmtVersion} does not know: a later version wrote it`;
      throw new RerootError('RR_STORE_NEWER', message, { place, cause });
    }
    const why = cause instanceof z.ZodError ? firstIssue(cause) : errorMessage(cause);
    throw new RerootError('RR_STORE_CORRUPT', `what is stored makes no sense: ${why}`, { place, cause });
  }
}

function firstIssue({ issues }: z.ZodError): string {
  const issue = issues[0];
  return issue === undefined ? 'unknown' : `${issue.path.join('.')}: ${issue.message}`;
}

/**
 * A key that no version before this one has written. To leave it out would be to act on half of what is meant: a record that was put back
 * from a backup would lead its mesh.
 */
export function findUnknownKey({ issues }: z.ZodError): string | undefined {
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') return issue.keys[0];
  }
  return undefined;
}
