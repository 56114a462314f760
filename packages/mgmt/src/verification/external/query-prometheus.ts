import { z } from 'zod';
import type { PrometheusCheck } from '../../rotation/index.ts';
import type { AskHost } from './ask-host.ts';
import { queryAddress } from './query-address.ts';

/** What a query gives: one number, none, or nothing that can be used. */
export type QueryResult =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'unusable'; readonly why: string };

/** A moment in seconds, and a number as text (https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries). */
const sample = z.tuple([z.number(), z.string()]);

const answerSchema = z.looseObject({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.looseObject({ resultType: z.literal('scalar'), result: sample }),
    z.looseObject({ resultType: z.literal('vector'), result: z.array(z.looseObject({ value: sample })) }),
  ]),
});

/** How long one query may take. */
export const queryTimeoutMs = 10_000;

/**
 * Asks for one number.
 * @param atMs the moment to ask for; now when left out
 * @throws RR_CHECK_UNAVAILABLE
 */
export async function queryPrometheus(
  { url, query }: Pick<PrometheusCheck, 'url' | 'query'>,
  ask: AskHost,
  signal: AbortSignal,
  atMs?: number,
): Promise<QueryResult> {
  const address = queryAddress(url);
  address.searchParams.set('query', query);
  if (atMs !== undefined) address.searchParams.set('time', String(atMs / 1_000));
  const parsed = answerSchema.safeParse(await ask({ kind: 'prometheus', url: address, timeoutMs: queryTimeoutMs, signal }));
  if (!parsed.success) return { kind: 'unusable', why: 'the answer is neither a scalar nor an instant vector' };
  const { data } = parsed.data;
  if (data.resultType === 'scalar') return readNumber(data.result[1]);
  if (data.result.length > 1)
    return { kind: 'unusable', why: `the query gives ${data.result.length} series; aggregate it to one` };
  const [series] = data.result;
  return series === undefined ? { kind: 'none' } : readNumber(series.value[1]);
}

/**
 * Nought divided by nought, a rate of errors without requests, is no number. What is divided by nought says nothing either: no limit
 * can be made of it, and below none would be whatever it is.
 */
function readNumber(text: string): QueryResult {
  const value = Number(text.replace(/Inf$/, 'Infinity'));
  if (text.trim() === '' || Number.isNaN(value)) return { kind: 'none' };
  return Number.isFinite(value)
    ? { kind: 'value', value }
    : { kind: 'unusable', why: `the query gives ${text}, which is not finite` };
}
