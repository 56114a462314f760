import {
  type CredentialsResponse,
  createSequence,
  generateIdentity,
  keyringOf,
  type LinkState,
  openMessage,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import type { BusMessage } from '@reroot/shared/transport';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ClusterName,
  createLinkView,
  createRefusals,
  createReportIntake,
  createReportMemory,
  createSigningKeys,
  type LinkView,
  type Refusals,
} from '../fleet/index.ts';
import { type AgentSequences, createAgentSequences } from '../mesh/index.ts';
import { answerOf } from '../rotation/testing/sample-link.ts';
import { recordLog } from '../testing/recorded-log.ts';
import { createListener, type Listener, type ListenerOptions } from './listener.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';
import type { Publisher } from './publisher.ts';
import { createRefusing } from './refusing.ts';
import { createSealer } from './sealer.ts';

const [current, next] = [generateIdentity(), generateIdentity()];
const agent = generateIdentity();
const stranger = generateIdentity();
const address = { mesh: 'demo', cluster: 'east', term: 1, generation: 1 };

describe('the listener', () => {
  let clock: FakeClock;
  let links: LinkView;
  let refusals: Refusals;
  let heard: unknown[];
  let clockLooks: number;
  let hastened: ClusterName[];
  let told: string[];
  let inMesh: string[];
  let answer: CredentialsResponse;
  let listener: Listener;
  let parts: Partial<ListenerOptions>;
  let nextSequence: () => number;
  let sequences: AgentSequences;
  beforeEach(() => {
    clock = createFakeClock(1_000_000);
    nextSequence = createSequence(clock).next;
    sequences = createAgentSequences();
    links = createLinkView(() => ({ kind: 'granted' }));
    const isKnown = (_: string, cluster: string): boolean => cluster === 'east';
    refusals = createRefusals(isKnown);
    [heard, hastened, told] = [[], [], []];
    clockLooks = 0;
    inMesh = ['east'];
    const loop = { view: async () => ({ stored: { spec: { clusters: inMesh } } }) } as unknown as MeshLoop;
    answer = { kind: 'refused', problem: { code: 'RR_ENROL_EXPIRED', message: 'm', remedy: 'r' } };
    const keyOf = (_: string, cluster: string) => keyringOf(cluster === 'east' ? [agent.publicKeyPem] : []);
    const keys = { keyringOf: keyOf, linkKeyringOf: keyOf };
    const signingKeys = createSigningKeys({
      current: current.identity,
      next: next.identity,
      acceptedBy: () => [next.identity.keyId],
    });
    parts = {
      keys,
      links,
      sequences,
      watchClock: () => {
        clockLooks += 1;
      },
      enrolment: {
        heard: (...said) => heard.push(said),
        answerEnrol: async () => answer,
        answerRenew: async () => answer,
      },
      intake: createReportIntake({ keys, sequences }),
      memory: createReportMemory(),
      terms: { hasten: (name) => hastened.push(name) },
      meshes: { find: (mesh: string) => (mesh === 'demo' ? loop : undefined) } as Meshes,
      publisher: { publishTo: (_: MeshView, clusters: readonly string[]) => told.push(...clusters) } as unknown as Publisher,
      sealer: createSealer({ keys: signingKeys, term: 3, nextSequence: createSequence(clock).next, clock }),
      refusing: createRefusing({ refusals, isKnown, clock, log: recordLog() }),
      clock,
      signal: new AbortController().signal,
    };
    listener = createListener(parts as unknown as ListenerOptions);
  });

  const stateMessage = (change: Partial<LinkState> = {}, { identity = agent.identity, cluster = 'east' } = {}): BusMessage => {
    const subject = subjects.link('demo', cluster);
    const message = { kind: 'link-state', body: answerOf(0, { state: { heardAtMs: clock.now(), ...change } }).state } as const;
    const sealed = {
      subject,
      address: { ...address, cluster },
      message,
      identity,
      sequence: nextSequence(),
      sentAtMs: clock.now(),
    };
    return { subject, payload: sealMessage(sealed), respond: undefined };
  };

  describe('of the state of a link', () => {
    it('measures the answer to its terms, and tells whoever keeps the keys who spoke', async () => {
      links.asked('demo', 'east', 5, clock.now() - 40);
      await listener.hearLinkState(stateMessage({ heardSequence: 5, natsJwtExpiresAtMs: 77 }));
      expect(links.find('demo', 'east')).toMatchObject({ heardAtMs: clock.now(), timing: { roundTripMs: 40 } });
      expect(heard).toEqual([['demo', 'east', { keyId: agent.identity.keyId, natsJwtExpiresAtMs: 77 }]]);
      expect(hastened).toEqual([]);
    });

    it('asks an agent at once that speaks by itself, so that there is something to measure', async () => {
      await listener.hearLinkState(stateMessage({ heardSequence: 0 }));
      expect(links.find('demo', 'east')).toBeUndefined();
      expect(hastened).toEqual([{ mesh: 'demo', cluster: 'east' }]);
    });

    it('tells an agent that has connected anew what its cluster shall hold, if the mesh has it', async () => {
      await listener.hearLinkState(stateMessage({ heardSequence: 5 }));
      expect(told).toEqual([]);
      await listener.hearLinkState(stateMessage({ heardSequence: 0 }));
      expect(told).toEqual(['east']);
      inMesh = [];
      await listener.hearLinkState(stateMessage({ heardSequence: 0 }));
      expect(told).toEqual(['east']);
    });

    it('tells an agent at once whose number it has had, and a later one: it was started again with its clock set back', async () => {
      const ahead = stateMessage({ heardSequence: 5 });
      const last = nextSequence() - 1;
      await listener.hearLinkState(ahead);
      hastened = [];
      nextSequence = createSequence(createFakeClock(clock.now() - 60_000)).next;
      // An answer is of terms that have said so already.
      await listener.hearLinkState(stateMessage({ heardSequence: 5 }));
      expect(hastened).toEqual([]);
      await listener.hearLinkState(stateMessage({ heardSequence: 0 }));
      expect([hastened, told, sequences.highest('demo', 'east')]).toEqual([[{ mesh: 'demo', cluster: 'east' }], [], last]);
      const { next: raised, raiseAbove } = createSequence(createFakeClock(clock.now() - 60_000));
      raiseAbove(last);
      nextSequence = raised;
      await listener.hearLinkState(stateMessage({ heardSequence: 0 }));
      expect(told).toEqual(['east']);
    });

    it('refuses what is forged, of another cluster, repeated or garbage, counts each, and takes nothing of it in', async () => {
      links.asked('demo', 'east', 5, clock.now());
      const good = stateMessage({ heardSequence: 5 });
      await listener.hearLinkState(good);
      const before = links.find('demo', 'east');
      clock.advance(1_000);
      await listener.hearLinkState(good);
      await listener.hearLinkState(stateMessage({ heardSequence: 5 }, { identity: stranger.identity }));
      await listener.hearLinkState({ ...stateMessage({ heardSequence: 5 }, { cluster: 'west' }), subject: good.subject });
      await listener.hearLinkState({ ...good, payload: Uint8Array.of(1, 2, 3) });
      await listener.hearLinkState(stateMessage({}, { cluster: 'west' }));
      expect(links.find('demo', 'east')).toBe(before);
      expect(heard).toHaveLength(1);
      expect(refusals.of('east')).toEqual({
        RR_PROTOCOL_REPLAYED: 1,
        RR_PROTOCOL_UNKNOWN_KEY: 1,
        RR_PROTOCOL_BAD_SIGNATURE: 1,
        RR_PROTOCOL_MALFORMED: 1,
      });
      expect(refusals.ofStrangers()).toEqual({ RR_PROTOCOL_UNKNOWN_KEY: 1 });
    });
  });

  it('looks at the clock before anything is taken in', async () => {
    await listener.hearLinkState(stateMessage());
    await listener.hearReport(stateMessage());
    expect(clockLooks).toBe(2);
  });

  it('counts reports and requests that it refuses', async () => {
    const garbage = Uint8Array.of(1, 2, 3);
    for (const topic of ['report', 'issue'] as const) {
      const subject = subjects[topic]('demo', 'east');
      const hear = topic === 'report' ? listener.hearReport : listener.hearIssueRequest;
      await hear({ subject, payload: garbage, respond: undefined });
    }
    expect(refusals.of('east')).toEqual({ RR_PROTOCOL_MALFORMED: 2 });
  });

  it('makes 256 intermediates of a mesh at a time, none of another waits for them, and what waits is let go when mgmt stops', async () => {
    const requestOf = (mesh: string, respond: BusMessage['respond']): BusMessage => {
      const subject = subjects.issue(mesh, 'east');
      const message = { kind: 'issue-request', body: { csr: Uint8Array.of(1), signerRoot: 'ab'.repeat(32) } } as const;
      const numbers = { sequence: nextSequence(), sentAtMs: clock.now() };
      const payload = sealMessage({ subject, address: { ...address, mesh }, message, identity: agent.identity, ...numbers });
      return { subject, payload, respond };
    };
    const held = Promise.withResolvers<MeshView>();
    const view = { stored: { spec: {}, record: { clusters: {} } } } as unknown as MeshView;
    const viewed: string[] = [];
    const loopOf = (mesh: string) => ({
      view: () => {
        viewed.push(mesh);
        return mesh === 'hangs' ? held.promise : Promise.resolve(view);
      },
    });
    const stopping = new AbortController();
    const publisher = { seal: () => Uint8Array.of(7) } as unknown as Publisher;
    const meshes = { require: loopOf } as unknown as Meshes;
    const hearing = createListener({ ...parts, meshes, publisher, signal: stopping.signal } as unknown as ListenerOptions);
    const hanging = Array.from({ length: 300 }, () => hearing.hearIssueRequest(requestOf('hangs', undefined)));
    const answers: Uint8Array[] = [];
    await hearing.hearIssueRequest(requestOf('demo', (payload) => answers.push(payload)));
    expect(answers).toEqual([Uint8Array.of(7)]);
    expect(viewed).toEqual([...Array.from({ length: 256 }, () => 'hangs'), 'demo']);
    stopping.abort();
    held.resolve(view);
    await Promise.all(hanging);
    expect(viewed).toHaveLength(257);
  });

  describe('of requests for credentials', () => {
    const ask = async (topic: 'enrol' | 'renew') => {
      const answers: Uint8Array[] = [];
      const subject = subjects[topic]('demo', 'east');
      const hear = topic === 'enrol' ? listener.hearEnrolment : listener.hearRenewal;
      await hear({ subject, payload: new Uint8Array(), respond: (payload) => answers.push(payload) });
      const keyring = keyringOf([current.publicKeyPem, next.publicKeyPem]);
      return openMessage({ subject, payload: answers[0]!, keyring, expect: 'credentials-response' });
    };

    it('answers who enrols by the key that join files name, and who is enrolled by the one that it accepts', async () => {
      const [enrolled, renewed] = [await ask('enrol'), await ask('renew')];
      expect([enrolled.keyId, renewed.keyId]).toEqual([current.identity.keyId, next.identity.keyId]);
      expect(enrolled.address).toEqual({ mesh: 'demo', cluster: 'east', term: 3, generation: 0 });
      expect(enrolled.message.body).toEqual(answer);
      expect(refusals.of('east')).toEqual({ RR_ENROL_EXPIRED: 2 });
    });

    it('counts nothing of what is granted', async () => {
      const mgmtPublicKeys = [new Uint8Array(current.identity.publicKeyDer)];
      answer = { kind: 'granted', credentials: { keyId: agent.identity.keyId, natsJwt: '', epoch: 0, mgmtPublicKeys } };
      expect((await ask('enrol')).message.body).toEqual(answer);
      expect(refusals.of('east')).toEqual({});
    });
  });
});
