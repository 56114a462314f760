import { RerootError } from '@reroot/shared/errors';
import { composeBundle } from '@reroot/shared/pki';
import { isRenewalDue } from '@reroot/shared/protocol';
import type { CaSecret } from '../cluster/cluster.ts';
import { problemOf } from '../problem.ts';
import { compareAccepted, describeRow, digestRow, requireNewerOrSame } from '../trust/accepted.ts';
import type { Desired } from '../trust/desired.ts';
import { areAdjacent } from './adjacency.ts';
import { type Held, readHeld } from './held.ts';
import { isKept, requireFormer } from './kept-signer.ts';
import type { InstallFacts, InstallPlan } from './plan.ts';
import { planFollowUp } from './plan-follow-up.ts';
import { requireCrls } from './require-crls.ts';

type WritePlan = Extract<InstallPlan, { kind: 'write' }>;

/**
 * Decides the next act of the agent. Pure, and it asks for one act only: the next pass plans from what that act left.
 *
 * Nothing is written for desired trust that is older than what was accepted or contradicts it, over a CA of somebody else
 * unless it may be adopted, when the step from what is held to what is desired is not adjacent, unless the passage is
 * abrupt, or beside revocation lists that lack a CA.
 */
export function planInstall(facts: InstallFacts): InstallPlan {
  const { secret, desired, proof } = facts;
  if (secret === undefined) return planAnew(facts);
  const written = planWrite(secret, facts);
  if (written.kind !== 'none' || proof === undefined || isUntouched(secret, desired)) return written;
  return planFollowUp({ ...facts, secret, proof });
}

function planAnew(facts: InstallFacts): InstallPlan {
  return refusing(() => writeAnew(facts));
}

/** @throws RR_SIGNER_NOT_KEPT */
function writeAnew(facts: InstallFacts): WritePlan {
  return { kind: 'write', bundle: composeBundle(undefined, facts.desired.roots), ...newSigner(facts) };
}

/** Where nothing signs that could go on: another intermediate, or what signed before. @throws RR_SIGNER_NOT_KEPT */
function newSigner({ desired, former = [], nowMs }: InstallFacts): Pick<WritePlan, 'needIntermediate' | 'restored'> {
  if (desired.signer !== 'kept') return { needIntermediate: true };
  return { needIntermediate: false, restored: requireFormer(former, desired, nowMs) };
}

function refusing(plan: () => InstallPlan): InstallPlan {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof RerootError)) throw error;
    return { kind: 'refuse', problem: problemOf(error) };
  }
}

function planWrite(secret: CaSecret, facts: InstallFacts): InstallPlan {
  const { desired, nowMs, adoption } = facts;
  return refusing(() => {
    if (adoption === 'never') requireOurs(secret);
    requireNewerOrSame(desired, secret.annotations?.accepted);
    requireNotDrifted(secret, desired);
    const plan = desired.passage === 'abrupt' ? planAbruptWrite(secret, facts) : planGradualWrite(secret, facts);
    requireCrls(plan, secret, desired, nowMs);
    return plan;
  });
}

/** @throws RR_SECRET_NOT_OURS */
function requireOurs({ source, owner }: CaSecret): void {
  if (source === 'istio-ca-secret') {
    const who = 'istiod signs with a CA that it made itself, from istio-ca-secret';
    throw new RerootError('RR_SECRET_NOT_OURS', `${who}; there is no cacerts Secret, and adoption is not allowed`);
  }
  if (owner === 'other') {
    throw new RerootError('RR_SECRET_NOT_OURS', 'the cacerts Secret was not written by reroot, and adoption is not allowed');
  }
}

/**
 * Leaves a change by somebody else as it is, where the mesh asks for that. The same row under another term is no other row: a new
 * mgmt must not undo what it is meant to leave.
 * @throws RR_SECRET_DRIFTED
 */
