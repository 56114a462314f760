import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../clock/index.ts';
import { errorMessage, RerootError } from '../errors/index.ts';

const pollMs = 20;

/** Deadline of a wait and what it waits for, for the error. */
export interface WaitOptions {
  readonly timeoutMs: number;
  readonly what: string;
}

/**
 * Asks `check` again and again until it gives something else than undefined, null or false.
 * @throws RR_WAIT_TIMEOUT with what the last check gave or threw, when the deadline passes
 */
export async function waitFor<T>(
  check: () => T | Promise<T>,
  { timeoutMs, what }: WaitOptions,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = systemClock.now() + timeoutMs;
  for (let last = 'nothing'; ; ) {
    try {
      const found = await check();
      if (found !== undefined && found !== null && found !== false) return found as Exclude<T, undefined | null | false>;
      last = String(found);
    } catch (error) {
      last = errorMessage(error);
    }
    if (systemClock.now() > deadline) {
      throw new RerootError('RR_WAIT_TIMEOUT', `waited ${timeoutMs} ms for ${what}; last: ${last}`);
    }
    await delay(pollMs);
  }
}
