import { describe, expect, it } from 'vitest';
import {
  type Claim,
  enrolmentProof,
  holdsEnrolmentProof,
  holdsPossessionProof,
  invitationKey,
  possessionProof,
} from './credentials-proof.ts';
import { generateIdentity } from './identity.ts';

const { identity } = generateIdentity();
const stranger = generateIdentity().identity;
const claim: Claim = {
  mesh: 'demo',
  cluster: 'east',
  publicKey: identity.publicKeyDer,
  natsUser: `U${'A'.repeat(55)}`,
};
const secret = Buffer.alloc(32, 7);
const key = invitationKey(secret);

const changed: readonly [string, Partial<Claim>][] = [
  ['the mesh', { mesh: 'other' }],
  ['the cluster', { cluster: 'west' }],
  ['the public key', { publicKey: stranger.publicKeyDer }],
  ['the user of NATS', { natsUser: `U${'B'.repeat(55)}` }],
  ['no user of NATS', { natsUser: '' }],
  ['the border between two parts', { mesh: 'demoe', cluster: 'ast' }],
];

describe('the proof of an invitation', () => {
  it('holds for the claim that it was made for', () => {
    expect(holdsEnrolmentProof(key, claim, enrolmentProof(key, claim))).toBe(true);
    const withoutUser = { ...claim, natsUser: '' };
    expect(holdsEnrolmentProof(key, withoutUser, enrolmentProof(key, withoutUser))).toBe(true);
  });

  it.each(changed)('fails with %s exchanged', (_, change) => {
    expect(holdsEnrolmentProof(key, { ...claim, ...change }, enrolmentProof(key, claim))).toBe(false);
  });

  it('fails with the key of another invitation, and with the secret itself', () => {
    const proof = enrolmentProof(key, claim);
    expect(holdsEnrolmentProof(invitationKey(Buffer.alloc(32, 8)), claim, proof)).toBe(false);
    expect(holdsEnrolmentProof(key, claim, enrolmentProof(secret, claim))).toBe(false);
  });

  it('fails with any bit flipped, and with any other length, without an error', () => {
    const proof = enrolmentProof(key, claim);
    for (let bit = 0; bit < proof.length * 8; bit += 1) {
      const flipped = Uint8Array.from(proof);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(holdsEnrolmentProof(key, claim, flipped)).toBe(false);
    }
    for (const other of [new Uint8Array(), proof.subarray(0, 31), Buffer.concat([proof, Buffer.alloc(1)])]) {
      expect(holdsEnrolmentProof(key, claim, other)).toBe(false);
    }
  });

  it('does not tell of the secret: mgmt keeps a key from which it cannot be had', () => {
    expect(Buffer.from(key).equals(secret)).toBe(false);
    expect(key).toHaveLength(32);
  });
});

describe('the proof of a new key', () => {
  it('holds when that very key has signed the claim', () => {
    expect(holdsPossessionProof(claim, possessionProof(identity, claim))).toBe(true);
  });

  it.each(changed)('fails with %s exchanged', (_, change) => {
    expect(holdsPossessionProof({ ...claim, ...change }, possessionProof(identity, claim))).toBe(false);
  });

  it('fails when another key has signed the claim: nobody can have a key taken that is not theirs', () => {
    expect(holdsPossessionProof(claim, possessionProof(stranger, claim))).toBe(false);
  });

  it('fails with any other length, without an error', () => {
    const proof = possessionProof(identity, claim);
    for (const other of [new Uint8Array(), proof.subarray(0, 63), Buffer.concat([proof, Buffer.alloc(1)])]) {
      expect(holdsPossessionProof(claim, other)).toBe(false);
    }
  });

  it('cannot be asked about what is no key', () => {
    const proof = possessionProof(identity, claim);
    expect(() => holdsPossessionProof({ ...claim, publicKey: Uint8Array.of(1) }, proof)).toThrow(
      expect.objectContaining({ code: 'RR_IDENTITY_INVALID' }) as Error,
    );
  });

  it('stands for nothing else: neither an envelope nor the proof of an invitation', () => {
    expect(holdsEnrolmentProof(key, claim, possessionProof(identity, claim))).toBe(false);
    expect(holdsPossessionProof(claim, identity.sign(Buffer.from('anything else')))).toBe(false);
  });
});
