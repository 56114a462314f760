import { generateIdentity } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import type { ClusterRecord, Invitation } from '../store/index.ts';
import {
  type Act,
  askForChange,
  type EnrolmentClaim,
  enrol,
  extendJwt,
  forgetExpired,
  heardBy,
  heardUnder,
  inviteAgain,
  newCluster,
  rename,
  renew,
  revoke,
  type ShownKeys,
} from './cluster-life.ts';
import { keyIdOf, keysOf } from './record-keys.ts';

const pems = Array.from({ length: 4 }, () => generateIdentity().publicKeyPem);
const idOf = (number: number): string => keyIdOf(pems[number] ?? '');
const act: Act = { by: 'ann', why: 'a test', nowMs: 1_000 };

function invitation(number = 1): Invitation {
  return { tokenId: `token-${number}`, key: 'ab'.repeat(32), expiresAtMs: 10_000, natsUser: `UJOIN${number}`, mgmtKeys: [] };
}

function shown(number: number, change: Partial<ShownKeys> = {}): ShownKeys {
  return {
    ...{ publicKeyPem: pems[number] ?? '', natsUser: `UAGENT${number}`, natsJwtExpiresAtMs: 5_000 },
    ...{ underName: 'east', askedSequence: number, ...change },
  };
}

function claim(number: number, token = 1, proof: 'holds' | 'fails' = 'holds'): EnrolmentClaim {
  return { ...shown(number), tokenId: `token-${token}`, provenBy: () => proof === 'holds' };
}

const again = (record: ClusterRecord, number = 2): ClusterRecord =>
  inviteAgain(record, { mesh: record.mesh, invitation: invitation(number) }, act);
const coded = (code: string): unknown => expect.objectContaining({ code });
const invited = newCluster('east', 'demo', invitation(), act);
const enrolled = enrol(invited, claim(0), 2_000);
const users = (record: ClusterRecord): readonly string[] => record.revokedUsers.map(({ natsUser }) => natsUser);

describe('enrolling', () => {
  it('takes the first agent in, and makes the join file worth nothing', () => {
    expect(keysOf(invited)).toEqual([]);
    expect(keysOf(enrolled)).toEqual([pems[0]]);
    expect(enrolled.invitation).toBeUndefined();
  });

  it('leaves the join file its user until the agent is heard: its answer may have been lost', () => {
    expect(users(enrolled)).toEqual([]);
    const heard = heardBy(enrolled, idOf(0), 2_500);
    expect(users(heard)).toEqual(['UJOIN1']);
    expect(heardBy(heard, idOf(0), 2_600)).toBe(heard);
  });

  it('gives the same agent the same answer again, and no other one', () => {
    expect(enrol(enrolled, claim(0), 3_000)).toEqual(enrolled);
    expect(() => enrol(enrolled, claim(1), 3_000)).toThrow(coded('RR_ENROL_USED'));
    expect(() => enrol(enrolled, { ...claim(0), natsUser: 'UOTHER' }, 3_000)).toThrow(coded('RR_ENROL_USED'));
  });

  it.each([
    ['RR_ENROL_PROOF', 'a proof that fails', claim(0, 1, 'fails'), 2_000],
    ['RR_ENROL_UNKNOWN', 'another token', claim(0, 2), 2_000],
    ['RR_ENROL_EXPIRED', 'the moment at which it ends', claim(0), 10_000],
    ['RR_ENROL_PROOF', 'a proof that fails, too late besides: strangers learn nothing', claim(0, 1, 'fails'), 10_000],
    ['RR_ENROL_KEYS_TAKEN', 'the user of the join file as its own', { ...claim(0), natsUser: 'UJOIN1' }, 2_000],
  ] as const)('refuses with %s: %s', (code, _, asked, nowMs) => {
    expect(() => enrol(invited, asked, nowMs)).toThrow(coded(code));
  });

  it('anew leaves the present agent in place until the new one comes, and then shuts it out', () => {
    const reinvited = again(enrolled);
    expect(keysOf(reinvited)).toEqual([pems[0]]);
    const taken = enrol(reinvited, claim(1, 2), 3_000);
    expect(keysOf(taken)).toEqual([pems[1]]);
    expect(users(taken)).toEqual(['UAGENT0', 'UJOIN1']);
  });

  it('anew takes no NATS user that it is about to shut out', () => {
    const sameUser = { ...claim(1, 2), natsUser: 'UAGENT0', mgmtKeys: [] };
    expect(() => enrol(again(enrolled), sameUser, 3_000)).toThrow(coded('RR_ENROL_KEYS_TAKEN'));
  });

  it('anew makes the join file before it void', () => {
    expect(() => enrol(again(invited), claim(0), 2_000)).toThrow(coded('RR_ENROL_UNKNOWN'));
    expect(users(again(invited))).toEqual(['UJOIN1']);
  });
});

