import { RerootError } from '@reroot/shared/errors';
import { composeBundle } from '@reroot/shared/pki';
import type { Problem } from '@reroot/shared/protocol';
import type { CaSecret } from '../cluster/cluster.ts';
import { isRenewalDue } from '../intermediate/renewal.ts';
import { makeProblem, problemOf } from '../problem.ts';
import { compareAccepted, nothingAccepted } from '../trust/accepted.ts';
import type { Desired } from '../trust/desired.ts';
import { areAdjacent } from './adjacency.ts';
import { type Held, readHeld } from './held.ts';
import type { InstallFacts, InstallPlan } from './plan.ts';
import { planFollowUp } from './plan-follow-up.ts';

/**
 * Decides the next act of the agent. Pure, and it asks for one act only: the next pass plans from what that act left.
 *
 * Nothing is written for desired trust that is older than what was accepted, over a Secret of somebody else, or when
 * the step from what is held to what is desired is not adjacent, unless strategy NONE allows replicas to be restarted.
 */
export function planInstall(facts: InstallFacts): InstallPlan {
  const { secret, desired, proof } = facts;
  if (secret === undefined) return { kind: 'write', bundle: composeBundle(undefined, desired.roots), needIntermediate: true };
  const objection = objectTo(secret, desired);
  if (objection !== undefined) return { kind: 'refuse', problem: objection };
  const written = planWrite(secret, desired, facts.nowMs);
  if (written.kind !== 'none' || proof === undefined) return written;
  return planFollowUp({ ...facts, secret, proof });
}

function objectTo(secret: CaSecret, desired: Desired): Problem | undefined {
  if (secret.owner === 'other') return makeProblem('RR_SECRET_NOT_OURS', 'the cacerts Secret was not written by reroot');
  const accepted = secret.accepted ?? nothingAccepted;
  if (compareAccepted(desired, accepted) >= 0) return undefined;
  const pairs = `term ${desired.term} generation ${desired.generation} after term ${accepted.term} generation ${accepted.generation}`;
  return makeProblem('RR_TRUST_STALE', `desired trust of ${pairs} was refused`);
}

/** `none` when the Secret holds the desired roots, signer and pair already. */
function planWrite(secret: CaSecret, desired: Desired, nowMs: number): InstallPlan {
  const abrupt = desired.replicaRestart === 'when-refused';
  try {
    const held = readHeld(secret);
    const bundle = planBundle(secret, held, desired, abrupt);
    const needIntermediate = !fitsSigner(held, desired, nowMs);
    const accepted = secret.accepted !== undefined && compareAccepted(desired, secret.accepted) === 0;
    if (bundle === secret.rootCert && !needIntermediate && accepted) return { kind: 'none' };
    return { kind: 'write', bundle, needIntermediate };
  } catch (error) {
    if (!(error instanceof RerootError)) throw error;
    if (abrupt) return { kind: 'write', bundle: composeBundle(undefined, desired.roots), needIntermediate: true };
    return { kind: 'refuse', problem: problemOf(error) };
  }
}

function fitsSigner(held: Held, desired: Desired, nowMs: number): boolean {
  return held.signerRoot.fingerprint === desired.signerRoot.fingerprint && held.keyFits && !isRenewalDue(held.signer, nowMs);
}

/** @throws RR_TRUST_NOT_ADJACENT; RR_BUNDLE_NOT_RELATED when no istiod would load the new bundle over the old one */
function planBundle(secret: CaSecret, held: Held, desired: Desired, abrupt: boolean): string {
  if (!abrupt && !areAdjacent(held, desired)) {
    const from = describeRow(held.roots, held.signerRoot);
    throw new RerootError('RR_TRUST_NOT_ADJACENT', `cannot go from ${from} to ${describeRow(desired.roots, desired.signerRoot)}`);
  }
  return composeBundle(secret.rootCert, desired.roots);
}

/** `[roots | signer]`, fingerprints cut to what a person compares. */
function describeRow(roots: Desired['roots'], signerRoot: Desired['signerRoot']): string {
  const short = ({ fingerprint }: { fingerprint: string }) => fingerprint.slice(0, 8);
  return `[${roots.map(short).join('+')} | ${short(signerRoot)}]`;
}
