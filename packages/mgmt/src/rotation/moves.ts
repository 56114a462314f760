import type { State } from '@reroot/shared/api';
import type { StateAct } from './act.ts';

/**
 * A rotation moves a mesh from root A to root B without a moment in which two workloads cannot verify each other.
 *
 *   NOT_ROTATING ─► ADDING_NEW_ROOT ─► PROPAGATING_NEW_INTERMEDIATE ─► DELETING_OLD_ROOT ─► FINISHED ─► NOT_ROTATING
 *                    [A+B | A]           [A+B | B]                       [B | B]
 *
 * Each step is given to the clusters in waves, and ends in VERIFYING and VERIFIED before the next begins. Each can be
 * taken back: ROLLING_BACK puts the row before in force, and is gated and verified like any step. Back from the first
 * step is PREVIOUS_CA, [A | A].
 *
 * ADDING_NEW_ROOT               both roots are trusted everywhere while the old one signs; without it a workload that
 *                               has not heard of B would refuse a peer that is already signed by it.
 * PROPAGATING_NEW_INTERMEDIATE  the new root signs while both stay trusted; only when no leaf of A is left anywhere
 *                               can A be dropped.
 * DELETING_OLD_ROOT             the old root is no longer trusted.
 * VERIFYING                     the step is proven by evidence; people, mgmt's own checks, or nobody, look at the traffic.
 * VERIFIED                      the step is accepted. Forward, the next begins once the evidence still holds: a replica
 *                               may have come back with old trust while people looked. Back, an operator decides.
 * ROLLING_BACK                  the row before is in force. From a row that the rotation was coming from below, it is
 *                               given to everybody at once: nobody can be further away than the row that is left. From
 *                               a row that was itself rolled back to, it waits for the evidence of that row first.
 * FAILED                        nothing more is changed; the row in force stays, until an operator retries or rolls back.
 */
export type Move = keyof typeof moves;

const steps = ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'] as const satisfies readonly State[];

/** Each move with the states it may start from, the states it may lead to, and what it is. */
export const moves = {
  start: {
    from: ['NOT_ROTATING', 'PREVIOUS_CA', 'FINISHED'],
    to: ['ADDING_NEW_ROOT', 'DELETING_OLD_ROOT'],
    means: 'an operator, or the grace period of the root, starts a rotation; nothing is told to any cluster yet',
  },
  approve: {
    from: ['ADDING_NEW_ROOT', 'DELETING_OLD_ROOT'],
    to: ['ADDING_NEW_ROOT', 'DELETING_OLD_ROOT'],
    means: 'another person than the one who started it lets a rotation in an emergency begin',
  },
  release: {
    from: [...steps, 'ROLLING_BACK'],
    to: [...steps, 'ROLLING_BACK'],
    means: 'the next wave of clusters is told the row',
  },
  prove: {
    from: [...steps, 'VERIFYING', 'VERIFIED', 'ROLLING_BACK'],
    to: [...steps, 'VERIFYING', 'VERIFIED', 'ROLLING_BACK'],
    means: 'every cluster of the waves so far is proven: the soak, or the minimum overlap, is counted from here',
  },
  doubt: {
    from: [...steps, 'VERIFYING', 'VERIFIED', 'ROLLING_BACK'],
    to: [...steps, 'VERIFYING', 'VERIFIED', 'ROLLING_BACK'],
    means: 'a cluster lags behind again: the soak, the timeout, the minimum overlap and what was verified begin anew',
  },
  verify: { from: [...steps, 'ROLLING_BACK'], to: ['VERIFYING'], means: 'every gate of the row has passed, in every cluster' },
  confirm: {
    from: ['VERIFYING'],
    to: ['VERIFIED'],
    means: 'connectivity was confirmed, by a person or by mgmt, or nobody asked for it',
  },
  lapse: {
    from: ['VERIFIED'],
    to: ['VERIFYING'],
    means: 'the approval, or the proof, has expired before the next row could begin, or is not borne out any more',
  },
  turnForward: {
    from: ['VERIFIED'],
    to: ['VERIFIED'],
    means: 'an operator goes forward again from a row that was rolled back to; the evidence then decides when',
  },
  advance: {
    from: ['VERIFIED'],
    to: ['PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'],
    means: 'the next row is put in force, and its first wave is told',
  },
  finish: { from: ['VERIFIED'], to: ['FINISHED'], means: 'the last row is verified: the new root becomes the current one' },
  stepBack: {
    from: [...steps, 'VERIFYING', 'VERIFIED', 'FAILED'],
    to: ['ROLLING_BACK'],
    means: 'the row before is put in force again, by an operator, by the step timeout or because it could not be verified',
  },
  settle: { from: ['VERIFIED'], to: ['PREVIOUS_CA'], means: 'the rollback has arrived at the first row and is verified' },
  forget: { from: ['FINISHED'], to: ['NOT_ROTATING'], means: 'the finished rotation has been shown long enough' },
  abort: {
    from: ['ADDING_NEW_ROOT', 'DELETING_OLD_ROOT', 'FAILED'],
    to: ['NOT_ROTATING'],
    means: 'an operator takes the rotation back before any cluster was told of it',
  },
  fail: {
    from: [...steps, 'VERIFYING', 'VERIFIED'],
    to: ['FAILED'],
    means: 'the rotation cannot go on by itself: the new root has expired, a wave took too long, or a step is not verified',
  },
  retry: {
    from: ['FAILED'],
    to: [...steps, 'VERIFYING', 'VERIFIED'],
    means: 'an operator takes the failed state up again',
  },
} as const satisfies Record<
  StateAct['move'],
  { readonly from: readonly State[]; readonly to: readonly State[]; readonly means: string }
>;
