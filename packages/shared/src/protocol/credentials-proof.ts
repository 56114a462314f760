import { createHash, createHmac, timingSafeEqual, verify as verifySignature } from 'node:crypto';
import type { Identity } from './identity.ts';
import { keyFromDer } from './identity.ts';
import { joinParts } from './signing-parts.ts';

/** What a proof is about: nothing of it can be exchanged without the proof failing. */
export interface Claim {
  readonly mesh: string;
  readonly cluster: string;
  /** Ed25519, SPKI in DER. */
  readonly publicKey: Uint8Array;
  readonly natsUser: string;
}

/**
 * The key that mgmt keeps of an invitation, and that its token gives the agent: HMAC of the token's secret, so that
 * what mgmt stores is not what the join file holds.
 * @param secret of the join file
 */
export function invitationKey(secret: Uint8Array): Uint8Array {
  return createHmac('sha256', secret).update('reroot/v1 invitation').digest();
}

/** Proves that an agent holds the token of a join file, without showing it to the broker. */
export function enrolmentProof(key: Uint8Array, claim: Claim): Uint8Array {
  return createHmac('sha256', key).update(proofInput(claim)).digest();
}

/** Whether an `enrolmentProof` holds; takes as long whatever is wrong. */
export function holdsEnrolmentProof(key: Uint8Array, claim: Claim, proof: Uint8Array): boolean {
  const [wanted, found] = [enrolmentProof(key, claim), proof].map((bytes) => createHash('sha256').update(bytes).digest());
  return wanted !== undefined && found !== undefined && timingSafeEqual(wanted, found);
}

/** Proves that an agent has the private half of a key that it asks to change to. */
export function possessionProof(next: Identity, claim: Claim): Uint8Array {
  return next.sign(proofInput(claim));
}

/**
 * Whether a `possessionProof` by the claim's own public key holds.
 * @throws RR_IDENTITY_INVALID when that is no Ed25519 key
 */
export function holdsPossessionProof(claim: Claim, proof: Uint8Array): boolean {
  return verifySignature(null, proofInput(claim), keyFromDer(claim.publicKey), proof);
}

function proofInput({ mesh, cluster, publicKey, natsUser }: Claim): Uint8Array {
  return joinParts(['reroot/v1 credentials', mesh, cluster, publicKey, natsUser]);
}
