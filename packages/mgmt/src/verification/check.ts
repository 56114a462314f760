import type { Laggard } from '@reroot/shared/api';
import type { ProvenCheck } from '../store/index.ts';
import type { Clocks } from './steady-time.ts';
import type { Subject } from './subject.ts';

/** One thing that is looked at; it may remember between its attempts what it has found already. */
export interface Check {
  /** Stable; operators name checks by it. */
  readonly name: string;
  /** For how long what it has found counts, from when it began to look; left out where the rest of a proof may take any time. */
  readonly countsForMs?: number;
  /**
   * Looks. `unavailable` says that another attempt may find more.
   * @throws what keeps it from looking; that counts as `unavailable`
   */
  attempt(context: CheckContext): Promise<CheckResult>;
}

/** What an attempt has found. */
export type CheckResult = Omit<ProvenCheck, 'name'>;

/** What a check works with. */
export interface CheckContext extends Clocks {
  /** The mesh as it is now: clusters come and go while a check is under way. */
  readonly subject: () => Subject;
  /** What the checks before this one have found. */
  readonly before: readonly ProvenCheck[];
  /** Of the proof that is being made. */
  readonly proofId: string;
  readonly signal: AbortSignal;
  /** Says how far it is. */
  readonly progress: (message: string, laggards?: readonly Laggard[]) => void;
}

/** A result that names nobody. */
export function found(outcome: CheckResult['outcome'], message: string, evidence: CheckResult['evidence'] = {}): CheckResult {
  return { outcome, message, laggards: [], evidence };
}
