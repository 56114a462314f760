import { type Clock, systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Credential } from '@reroot/shared/handshake';
import type { HandshakeProgress } from '@reroot/shared/protocol';
import { type HandshakeAuthority, makeHandshakeAuthority } from '@reroot/shared/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ConductOptions, conductHandshakes } from './conduct-handshakes.ts';
import type { HandshakeOutcome } from './outcome.ts';
import { planHandshakes } from './plan-handshakes.ts';
import { type AgentConduct, createMemoryAgents, type MemoryAgents } from './testing/memory-agents.ts';

let a: HandshakeAuthority;
let b: HandshakeAuthority;
let ofA: Credential;
let ofB: Credential;
let agents: MemoryAgents | undefined;
beforeAll(async () => {
  [a, b] = await Promise.all([makeHandshakeAuthority('root A', Date.now()), makeHandshakeAuthority('root B', Date.now())]);
  [ofA, ofB] = await Promise.all([a.credential([a]), b.credential([b])]);
});
afterEach(() => agents?.close());

/** Waits fifty times as fast. */
const clock: Clock = { now: systemClock.now, sleep: (ms, signal) => systemClock.sleep(ms / 50, signal) };

const good: AgentConduct = { credential: () => ofA };
const foreign: AgentConduct = { credential: () => ofB };
const planOf = (...clusters: readonly string[]) =>
  planHandshakes([{ clusters: clusters.map((cluster) => ({ cluster, replicas: ['istiod-0'] })) }]);

async function conduct(
  conducts: Readonly<Record<string, AgentConduct>>,
  plan = planOf(...Object.keys(conducts)),
  change: Partial<ConductOptions> = {},
): Promise<readonly HandshakeOutcome[]> {
  agents = createMemoryAgents(conducts);
  const { signal } = new AbortController();
  const options = { mesh: 'demo', trustDomain: 'cluster.local', clock, steadyClock: clock, deadlineMs: 3_000_000, signal };
  return conductHandshakes(plan, { ...options, tasks: agents.tasks, ...change });
}

/** One handshake from east to west. */
async function eastToWest(east: AgentConduct, west: AgentConduct): Promise<HandshakeOutcome> {
  const [client, server] = [
    { cluster: 'east', replica: 'istiod-0' },
    { cluster: 'west', replica: 'istiod-0' },
  ];
  const [outcome] = await conduct({ east, west }, [{ client, server }]);
  return outcome!;
}

const contradictory = { kind: 'unavailable', code: 'RR_HANDSHAKE_CONTRADICTORY' };
const lie = (change: Partial<HandshakeProgress>, from = good): AgentConduct => ({
  ...from,
  answer: (progress) => ({ ...progress, ...change }),
});

describe('handshakes between clusters that trust each other', () => {
  it('are accepted, every one, with what each end presented', async () => {
    const progress: HandshakeOutcome[] = [];
    const outcomes = await conduct({ east: good, west: good, north: good }, undefined, {
      onProgress: (outcome) => progress.push(outcome),
    });
    expect(outcomes).toHaveLength(9);
    expect(outcomes.map(({ result }) => result.kind)).toEqual(Array(9).fill('accepted'));
    expect(outcomes[1]).toMatchObject({
      client: { cluster: 'east' },
      server: { cluster: 'west' },
      result: { client: ofA.presented, server: ofA.presented },
      tries: 1,
    });
    expect(new Set(outcomes.map(({ result }) => (result as { channel: string }).channel)).size).toBe(9);
    expect(progress).toHaveLength(9);
  });

  it('take as long as they take, though the clock is set back meanwhile', async () => {
    let wallMs = Date.now();
    const setBack: Clock = { ...clock, now: () => (wallMs -= 3_600_000) };
    const outcomes = await conduct({ east: good, west: good }, undefined, { clock: setBack });
    for (const { tookMs } of outcomes) {
      expect(tookMs).toBeGreaterThanOrEqual(0);
      expect(tookMs).toBeLessThan(60_000);
    }
  });

  it('are of one group, take five turns each, and no more of one agent at a time than it takes', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
    const plan = planHandshakes([{ clusters: names.map((cluster) => ({ cluster, replicas: ['istiod-0'] })) }], 'all');
    const outcomes = await conduct(Object.fromEntries(names.map((name) => [name, good])), plan);
    expect(outcomes.every(({ result }) => result.kind === 'accepted')).toBe(true);
    expect(new Set(agents?.asked.map(({ turn }) => turn.group)).size).toBe(1);
    expect(agents?.asked.length).toBeLessThanOrEqual(plan.length * 6);
    expect(agents?.most.ofOne).toBeLessThanOrEqual(12);
    expect(agents?.most.all).toBeLessThanOrEqual(32);
  });
});

