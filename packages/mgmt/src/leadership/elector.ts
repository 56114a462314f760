import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import { errorFields, type Log } from '@reroot/shared/log';
import type { LeaseLock } from './lease-lock.ts';
import type { HeldRecord, LeaseRecord } from './lease-record.ts';
import {
  type Candidate,
  claim,
  decideLease,
  expiryOf,
  giveBack,
  type LeaseTimings,
  leaderOf,
  type Observation,
  observe,
} from './lease-rules.ts';
import { createTenure, type Moment, notRenewed, type RenewedTenure, type Tenure } from './tenure.ts';

/** Contends for the lease, and keeps it. */
export interface Elector {
  /** Contends until the signal aborts; gives the lease back then. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Who leads, as far as this replica knows. */
  leader(): LeaseRecord | undefined;
  /** Whether the lease could not be read for as long as it lasts. */
  isCutOff(): boolean;
}

/** What contending takes. */
export interface ElectorOptions extends Candidate {
  readonly lock: LeaseLock;
  readonly timings: LeaseTimings;
  /** Monotonic: a clock that is set must neither end a lease nor lengthen it. */
  readonly clock: Clock;
  /** The wall clock: for people, and as a second witness of the time that passes. */
  readonly wallNow: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Leads until the tenure is over, or the signal of `run` aborts. Resolves when it acts no longer; whatever it throws ends the tenure. */
  readonly lead: (tenure: Tenure) => Promise<void>;
}

/** As client-go: two that were refused together do not come back together. */
const jitter = 0.2;
/** A leader whose start fails lets the others try before it tries again. */
const failedPauseMs = 2_000;

/** Has not contended yet. */
export function createElector(options: ElectorOptions): Elector {
  const { lock, timings, clock, wallNow, random, log, lead } = options;
  let observation: Observation | undefined;
  let readAtMs = clock.now();
  const wakers = new Set<() => void>();
  const now = (): Moment => ({ monotonicMs: clock.now(), wallMs: wallNow() });
  const stamp = (): string => `${new Date(wallNow()).toISOString().slice(0, -1)}000Z`;
  const note = (seen: HeldRecord): void => {
    const before = observation?.seen.record.holder;
    observation = observe(observation, seen, clock.now());
    const { holder, address } = seen.record;
    if (holder !== before && holder !== '' && holder !== options.identity)
      log.info({ leader: holder, address }, 'another replica leads');
  };

  /** One look at the lease, and what follows from it. @returns the moment at which it was asked for, when it is held now */
  const attempt = async (withinMs: number, signal: AbortSignal): Promise<Moment | undefined> => {
    const deadline = { ms: withinMs, clock, signal, code: 'RR_CLUSTER_UNREACHABLE', who: 'the API server' } as const;
    const sentAt = now();
    return withDeadline(deadline, async (inner) => {
      const seen = await lock.read(inner);
      readAtMs = clock.now();
      if (seen !== undefined) note(seen);
      const step = decideLease(seen === undefined ? undefined : observation, options.identity, clock.now());
      if (step.kind === 'wait') return undefined;
      const record = claim(seen?.record, options, timings.durationMs, stamp());
      note(seen === undefined ? await lock.create(record, inner) : await lock.update(seen.version, record, inner));
      return sentAt;
    });
  };
  const tryAttempt = async (withinMs: number, signal: AbortSignal): Promise<Moment | undefined> => {
    try {
      return await attempt(withinMs, signal);
    } catch (error) {
      signal.throwIfAborted();
      const failed = toRerootError(error);
      // Another was faster: that is how it should be.
      if (failed.code !== 'RR_CLUSTER_CONFLICT') log.warn(errorFields(failed), 'the lease could not be read or written');
      return undefined;
    }
  };
  /** Until something may be different: the lease changes, or its time is over. */
  const pause = async (signal: AbortSignal): Promise<void> => {
    const woken = new AbortController();
    const wake = (): void => woken.abort();
    wakers.add(wake);
    const retryMs = timings.retryMs * (1 + jitter * random());
    const expiresInMs = observation === undefined ? retryMs : expiryOf(observation) - clock.now();
    const ms = Math.max(0, Math.min(retryMs, expiresInMs <= 0 ? retryMs : expiresInMs));
    await clock.sleep(ms, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
    wakers.delete(wake);
  };
  const acquire = async (signal: AbortSignal): Promise<Moment> => {
    for (;;) {
      signal.throwIfAborted();
      const sentAt = await tryAttempt(timings.renewWithinMs / 2, signal);
      if (sentAt !== undefined) return sentAt;
      await pause(signal);
    }
  };
  /** Renews until the tenure is over. */
  const renew = async (tenure: RenewedTenure, signal: AbortSignal): Promise<void> => {
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      await clock.sleep(Math.min(timings.retryMs, Math.max(0, tenure.leftMs())), signal).catch(() => undefined);
      const leftMs = tenure.leftMs();
      if (!isOver() && leftMs <= 0) tenure.end(notRenewed());
      if (isOver()) return;
      // A connection that has gone dead must not cost all the time there is.
      const withinMs = Math.min(leftMs, timings.renewWithinMs / 2);
      const sentAt = await tryAttempt(withinMs, signal).catch(() => undefined);
      const holder = observation?.seen.record.holder;
      if (sentAt !== undefined) tenure.renewed(sentAt);
      else if (holder !== options.identity) tenure.end(lostTo(holder));
    }
  };
  const release = async (): Promise<void> => {
    const seen = observation?.seen;
    if (seen?.record.holder !== options.identity) return;
    const signal = AbortSignal.timeout(timings.retryMs);
    try {
      const { record, version } = seen;
      observation = observe(observation, await lock.update(version, giveBack(record, stamp()), signal), clock.now());
      log.info({}, 'the lease was given back');
    } catch (error) {
      log.warn(errorFields(error), 'the lease could not be given back: the others wait until it ends');
    }
  };
  const serve = async (sentAt: Moment, signal: AbortSignal): Promise<'over' | 'failed'> => {
    const tenure = createTenure(timings.renewWithinMs, now, sentAt);
    const done = new AbortController();
    const renewing = renew(tenure, AbortSignal.any([done.signal, tenure.signal]));
    log.info({ transitions: observation?.seen.record.transitions }, 'this replica leads');
    try {
      await lead(tenure);
      return 'over';
    } catch (error) {
      if (tenure.signal.aborted || signal.aborted) return 'over';
      log.error(errorFields(error), 'this replica cannot lead');
      return 'failed';
    } finally {
      done.abort();
      await renewing;
      const wasLost = tenure.signal.aborted;
      tenure.end(new RerootError('RR_LEADERSHIP_LOST', 'the lease was given back'));
      if (wasLost) log.warn(errorFields(tenure.signal.reason), 'this replica leads no longer');
      else await release();
    }
  };
  const contend = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const sentAt = await acquire(signal).catch(() => undefined);
      if (sentAt === undefined) return;
      if ((await serve(sentAt, signal)) === 'failed') await clock.sleep(failedPauseMs, signal).catch(() => undefined);
    }
  };
  return {
    leader: () => leaderOf(observation, clock.now()),
    isCutOff: () => clock.now() - readAtMs > timings.durationMs,
    run: async (signal) => {
      const watching = lock.watch(() => {
        for (const wake of wakers) wake();
      }, signal);
      await contend(signal);
      await watching;
    },
  };
}

function lostTo(holder: string | undefined): RerootError {
  const who = holder === undefined || holder === '' ? 'nobody' : holder;
  return new RerootError('RR_LEADERSHIP_LOST', `${who} holds the lease now`);
}
