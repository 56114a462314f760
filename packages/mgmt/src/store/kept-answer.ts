import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { KeptAnswer } from './idempotency.ts';
import { readStored } from './stored-form.ts';

const answerForm = z.strictObject({ status: z.int(), etag: z.string().optional(), text: z.string() });

/** An answer as it is stored: the status of a thousand clusters is a megabyte, and a tenth of that compressed. */
export function packAnswer(answer: KeptAnswer | undefined): Uint8Array | undefined {
  return answer === undefined ? undefined : gzipSync(JSON.stringify(answer), { level: 1 });
}

/** @param key of the request. @throws RR_STORE_CORRUPT */
export function unpackAnswer(packed: Uint8Array, key: string): KeptAnswer {
  const { status, etag, text } = readStored(answerForm, gunzipSync(packed).toString(), `answer to the request ${key}`);
  return { status, etag, text };
}
