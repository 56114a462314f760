import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import { retry } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import type { AccountUpdater } from '@reroot/shared/nats-auth';

/** Keeps users that were revoked out of NATS. */
export interface Revocations {
  /** Has the servers told soon of everybody who is revoked now. Never throws: what fails is tried again. */
  push(): void;
  /** Whether servers may not know yet of somebody who is revoked. */
  isPending(): boolean;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** What it works with. */
export interface RevocationsOptions {
  /** Undefined where mgmt has no right to revoke: then a JWT lasts until it expires. */
  readonly updater: AccountUpdater | undefined;
  /** Everybody who is revoked, with the moment of each: all of them each time, so that a server that forgot is told again. */
  readonly users: () => ReadonlyMap<string, number>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Aborts when mgmt stops. */
  readonly signal: AbortSignal;
}

const backOff = { baseMs: 1_000, capMs: 60_000 } as const;

/** Each word carries everybody. While thousands of agents join, each of which leaves the user of its join file behind, one has to do for many. */
const gatherMs = 1_000;

/** Nothing is told before the first `push`. */
export function createRevocations({ updater, users, clock, random, log, signal }: RevocationsOptions): Revocations {
  let asked = 0;
  let told = 0;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  const tellOnce = async (to: AccountUpdater): Promise<void> => {
    const waitMs = toldAtMs + gatherMs - clock.now();
    if (waitMs > 0) await clock.sleep(Math.min(waitMs, gatherMs), signal);
    const now = asked;
    try {
      const revoked = users();
      if (revoked.size > 0) {
        await to.revoke(revoked, signal);
        toldAtMs = clock.now();
      }
      told = now;
    } catch (error) {
      signal.throwIfAborted();
      const { code, message, remedy } = toRerootError(error);
      log.warn({ code, problem: message, remedy }, 'NATS does not know yet of users that were revoked');
      throw error;
    }
  };
  const tell = async (to: AccountUpdater): Promise<void> => {
    while (told < asked) await retry(() => tellOnce(to), { ...backOff, clock, random, signal });
  };
  return {
    push: () => {
      if (updater === undefined) return;
      asked += 1;
      running ??= tell(updater)
        // Only the end of mgmt ends it: what is left is told at the next start.
        .catch(() => undefined)
        .finally(() => {
          running = undefined;
        });
    },
    isPending: () => told < asked,
    idle: async () => {
      await running;
    },
  };
}
