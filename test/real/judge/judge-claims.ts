import type { Claim, Facts } from './claims.ts';

/** What the judge saw of one cluster at one moment. */
export interface Moment {
  readonly cluster: string;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  readonly facts: Facts;
}

/** What became of all claims. */
export interface Judgement {
  /** Claims of a single fact that were compared with what was seen. */
  readonly compared: number;
  /** Those that say what had not come to be yet, in words. */
  readonly ahead: readonly string[];
  /** Those that say what was so once, and had ceased to be for longer than a report may be late. */
  readonly stale: readonly string[];
  /** How long each change that was seen went unreported. */
  readonly lagsMs: readonly number[];
  /** Changes that the next one overtook before any report. */
  readonly overtaken: number;
}

/** By how much a report may be late. Without a bound, one that says what comes to be a second time would never be ahead. */
const mayLagMs = 5_000;

/**
 * Compares reports with what was seen. A claim is true when the place held it at some moment between `mayLagMs` before the
 * report was taken and the first look after it. It is ahead when the place never held it up to then, and stale otherwise.
 * What stood at the beginning of that time is what the last look before it saw; what comes and goes between two looks is
 * not seen, and nothing of a mesh does that.
 * @param moments of one cluster after the other or mixed, each cluster's in the order of time
 */
export function judgeClaims(moments: readonly Moment[], claims: readonly Claim[]): Judgement {
  const ahead: string[] = [];
  const stale: string[] = [];
  let compared = 0;
  const changes = findChanges(moments);
  for (const claim of claims) {
    const own = moments.filter(({ cluster }) => cluster === claim.cluster);
    for (const [fact, claimed] of claim.facts) {
      const verdict = judgeFact(own, claim, fact, claimed);
      if (verdict === 'not-seen') continue;
      compared += 1;
      const words = `${claim.cluster} ${fact} ${claimed} at ${new Date(claim.takenAtMs).toISOString()}`;
      if (verdict === 'ahead') ahead.push(words);
      if (verdict === 'stale') stale.push(words);
    }
  }
  const lags = changes.map((change) => lagOf(change, claims));
  const lagsMs = lags.filter((lag) => lag !== 'overtaken');
  return { compared, ahead, stale, lagsMs, overtaken: lags.length - lagsMs.length };
}

type Verdict = 'true' | 'ahead' | 'stale' | 'not-seen';

function judgeFact(own: readonly Moment[], claim: Claim, fact: string, claimed: string): Verdict {
  const seen = own.filter(({ facts }) => facts.has(fact));
  const before = seen.filter(({ endedAtMs }) => endedAtMs <= claim.takenAtMs);
  const after = seen.find(({ beganAtMs }) => beganAtMs >= claim.takenAtMs);
  if (before.length === 0 || after === undefined) return 'not-seen';
  const during = seen.filter(({ beganAtMs, endedAtMs }) => beganAtMs < claim.takenAtMs && endedAtMs > claim.takenAtMs);
  const standing = before.findLastIndex(({ endedAtMs }) => endedAtMs <= claim.takenAtMs - mayLagMs);
  const isClaimed = ({ facts }: Moment): boolean => facts.get(fact) === claimed;
  if ([...before.slice(Math.max(standing, 0)), ...during, after].some(isClaimed)) return 'true';
  return before.some(isClaimed) ? 'stale' : 'ahead';
}

/** A fact that became another between two looks. */
interface Change {
  readonly cluster: string;
  readonly fact: string;
  readonly value: string;
  /** The middle between the two looks. */
  readonly atMs: number;
  /** The first moment at which it can have been. */
  readonly notBeforeMs: number;
  /** When the next change of the same fact was. */
  readonly untilMs: number;
}

function findChanges(moments: readonly Moment[]): readonly Change[] {
  const last = new Map<string, { readonly value: string; readonly beganAtMs: number; readonly change: number | undefined }>();
  const changes: Change[] = [];
  for (const { cluster, beganAtMs, endedAtMs, facts } of moments) {
    for (const [fact, value] of facts) {
      const key = `${cluster} ${fact}`;
      const previous = last.get(key);
      let change = previous?.change;
      if (previous !== undefined && previous.value !== value) {
        const open = change === undefined ? undefined : changes[change];
        if (open !== undefined && change !== undefined) changes[change] = { ...open, untilMs: endedAtMs };
        const atMs = (previous.beganAtMs + endedAtMs) / 2;
        change = changes.length;
        changes.push({ cluster, fact, value, atMs, notBeforeMs: previous.beganAtMs, untilMs: Number.POSITIVE_INFINITY });
      }
      last.set(key, { value, beganAtMs, change });
    }
  }
  return changes;
}

function lagOf({ cluster, fact, value, atMs, notBeforeMs, untilMs }: Change, claims: readonly Claim[]): number | 'overtaken' {
  const first = claims.find((claim) => {
    return claim.cluster === cluster && claim.receivedAtMs >= notBeforeMs && claim.facts.get(fact) === value;
  });
  if (first === undefined || first.receivedAtMs > untilMs) return 'overtaken';
  return Math.max(0, first.receivedAtMs - atMs);
}