function requireNotDrifted({ owner, editedBy, annotations }: CaSecret, desired: Desired): void {
  if (desired.drift !== 'report' || owner !== 'reroot' || editedBy.length === 0) return;
  if (annotations?.accepted.rowDigest !== digestRow(desired)) return;
  const who = editedBy.slice(0, 3).join(', ');
  throw new RerootError('RR_SECRET_DRIFTED', `the files of the cacerts Secret were changed by ${who}, and are left as they are`);
}

/** @throws RR_TRUST_NOT_ADJACENT; RR_SECRET_UNREADABLE; RR_BUNDLE_NOT_RELATED when no istiod would load the new bundle */
function planGradualWrite(secret: CaSecret, facts: InstallFacts): InstallPlan {
  const { desired } = facts;
  const held = isRestorable(secret, desired) ? readIfSound(secret) : readHeld(secret);
  if (held === undefined) return writeAnew(facts);
  if (!areAdjacent(held, desired)) {
    throw new RerootError('RR_TRUST_NOT_ADJACENT', `cannot go from ${describeRow(held)} to ${describeRow(desired)}`);
  }
  return planOver(secret, held, facts);
}

/**
 * Whether what cannot be read may be written anew as if it had been taken away: istiod loads nothing of it, and goes on with what
 * reroot wrote, which was for this very row, so that no step is taken. Under another row it is not known what to step from.
 */
function isRestorable({ owner, annotations }: CaSecret, desired: Desired): boolean {
  return owner === 'reroot' && desired.drift !== 'report' && annotations?.accepted.rowDigest === digestRow(desired);
}

function readIfSound(secret: CaSecret): Held | undefined {
  try {
    return readHeld(secret);
  } catch (error) {
    if (error instanceof RerootError) return undefined;
    throw error;
  }
}

/** Keeps to the bytes where the roots allow it, and makes the bundle anew where not. */
function planAbruptWrite(secret: CaSecret, facts: InstallFacts): InstallPlan {
  try {
    return planOver(secret, readHeld(secret), facts);
  } catch (error) {
    if (!(error instanceof RerootError)) throw error;
    return writeAnew(facts);
  }
}

/**
 * `none` when the Secret holds what is desired already. A CA that somebody else installed, and whose signer is to be kept, stays
 * untouched for as long as it holds that: what it was found to hold is the first thing that its cluster is told.
 */
function planOver(secret: CaSecret, held: Held, facts: InstallFacts): InstallPlan {
  const { desired, nowMs } = facts;
  const bundle = composeBundle(secret.rootCert, desired.roots, secret.annotations?.formerRootCert);
  const fits = desired.signer === 'kept' ? isKept(held, desired) : fitsSigner(held, desired, nowMs);
  const right = bundle === secret.rootCert && fits && secret.staleCopies.length === 0;
  if (right && (isUntouched(secret, desired) || areAnnotated(secret, desired))) return { kind: 'none' };
  return { kind: 'write', bundle, ...(fits ? { needIntermediate: false } : newSigner(facts)) };
}

function isUntouched({ owner }: CaSecret, desired: Desired): boolean {
  return desired.signer === 'kept' && owner === 'other';
}

function areAnnotated({ annotations, owner }: CaSecret, desired: Desired): boolean {
  return (
    owner === 'reroot' &&
    annotations !== undefined &&
    compareAccepted(desired, annotations.accepted) === 0 &&
    annotations.replicaRestart === desired.replicaRestart
  );
}

/** A root that signs by itself is replaced by an intermediate under it: its key does not belong into a cluster. */
function fitsSigner(held: Held, desired: Desired, nowMs: number): boolean {
  const { signerRoot, signer, keyFits } = held;
  if (signer.fingerprint === signerRoot.fingerprint) return false;
  const { graceRatio } = desired.intermediate;
  return signerRoot.fingerprint === desired.signerRoot.fingerprint && keyFits && !isRenewalDue(signer, graceRatio, nowMs);
}
