import { type Clock, createTokenBucket, type Rate } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { RefusalCounter } from './refusal-counter.ts';

/**
 * Bounds what whoever can write to a subject can make the agent do. What is beyond the rate is counted and not looked at.
 * @returns what a subscription asks before it handles a message
 */
export function limitRate(subject: string, rate: Rate, clock: Clock, refusals: RefusalCounter): () => boolean {
  const bucket = createTokenBucket(rate, clock);
  // Made once: this happens as often as somebody likes.
  const refusal = new RerootError('RR_RATE_LIMITED', `more than ${rate.perSecond} messages a second came on ${subject}`);
  return () => {
    if (bucket.left() >= 1) {
      bucket.take(1);
      return true;
    }
    refusals.note(refusal);
    return false;
  };
}
