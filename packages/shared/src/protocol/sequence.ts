import type { Clock } from '../clock/index.ts';
import type { Message } from './message.ts';

/** Numbers for a sender's messages. */
export interface Sequence {
  /** A higher one each time. */
  readonly next: () => number;
  /**
   * Goes on above a number that somebody has heard already.
   * @returns `unchanged` where it was above it before, and for a number that no clock of this century comes to
   */
  readonly raiseAbove: (heard: number) => 'raised' | 'unchanged';
}

/**
 * Microseconds of the year 2112. Whoever has stolen a key may number as high as numbers go, and who followed that could number nothing more.
 */
const highestFollowed = 2 ** 52;

/**
 * They start at the clock's microseconds, so that they go on growing after a restart unless more than a thousand messages were sent
 * per millisecond, or the clock was set back.
 */
export function createSequence(clock: Clock): Sequence {
  let last = clock.now() * 1000;
  return {
    next: () => {
      last = Math.max(last + 1, clock.now() * 1000);
      return last;
    },
    raiseAbove: (heard) => {
      if (heard <= last || heard > highestFollowed) return 'unchanged';
      last = heard;
      return 'raised';
    },
  };
}

/** Remembers how far each sender has come, to drop what is repeated or overtaken. */
export interface SequenceWindow {
  /**
   * Whether the message is newer than every one accepted before; if so it counts as accepted.
   * @param term of a mgmt that said it: each begins its sequence by its own clock, and that of the next may be behind. Whoever gives one
   *   refuses a lower term than it has accepted
   */
  accept(keyId: string, kind: Message['kind'], sequence: number, term?: number): boolean;
}

/** A window that starts empty: whoever restarts accepts the sender's next message, which is full state anyway. */
export function createSequenceWindow(): SequenceWindow {
  const highest = new Map<string, number>();
  return {
    accept: (keyId, kind, sequence, term = 0) => {
      const key = `${keyId} ${kind} ${term}`;
      if (sequence <= (highest.get(key) ?? -1)) return false;
      highest.set(key, sequence);
      return true;
    },
  };
}
