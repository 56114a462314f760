import type { Clock } from '@reroot/shared/clock';

/**
 * By `clock` people are told when something was, and records say so; by `steadyClock`, which nobody can set, it is measured how
 * long something takes.
 */
export interface Clocks {
  readonly clock: Clock;
  readonly steadyClock: Clock;
}

/** When something began, by the steady clock. Where that is still to come, the clock was set back since: it counts as begun now. */
export function toSteady({ clock, steadyClock }: Clocks, atMs: number): number {
  return steadyClock.now() - Math.max(0, clock.now() - atMs);
}

/** When something was by the clock as it is set now. @param steadyMs by the steady clock */
export function toWall({ clock, steadyClock }: Clocks, steadyMs: number): number {
  return Math.round(clock.now() - (steadyClock.now() - steadyMs));
}
