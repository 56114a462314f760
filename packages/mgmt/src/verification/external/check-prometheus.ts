import type { PrometheusCheck } from '../../rotation/index.ts';
import type { Evidence } from '../../store/index.ts';
import { type Check, type CheckContext, type CheckResult, found } from '../check.ts';
import type { AskHost } from './ask-host.ts';
import { type QueryResult, queryPrometheus } from './query-prometheus.ts';

/** A value is asked for so often before one that breaks the limit counts: a scrape may have met the very moment of a change. */
const looksBeforeFailure = 3;

/** How long is waited between two looks, at the most. */
const maxPauseMs = 15_000;

/** A query keeps its limit, for as long as the policy says. */
export function checkPrometheus(check: PrometheusCheck, ask: AskHost): Check {
  const { name, forMs, query } = check;
  return {
    name,
    attempt: async (context) => {
      const limit = await limitOf(check, ask, context);
      if (typeof limit !== 'number') return limit;
      return watch(check, ask, context, { limit, pauseMs: Math.min(maxPauseMs, Math.max(1_000, forMs / 4)) }, { query, limit });
    },
  };
}

async function watch(
  check: PrometheusCheck,
  ask: AskHost,
  context: CheckContext,
  { limit, pauseMs }: { readonly limit: number; readonly pauseMs: number },
  facts: Evidence,
): Promise<CheckResult> {
  const { clock, steadyClock, signal } = context;
  const values: { readonly at: string; readonly value: string }[] = [];
  let sinceMs = steadyClock.now();
  for (let broken = 0; ; ) {
    const result = await queryPrometheus(check, ask, signal);
    values.push({ at: new Date(clock.now()).toISOString(), value: textOf(result) });
    const evidence = { ...facts, values: values.slice(-100) };
    if (result.kind === 'unusable') return found('unavailable', result.why, evidence);
    if (keeps(result, limit, check)) {
      broken = 0;
      const keptMs = steadyClock.now() - sinceMs;
      if (keptMs >= check.forMs) return found('passed', `${textOf(result)}, and ${limitText(check, limit)}`, evidence);
      context.progress(`${textOf(result)}, for ${keptMs / 1_000} of ${check.forMs / 1_000} s`);
    } else {
      broken += 1;
      if (broken >= looksBeforeFailure) return found('failed', `${textOf(result)}, and ${limitText(check, limit)}`, evidence);
      context.progress(`${textOf(result)}, and ${limitText(check, limit)}; it is asked again`);
    }
    await steadyClock.sleep(pauseMs, signal);
    // The time begins with the first value that keeps the limit again.
    if (broken > 0) sinceMs = steadyClock.now();
  }
}

function keeps(result: QueryResult, limit: number, { noData }: PrometheusCheck): boolean {
  return result.kind === 'value' ? result.value <= limit : noData === 'pass';
}

/** The highest value that passes, or why there is none. */
async function limitOf(check: PrometheusCheck, ask: AskHost, { subject, signal }: CheckContext): Promise<number | CheckResult> {
  const { limit, query } = check;
  if (limit.kind === 'max') return limit.max;
  const { rotation } = subject().record;
  if (rotation === undefined) return found('skipped', 'no rotation has started, and there is nothing to compare with', { query });
  // Prometheus remembers: what the value was before anything was changed need not be kept here.
  const before = await queryPrometheus(check, ask, signal, rotation.startedAtMs);
  if (before.kind === 'unusable') return found('unavailable', before.why, { query });
  if (before.kind === 'none' && check.noData === 'fail') {
    const why = `there is no value at the start of the rotation, ${new Date(rotation.startedAtMs).toISOString()}`;
    return found('failed', why, { query });
  }
  // A count of what had not happened yet has no series: what has come since is more than nothing, and not without a limit.
  return (before.kind === 'none' ? 0 : before.value) * limit.ratio + limit.tolerance;
}

function limitText({ limit }: PrometheusCheck, highest: number): string {
  const made = limit.kind === 'max' ? '' : `, ${limit.ratio} times that at the start of the rotation and ${limit.tolerance} more`;
  return `at most ${highest} passes${made}`;
}

function textOf(result: QueryResult): string {
  switch (result.kind) {
    case 'value':
      return `the value is ${result.value}`;
    case 'none':
      return 'there is no value';
    case 'unusable':
      return result.why;
  }
}
