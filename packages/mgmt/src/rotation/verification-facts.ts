import type { Laggard } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import type { RotationRecord } from './record.ts';

/** What the automatic verification of one step has found so far. It counts for the moment that it names, and no other. */
export interface VerificationFacts {
  readonly rotationId: string;
  readonly step: Step;
  readonly generation: number;
  /**
   * When the first check began: what was looked at before VERIFYING, or before VERIFIED of a renewal, proves nothing of it. No earlier than
   * the record has that moment, though the clock was set back since.
   */
  readonly startedAtMs: number;
  /**
   * Since when the time for a verdict counts, by the clock as it is set now, though it was set ahead or back meanwhile; from
   * VERIFYING on where it is left out. A step that was verified, and of which a cluster lagged behind while it soaked, has all of
   * it again, and so have the checks after a soak.
   */
  readonly countsFromMs?: number;
  /** Undefined until the checks have begun. */
  readonly finding: VerificationFinding | undefined;
}

/** A verdict names the proof that is stored with its evidence. */
export type VerificationFinding =
  /** The message says how far it is, such as "handshakes: 12 of 40". */
  | { readonly kind: 'running'; readonly message: string; readonly laggards: readonly Laggard[] }
  /** Everything has passed at `sinceMs`, and all that was looked at again until `atMs` has passed too. */
  | { readonly kind: 'passed'; readonly message: string; readonly proof: string; readonly sinceMs: number; readonly atMs: number }
  | { readonly kind: 'failed'; readonly message: string; readonly proof: string; readonly laggards: readonly Laggard[] };

/** What was found on the very moment that a record is in; undefined where nobody has looked at that yet. */
export function factsFor(record: RotationRecord, facts: VerificationFacts | undefined): VerificationFacts | undefined {
  if (facts === undefined || (record.state !== 'VERIFYING' && record.state !== 'VERIFIED')) return undefined;
  const fits =
    facts.rotationId === record.rotation?.id &&
    facts.step === record.step &&
    facts.generation === record.generation &&
    facts.startedAtMs >= record.enteredAtMs;
  return fits ? facts : undefined;
}

/** The finding on the very moment that a record is in; undefined where there is none yet. */
export function findingFor(record: RotationRecord, facts: VerificationFacts | undefined): VerificationFinding | undefined {
  return factsFor(record, facts)?.finding;
}

/**
 * Whether what has passed is of before the clusters were proven last, by what the clock showed: it is verified anew. It may be
 * of after that moment all the same, where the clock was set back between them.
 */
export function isOutdated({ wave }: Pick<RotationRecord, 'wave'>, finding: VerificationFinding | undefined): boolean {
  return finding?.kind === 'passed' && wave.provenAtMs !== undefined && finding.sinceMs < wave.provenAtMs;
}
