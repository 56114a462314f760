import { planQuerySchema } from '@reroot/shared/api-contract';
import { RerootError } from '@reroot/shared/errors';
import { parseDuration } from '@reroot/shared/virtual-mesh';
import type { PlanAsk } from '../plan/index.ts';
import { fit } from './fit.ts';

/** A plan that begins or reaches further is of no use to anybody, and times of the platform end some day. */
const maxAheadMs = 3_650 * 86_400_000;

/** Names with commas between them, or the parameter several times. */
function namesIn(given: unknown): unknown {
  const texts = [given].flat();
  return texts.every((text) => typeof text === 'string') ? texts.flatMap((text) => text.split(',')) : given;
}

const momentRule = 'must be a moment such as 2027-01-04T12:00:00Z, or a span such as 2h, 90m or 3d';

/**
 * Reads what a plan is asked for.
 * @param query the parsed query of a request
 * @throws RR_API_QUERY_INVALID names the parameter
 */
export function readPlanQuery(query: unknown, nowMs: number): PlanAsk {
  const given: Readonly<Record<string, unknown>> = { ...(typeof query === 'object' ? query : {}) };
  const lists = ['offline', 'exclude'].filter((name) => given[name] !== undefined).map((name) => [name, namesIn(given[name])]);
  const asked = fit(planQuerySchema, { ...given, ...(Object.fromEntries(lists) as object) }, 'query');
  const { strategy, verification, targetRoot, pace, at, offline = [], until, exclude = [] } = asked;
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
  return new RerootError('RR_API_QUERY_INVALID', `${name} ${why}`, { place: `query (${name})` });
}