describe('a change of keys', () => {
  const asked = askForChange(enrolled);
  const renewed = renew(asked, shown(1), 3_000);

  it('lets the agent speak by both until it is heard by the new one', () => {
    expect(asked.epoch).toBe(1);
    expect(keysOf(renewed)).toEqual([pems[0], pems[1]]);
    expect(keysOf(heardBy(renewed, idOf(0), 4_000))).toEqual(keysOf(renewed));
    const changed = heardBy(renewed, idOf(1), 4_000);
    expect(keysOf(changed)).toEqual([pems[1]]);
    expect(users(changed)).toEqual(['UAGENT0', 'UJOIN1']);
    expect(changed.agent?.epoch).toBe(1);
  });

  it('may be asked for twice by the same keys, and a second try with others makes the first one void', () => {
    expect(renew(renewed, shown(1), 3_000)).toEqual(renewed);
    const retried = renew(renewed, shown(2), 3_500);
    expect(keysOf(retried)).toEqual([pems[0], pems[2]]);
    expect(users(retried)).toEqual(['UAGENT1']);
  });

  it('does not go back to the first try when that is played back', () => {
    const retried = renew(renewed, shown(2, { askedSequence: 20 }), 3_500);
    const replay = shown(1, { natsUser: '', askedSequence: 20 });
    expect(() => renew(retried, replay, 4_000)).toThrow(coded('RR_PROTOCOL_REPLAYED'));
    expect(() => renew(retried, shown(1, { askedSequence: 21 }), 4_000)).toThrow(coded('RR_ENROL_KEYS_TAKEN'));
  });

  it('that was asked for again meanwhile is owed still', () => {
    const askedTwice = renew(askForChange(renewed), shown(1), 3_500);
    expect(askedTwice.nextAgent?.epoch).toBe(1);
    expect(keysOf(renew(heardBy(askedTwice, idOf(1), 4_000), shown(2), 4_500))).toEqual([pems[1], pems[2]]);
  });

  it('is refused to an agent that nobody has asked', () => {
    expect(() => renew(enrolled, shown(1), 3_000)).toThrow(coded('RR_RENEW_NOT_ASKED'));
    expect(() => renew(heardBy(renewed, idOf(1), 3_500), shown(2), 4_000)).toThrow(coded('RR_RENEW_NOT_ASKED'));
  });

  it('is refused with the keys that the agent has, and to a cluster without an agent', () => {
    expect(() => renew(asked, shown(0), 3_000)).toThrow(coded('RR_RENEW_SAME_KEY'));
    expect(() => renew(asked, shown(1, { natsUser: 'UAGENT0' }), 3_000)).toThrow(coded('RR_RENEW_SAME_KEY'));
    expect(() => renew(asked, shown(1, { natsUser: 'UJOIN1' }), 3_000)).toThrow(coded('RR_ENROL_KEYS_TAKEN'));
    expect(() => renew(invited, shown(1), 3_000)).toThrow(coded('RR_CLUSTER_NOT_ENROLLED'));
    expect(() => askForChange(invited)).toThrow(coded('RR_CLUSTER_NOT_ENROLLED'));
  });
});

