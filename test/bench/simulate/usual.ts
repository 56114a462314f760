import { agentConfigSchema } from '@reroot/agent';
import { mgmtConfigSchema } from '@reroot/mgmt/config';
import { restPeriods, sliceMs, wordsPerSlice, wordsPerTurn } from '@reroot/mgmt/testing-pace';
import type { Intervals } from './costs.ts';
import type { Pace } from './pacer-model.ts';

/** The pace of mgmt's own pacer. */
export const pace: Pace = { wordsPerTurn, wordsPerSlice, sliceMs };

/** How many times as long it takes until mgmt says again what is known to be held. */
export const atRest = { restPeriods };

/** What mgmt and the agents keep to unless they are told otherwise. */
export function usualIntervals(): Intervals {
  const mgmt = mgmtConfigSchema.parse({
    ...{ dataDir: '.', store: { kind: 'sqlite' }, nats: { servers: ['nats://127.0.0.1'] } },
    ...{ identity: { privateKeyFile: 'mgmt.key' }, keyStore: { passphraseFile: 'passphrase' } },
  });
  const agent = agentConfigSchema.parse({ join: { file: 'join.json', state: { dir: '.' } } });
  const { resyncMs, tickMs, silentAfterMs } = mgmt.timings;
  const { reportIntervalMs, settleMs } = agent.timings;
  return { resyncMs, tickMs, silentAfterMs, reportIntervalMs, settleMs, ...atRest };
}

/** What programs of a crowd are told to keep to. */
export function timingsOf({
  reportIntervalMs,
  resyncMs,
  silentAfterMs,
}: Pick<Intervals, 'reportIntervalMs' | 'resyncMs' | 'silentAfterMs'>): CrowdTimings {
  return { agentTimings: { reportIntervalMs }, mgmtTimings: { resyncMs, silentAfterMs } };
}

type CrowdTimings = Record<'agentTimings' | 'mgmtTimings', Readonly<Record<string, number>>>;

/** Everything that is said again and again, so many times as seldom. */
export function stretched(intervals: Intervals, factor: number): Intervals {
  const { resyncMs, reportIntervalMs, silentAfterMs } = intervals;
  return {
    ...intervals,
    ...{ resyncMs: resyncMs * factor, reportIntervalMs: reportIntervalMs * factor, silentAfterMs: silentAfterMs * factor },
  };
}
