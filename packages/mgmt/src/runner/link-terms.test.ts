import { generateIdentity, keyringOfDer, openMessage, protocolVersion } from '@reroot/shared/protocol';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import type { Bus } from '@reroot/shared/transport';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLinkView, createSigningKeys, type LinkView, type SigningKeys } from '../fleet/index.ts';
import { type AgentSequences, createAgentSequences } from '../mesh/index.ts';
import { answerOf } from '../rotation/testing/sample-link.ts';
import { recordLog } from '../testing/recorded-log.ts';
import { createTermsTeller, type TermsTeller } from './link-terms.ts';
import { createPacer } from './pacer.ts';
import { createSealer, type Sealer } from './sealer.ts';

const [one, two] = [generateIdentity().identity, generateIdentity().identity];
const east = { mesh: 'demo', cluster: 'east' };
const west = { mesh: 'demo', cluster: 'west' };

describe('the terms of links', () => {
  let clock: FakeClock;
  let published: { subject: string; payload: Uint8Array }[];
  let links: LinkView;
  let sequences: AgentSequences;
  let epoch: number;
  let natsJwt: string;
  let goesBy: string | undefined;
  let teller: TermsTeller;
  beforeEach(() => {
    clock = createFakeClock(1_000_000);
    published = [];
    links = createLinkView(() => ({ kind: 'granted' }));
    sequences = createAgentSequences();
    [epoch, natsJwt, goesBy] = [4, 'jwt', undefined];
    teller = tellerWith(createSigningKeys({ current: one, acceptedBy: () => undefined })).teller;
  });

  function tellerWith(keys: SigningKeys): { teller: TermsTeller; sealer: Sealer } {
    let sequence = 0;
    const bus = { publish: (subject: string, payload: Uint8Array) => published.push({ subject, payload }) } as unknown as Bus;
    const sealer = createSealer({ keys, term: 7, nextSequence: () => (sequence += 1), clock });
    const pacer = createPacer({ clock, signal: new AbortController().signal, log: recordLog() });
    const termsFor = (_mesh: string, cluster: string) =>
      cluster === 'gone' ? undefined : { cluster: goesBy ?? cluster, credentialsEpoch: epoch, natsJwt };
    const accounts = { termsFor };
    const options = { bus, sealer, pacer, accounts, keys, links, sequences, mgmtVersion: '1.2.3', clock };
    return { teller: createTermsTeller(options), sealer };
  }
  const open = (index: number, publicKeys = [one.publicKeyDer]) =>
    openMessage({ ...published[index]!, keyring: keyringOfDer(publicKeys), expect: 'link-terms' });
  const answer = (cluster: string, heardSequence: number, mgmtKeys: readonly string[]): string =>
    links.heard('demo', cluster, {
      state: answerOf(0, { state: { heardSequence, heardAtMs: clock.now(), mgmtKeys } }).state,
      answeredAtMs: clock.now(),
      receivedAtMs: clock.now(),
    });

  it('are told to each cluster that may speak, signed, and on a subject of its own', () => {
    teller.tell([east, west, { mesh: 'demo', cluster: 'gone' }]);
    expect(published.map(({ subject }) => subject)).toEqual(['reroot.v1.demo.east.terms', 'reroot.v1.demo.west.terms']);
    const { address, message } = open(0);
    expect(address).toEqual({ ...east, term: 7, generation: 0 });
    expect(message.body).toEqual({
      mgmtPublicKeys: [new Uint8Array(one.publicKeyDer)],
      credentialsEpoch: 4,
      cluster: 'east',
      natsJwt: 'jwt',
      mgmtVersion: '1.2.3',
      protocol: protocolVersion,
      heardSequence: 0,
    });
  });

  it('say how far the agent has come with what it says, so that one whose clock was set back goes on from there', () => {
    sequences.take({ ...east, keyId: 'key', kind: 'report', sequence: 9_000 });
    teller.tell([east, west]);
    expect([open(0).message.body.heardSequence, open(1).message.body.heardSequence]).toEqual([9_000, 0]);
  });

  it('say what holds when they are told, and are remembered so that the answer can be measured', () => {
    epoch = 5;
    teller.tellChange(east);
    const { message, sequence } = open(0);
    expect(message.body.credentialsEpoch).toBe(5);
    clock.advance(30);
    expect(answer('east', sequence, [one.keyId])).toBe('answer');
    expect(links.find('demo', 'east')?.timing).toEqual({ roundTripMs: 30, clockOffsetMs: 15 });
  });

  it('are told at once to an agent that answers to none, but not again within a second', () => {
    for (let time = 0; time < 3; time += 1) teller.hasten(east);
    teller.hasten(west);
    expect(published).toHaveLength(2);
    clock.advance(1_000);
    teller.hasten(east);
    expect(published).toHaveLength(3);
  });

  describe('are followed', () => {
    const acceptedBy = (mesh: string, cluster: string) => links.find(mesh, cluster)?.state.mgmtKeys;
    const isFollowed = (): boolean => followed.isFollowed(east, 20_000);
    let followed: TermsTeller;
    beforeEach(() => {
      [natsJwt, epoch] = ['', 0];
      followed = tellerWith(createSigningKeys({ current: one, acceptedBy })).teller;
      followed.tell([east]);
      answer('east', open(0).sequence, [one.keyId]);
    });

    it('by who has answered the last ones, and was heard lately', () => {
      expect([isFollowed(), followed.isFollowed(west, 20_000)]).toEqual([true, false]);
      clock.advance(20_001);
      expect(isFollowed()).toBe(false);
      links.spoke('demo', 'east', clock.now());
      expect(isFollowed()).toBe(true);
      followed.tell([east]);
      expect(isFollowed()).toBe(false);
    });

    it.each([
      ['it shall change its keys', () => void (epoch = 1)],
      ['it shall take another JWT', () => void (natsJwt = 'jwt')],
      ['it shall go by another name', () => void (goesBy = 'orient')],
    ])('no longer when %s', (_, change) => {
      change();
      expect(isFollowed()).toBe(false);
    });

    it('not by who accepts other keys of mgmt than these', () => {
      followed.tell([east]);
      answer('east', open(1).sequence, [one.keyId, two.keyId]);
      expect(isFollowed()).toBe(false);
    });
  });

  it('hand the next key over while an agent that is away still hears the current one, and then let the old one go', () => {
    const acceptedBy = (mesh: string, cluster: string) => links.find(mesh, cluster)?.state.mgmtKeys;
    const overlap = createSigningKeys({ current: one, next: two, acceptedBy });
    const { teller: both } = tellerWith(overlap);
    /** What agents accept: east hears the terms, west is away. */
    const accepted = { east: [one.publicKeyDer], west: [one.publicKeyDer] };
    both.tell([east, west]);
    const { message, sequence } = open(0, accepted.east);
    accepted.east = [...message.body.mgmtPublicKeys];
    expect(accepted.east.map((der) => Buffer.from(der))).toEqual([one, two].map(({ publicKeyDer }) => Buffer.from(publicKeyDer)));
    answer('east', sequence, [one.keyId, two.keyId]);
    expect(overlap.heldByAll([east, west])).toBe(false);

    both.tell([east, west]);
    expect(open(2, accepted.east).keyId).toBe(two.keyId);
    const west2 = open(3, accepted.west);
    expect(west2.keyId).toBe(one.keyId);
    accepted.west = [...west2.message.body.mgmtPublicKeys];
    answer('west', west2.sequence, [one.keyId, two.keyId]);
    expect(overlap.heldByAll([east, west])).toBe(true);

    const old = published[0]!;
    const { teller: switched } = tellerWith(createSigningKeys({ current: two, acceptedBy }));
    switched.tell([east]);
    const last = open(published.length - 1, accepted.east);
    accepted.east = [...last.message.body.mgmtPublicKeys];
    expect(accepted.east).toHaveLength(1);
    expect(() => openMessage({ ...old, keyring: keyringOfDer(accepted.east), expect: 'link-terms' })).toThrow(
      expect.objectContaining({ code: 'RR_PROTOCOL_UNKNOWN_KEY' }),
    );
  });
});
