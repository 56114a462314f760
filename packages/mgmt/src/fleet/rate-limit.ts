import { type Clock, createTokenBucket, type Rate, type TokenBucket } from '@reroot/shared/clock';
import type { Topic } from '@reroot/shared/protocol';
import type { Limits } from './limits.ts';
import { createLruCache } from './lru-cache.ts';

/** Keeps each cluster to its share, before anything of a message is looked at. */
export interface RateLimit {
  /** Whether a message of so many bytes is looked at: `admit` of a subscription. */
  readonly admit: (subject: string, bytes: number) => boolean;
}

/** What the limit works with. */
export interface RateLimitOptions {
  readonly limits: Limits;
  /** Whether a cluster has a share of its own; asked for any text. All others have one together. */
  readonly isKnown: (mesh: string, cluster: string) => boolean;
  /** Called for each message that is not looked at: it must be cheap. */
  readonly onRefused: (subject: string) => void;
  readonly clock: Clock;
}

/**
 * What may come at once after a quiet time: as much as in so many seconds, and at least so many messages. An agent whose
 * cluster is told several rows in a row asks more often than it ever does in the long run.
 */
const burstSeconds = 2.5;
const leastBurst = 20;

/** For all that mgmt was never told of. */
const strangers: Rate = { perSecond: 5, burst: 10 };

/** Subjects whose share is remembered: those of five thousand clusters fit twice. */
const maxSubjects = 65_536;

/** What one subject draws on. */
interface Share {
  /** A message takes one of each. */
  readonly messages: readonly TokenBucket[];
  /** One for all subjects of the cluster. The largest message passes if anything is left, and is then owed. */
  readonly bytes: TokenBucket | undefined;
}

/** Starts with every share untouched. */
export function createRateLimit({ limits, isKnown, onRefused, clock }: RateLimitOptions): RateLimit {
  const bucket = (perSecond: number): TokenBucket =>
    createTokenBucket({ perSecond, burst: Math.max(leastBurst, perSecond * burstSeconds) }, clock);
  const rates = ratesOf(limits);
  const ofStrangers: Share = { messages: [createTokenBucket(strangers, clock)], bytes: undefined };
  const enrolmentsTogether = bucket(limits.enrolmentsPerSecondTogether);
  const shares = createLruCache<string, Share>(maxSubjects);
  const bytes = createLruCache<string, TokenBucket>(maxSubjects);

  const bytesOf = (cluster: string): TokenBucket => {
    const share = bytes.get(cluster) ?? bucket(limits.bytesPerSecond);
    bytes.set(cluster, share);
    return share;
  };
  const shareOf = (subject: string): Share => {
    const known = shares.get(subject);
    if (known !== undefined) return known;
    // Not `parseSubject`: an error for each message of a flood would cost more than all the rest.
    const [, , mesh = '', cluster = '', topic = ''] = subject.split('.');
    const perSecond = rates.get(topic);
    if (perSecond === undefined || !isKnown(mesh, cluster)) return ofStrangers;
    const together = topic === 'enrol' ? [enrolmentsTogether] : [];
    const share = { messages: [bucket(perSecond), ...together], bytes: bytesOf(`${mesh}/${cluster}`) };
    shares.set(subject, share);
    return share;
  };

  return {
    admit: (subject, size) => {
      const share = shareOf(subject);
      if ((share.bytes !== undefined && share.bytes.left() <= 0) || share.messages.some((each) => each.left() <= 0)) {
        onRefused(subject);
        return false;
      }
      for (const each of share.messages) each.take(1);
      share.bytes?.take(size);
      return true;
    },
  };
}

/** By topic: those that mgmt listens to. */
function ratesOf(limits: Limits): ReadonlyMap<string, number> {
  const rates: Partial<Record<Topic, number>> = {
    report: limits.reportsPerSecond,
    issue: limits.issueRequestsPerSecond,
    link: limits.linkStatesPerSecond,
    enrol: limits.enrolmentsPerSecond,
    renew: limits.enrolmentsPerSecond,
    result: limits.taskResultsPerSecond,
  };
  return new Map(Object.entries(rates));
}