describe('a change of name', () => {
  const renamed = rename(enrolled, 'north', 3_000);

  it('knows the former name until the agent speaks under the new one, and is one at a time', () => {
    expect(renamed).toMatchObject({ name: 'north', formerName: 'east' });
    expect(() => rename(renamed, 'south', 3_000)).toThrow(coded('RR_CLUSTER_RENAMING'));
    expect(heardUnder(renamed, 'east')).toBe(renamed);
    expect(heardUnder(renamed, 'north').formerName).toBeUndefined();
  });

  it('has the agent change its keys under the new name: its NATS user may be let in under the former one', () => {
    expect(() => renew(renamed, shown(1), 3_500)).toThrow(coded('RR_RENEW_NOT_ASKED'));
    const moved = heardUnder(renamed, 'north');
    const changed = heardBy(renew(moved, shown(1, { underName: 'north' }), 4_000), idOf(1), 4_500);
    expect(changed.agent?.epoch).toBe(renamed.epoch);
    expect(users(changed)).toContain('UAGENT0');
  });

  it('owes that change also when the agent was about to change its keys under the former name', () => {
    const late = renew(rename(askForChange(enrolled), 'north', 3_000), shown(1), 3_500);
    expect(late.nextAgent?.epoch).toBe(late.epoch - 1);
    const moved = heardUnder(heardBy(late, idOf(1), 4_000), 'north');
    expect(keysOf(renew(moved, shown(2, { underName: 'north' }), 4_500))).toEqual([pems[1], pems[2]]);
  });

  it('makes an open join file void, for that is of the former name', () => {
    const reinvited = rename(again(enrolled), 'north', 3_000);
    expect(reinvited.invitation).toBeUndefined();
    expect(users(reinvited)).toEqual(['UJOIN2']);
  });

  it('is refused to a cluster without an agent', () => {
    expect(() => rename(invited, 'north', 3_000)).toThrow(coded('RR_CLUSTER_NOT_ENROLLED'));
  });
});

describe('revoking', () => {
  it('leaves nobody to speak for the cluster, and shuts every user of it out of NATS', () => {
    const revoked = revoke(renew(askForChange(again(enrolled)), shown(1), 2_500), act);
    expect(keysOf(revoked)).toEqual([]);
    expect(revoked.revoked).toEqual({ by: 'ann', why: 'a test', atMs: 1_000 });
    expect(users(revoked).toSorted()).toEqual(['UAGENT0', 'UAGENT1', 'UJOIN1', 'UJOIN2']);
    expect(() => enrol(revoked, claim(2, 2), 3_000)).toThrow(coded('RR_ENROL_UNKNOWN'));
    expect(() => enrol(revoked, claim(0), 3_000)).toThrow(coded('RR_ENROL_UNKNOWN'));
  });

  it('may be followed by a new invitation, into another mesh too', () => {
    const invitedBack = inviteAgain(revoke(enrolled, act), { mesh: 'other', invitation: invitation(2) }, act);
    const back = enrol(invitedBack, claim(1, 2), 3_000);
    expect(back).toMatchObject({ mesh: 'other', revoked: undefined });
    expect(keysOf(back)).toEqual([pems[1]]);
  });

  it('forgets users when no JWT of theirs can be good any more', () => {
    const revoked = revoke(enrolled, { ...act, nowMs: 3_000 });
    expect(users(forgetExpired(revoked, 5_000, 8_000))).toEqual(['UAGENT0', 'UJOIN1']);
    expect(users(forgetExpired(revoked, 5_000, 8_001))).toEqual([]);
    expect(forgetExpired(revoked, 5_000, 7_000)).toBe(revoked);
  });
});

describe('the JWT of an agent', () => {
  it('lasts as long as the longest that it was given', () => {
    expect(extendJwt(enrolled, 6_000).agent?.natsJwtExpiresAtMs).toBe(6_000);
    expect(extendJwt(enrolled, 4_000)).toBe(enrolled);
    expect(extendJwt(invited, 6_000)).toBe(invited);
  });
});
