import type { PlanQuery } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { isName } from '@reroot/shared/protocol';
import { parseDuration } from '@reroot/shared/virtual-mesh';
import { z } from 'zod';
import type { PlanAsk } from '../plan/index.ts';

/** More than a fleet has clusters; each name is looked up. */
const maxNames = 10_000;
/** A plan that begins or reaches further is of no use to anybody, and times of the platform end some day. */
const maxAheadMs = 3_650 * 86_400_000;

/** Names with commas between them, or the parameter several times. */
const names = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(',')))
  .refine((given) => given.length <= maxNames && given.every(isName), 'must be names of clusters with commas between them');

const momentRule = 'must be a moment such as 2027-01-04T12:00:00Z, or a span such as 2h, 90m or 3d';

const planQuerySchema = z.strictObject({
  strategy: z.enum(['MULTI_ROOT', 'NONE'], 'must be MULTI_ROOT or NONE').exactOptional(),
  verification: z.enum(['none', 'manual', 'automatic'], 'must be none, manual or automatic').exactOptional(),
  targetRoot: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the fingerprint of a root: 64 lower-case hexadecimal digits')
    .exactOptional(),
  pace: z.enum(['usual', 'emergency'], 'must be usual or emergency').exactOptional(),
  at: z.string(momentRule).exactOptional(),
  offline: names.exactOptional(),
  until: z.string(momentRule).exactOptional(),
  exclude: names.exactOptional(),
} satisfies Record<keyof PlanQuery, unknown>);

/**
 * Reads what a plan is asked for.
 * @param query the parsed query of a request
 * @throws RR_API_QUERY_INVALID names the parameter
 */
export function readPlanQuery(query: unknown, nowMs: number): PlanAsk {
  const result = planQuerySchema.safeParse(query);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalid(String(issue?.path[0] ?? ''), issue?.message ?? 'the query does not fit');
  }
  const { strategy, verification, targetRoot, pace, at, offline = [], until, exclude = [] } = result.data;
  const atMs = at === undefined ? undefined : momentOf('at', at, nowMs);
  const untilMs = until === undefined ? undefined : momentOf('until', until, atMs ?? nowMs);
  if (untilMs !== undefined && offline.length === 0) throw invalid('until', 'has no meaning without clusters that are offline');
  if (atMs !== undefined && atMs < nowMs) throw invalid('at', `lies in the past: it is ${new Date(nowMs).toISOString()} now`);
  if (untilMs !== undefined && untilMs <= (atMs ?? nowMs)) throw invalid('until', 'must lie after the start of the plan');
  return { strategy, verification, targetRoot, pace, atMs, offline, untilMs, exclude };
}

/** A moment, or a span from another one on. */
function momentOf(name: 'at' | 'until', text: string, fromMs: number): number {
  const spanMs = parseDuration(text);
  const ms = spanMs === undefined ? momentMs(text) : fromMs + spanMs;
  if (ms === undefined || ms > fromMs + maxAheadMs) throw invalid(name, `${momentRule}, ten years ahead at the most`);
  return ms;
}

/** RFC 3339 with seconds and a zone: whatever else a platform reads as a date is no moment. */
function momentMs(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function invalid(name: string, why: string): RerootError {
  const message = name === '' ? why.slice(0, 1).toLowerCase() + why.slice(1) : `${name} ${why}`;
  return new RerootError('RR_API_QUERY_INVALID', message, { place: name === '' ? 'query' : `query (${name})` });
}