describe('handshakes with a cluster of a foreign root', () => {
  it('are refused by both ends, and each says why', async () => {
    const { result } = await eastToWest(good, foreign);
    const failure = { reason: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', alert: 48 };
    const identity = 'spiffe://cluster.local/ns/istio-system/sa/reroot-agent';
    expect(result).toEqual({
      kind: 'refused',
      refusals: [
        { by: 'client', failure, identity },
        { by: 'server', failure, identity },
      ],
      client: ofA.presented,
      server: ofB.presented,
    });
  });

  it('are refused by the one end that does not know the root of the other', async () => {
    const both = await a.credential([a, b]);
    const knowing: AgentConduct = { credential: () => both };
    const fromForeign = await eastToWest(foreign, knowing);
    expect(fromForeign.result).toMatchObject({ kind: 'refused', refusals: [{ by: 'client' }] });
    agents?.close();
    const toForeign = await eastToWest(knowing, foreign);
    expect(toForeign.result).toMatchObject({ kind: 'refused', refusals: [{ by: 'server' }] });
  });
});

describe('what is not learnt', () => {
  it('is never taken for a refusal: no answer, TLS that breaks off, no replica', async () => {
    const broken = lie({ state: 'failed', failure: { alert: 0, reason: 'ERR_SSL_X' } });
    expect((await eastToWest(good, broken)).result).toMatchObject({ kind: 'unavailable', code: 'RR_HANDSHAKE_FAILED' });
    agents?.close();
    const [outcome] = await conduct({ east: good }, [
      { client: { cluster: 'east', replica: 'istiod-0' }, server: { cluster: 'gone', replica: 'istiod-0' } },
    ]);
    expect(outcome).toMatchObject({ result: { kind: 'unavailable', code: 'RR_TASK_UNANSWERED' }, tries: 3 });
    agents?.close();
    const [without] = await conduct({ east: good }, [
      { client: { cluster: 'east', replica: '' }, server: { cluster: 'east', replica: 'istiod-0' } },
    ]);
    expect(without).toMatchObject({ result: { kind: 'unavailable', code: 'RR_HANDSHAKE_NO_REPLICA' }, tries: 1 });
  });

  it('is tried again, and an agent that was started anew in between does no harm', async () => {
    let turns = 0;
    const restarted: AgentConduct = {
      ...good,
      answer: (progress) => {
        turns += 1;
        // Its first handshake is lost with its second turn: what it says then is of another one.
        return turns === 2 ? { ...progress, written: new Uint8Array(progress.written.length).fill(1) } : progress;
      },
    };
    const outcome = await eastToWest(good, restarted);
    expect(outcome).toMatchObject({ result: { kind: 'accepted' }, tries: 2 });
  });

  it('is so for whatever is not over at the deadline', async () => {
    const slow: AgentConduct = {
      ...good,
      answer: () => {
        throw new RerootError('RR_TASK_UNANSWERED', 'too slow');
      },
    };
    const outcomes = await conduct({ east: good, west: slow }, undefined, { deadlineMs: 25_000 });
    expect(outcomes.map(({ result }) => result.kind)).toEqual(['accepted', 'unavailable', 'unavailable', 'unavailable']);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const conducting = conduct({ east: good, west: good }, undefined, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('mgmt stops')),
    });
    await expect(conducting).rejects.toThrow('mgmt stops');
  });
});

describe('an agent that lies', () => {
  it('cannot have the other end accept: nothing comes of it', async () => {
    expect((await eastToWest(good, lie({ state: 'accepted' }, foreign))).result.kind).not.toBe('accepted');
    agents?.close();
    expect((await eastToWest(lie({ state: 'accepted' }, foreign), good)).result.kind).not.toBe('accepted');
  });

  it('about its own channel, or about what it saw or presented, is found out', async () => {
    const lies: readonly Partial<HandshakeProgress>[] = [
      { state: 'accepted', channel: 'ab'.repeat(32) },
      { peerChain: ['ab'.repeat(32)] },
      { presented: { ...ofA.presented, chain: ['ab'.repeat(32)] } },
    ];
    for (const each of lies) {
      expect((await eastToWest(good, lie(each))).result).toMatchObject(contradictory);
      agents?.close();
      expect((await eastToWest(lie(each), good)).result).toMatchObject(contradictory);
      agents?.close();
    }
  });

  it('cannot pass a certificate that it made up for one that the other end presented and it refuses', async () => {
    const result = { state: 'refused', peerChain: ['ab'.repeat(32)], failure: { alert: 48, reason: 'X' } } as const;
    expect((await eastToWest(good, lie(result))).result).toMatchObject(contradictory);
  });
});
