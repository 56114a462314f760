import { isDeepStrictEqual } from 'node:util';
import type { HeldRecord, LeaseRecord } from './lease-record.ts';

/**
 * The rules of client-go (k8s.io/client-go/tools/leaderelection): a replica goes by when it has itself seen the lease change, and
 * never by what another one's clock says. Whoever leads stops before anybody else may begin, as long as no two clocks run at rates that
 * differ by more than `durationMs / renewWithinMs`.
 */

/** How long a lease is good, and how it is kept. */
export interface LeaseTimings {
  /** How long the others wait after the last renewal that they have seen. */
  readonly durationMs: number;
  /** After the last renewal that succeeded, the leader acts for so long, and no longer. */
  readonly renewWithinMs: number;
  /** How often is renewed, and looked. */
  readonly retryMs: number;
}

/** What a replica has seen of the lease last. */
export interface Observation {
  readonly seen: HeldRecord;
  /** When the record was first seen like this, by this replica's own clock. */
  readonly atMs: number;
}

/** What a replica may do to a lease. */
export type LeaseStep = { readonly kind: 'create' | 'take' | 'renew' } | { readonly kind: 'wait'; readonly untilMs: number };

/** What is seen of the lease now. A record that says the same as before was not renewed, whoever has touched the object. */
export function observe(before: Observation | undefined, seen: HeldRecord, nowMs: number): Observation {
  if (before !== undefined && isDeepStrictEqual(before.seen.record, seen.record)) return { seen, atMs: before.atMs };
  return { seen, atMs: nowMs };
}

/** @param me the identity of this replica */
export function decideLease(observation: Observation | undefined, me: string, nowMs: number): LeaseStep {
  if (observation === undefined) return { kind: 'create' };
  const { holder } = observation.seen.record;
  if (holder === me) return { kind: 'renew' };
  if (holder === '') return { kind: 'take' };
  const untilMs = expiryOf(observation);
  return nowMs >= untilMs ? { kind: 'take' } : { kind: 'wait', untilMs };
}

/** When a lease that is not renewed may be taken, by the clock of whoever has seen it. */
export function expiryOf({ seen, atMs }: Observation): number {
  return atMs + seen.record.durationMs;
}

/** Who leads, as far as a replica knows; undefined when the lease has ended, or was given back. */
export function leaderOf(observation: Observation | undefined, nowMs: number): LeaseRecord | undefined {
  if (observation === undefined || observation.seen.record.holder === '' || nowMs >= expiryOf(observation)) return undefined;
  return observation.seen.record;
}

/** What a replica writes of itself. */
export interface Candidate {
  readonly identity: string;
  readonly address: string;
}

/** The record of whoever takes the lease, or renews it. @param at the time for people, RFC 3339 with microseconds */
export function claim(
  before: LeaseRecord | undefined,
  { identity, address }: Candidate,
  durationMs: number,
  at: string,
): LeaseRecord {
  const mine = before?.holder === identity;
  return {
    ...{ holder: identity, durationMs, renewedAt: at, address },
    acquiredAt: mine ? before.acquiredAt : at,
    transitions: before === undefined ? 0 : before.transitions + (mine ? 0 : 1),
  };
}

/** The record of a lease that is given back: whoever sees it takes it at once. */
export function giveBack(before: LeaseRecord, at: string): LeaseRecord {
  return { ...before, holder: '', durationMs: 1_000, renewedAt: at, acquiredAt: at, address: '' };
}
