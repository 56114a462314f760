import { type Clock, systemClock } from '@reroot/shared/clock';
import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import type { Credential } from '@reroot/shared/handshake';
import {
  type Certificate,
  createRootCertificate,
  generateKey,
  issueIntermediate,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { KeptRoot, RootAuthority } from '../authorities/index.ts';
import type { RotationRecord } from '../rotation/index.ts';
import { createAgentConductor } from './agent-conductor.ts';
import type { HandshakeOutcome, PlannedHandshake } from './handshake-conductor.ts';
import { makeProofCredential } from './handshakes/make-proof-credential.ts';
import { type AgentConduct, createMemoryAgents, type MemoryAgents } from './handshakes/testing/memory-agents.ts';
import type { Subject } from './subject.ts';
import { sampleSubject, verifyingRecord } from './testing/sample-subject.ts';

interface Root {
  readonly certificate: Certificate;
  readonly key: Signer;
}

let old: Root;
let fresh: Root;
let agents: MemoryAgents | undefined;
/** What keeps anything from being signed under the old root. */
let refusal: ErrorCode | undefined;
beforeAll(async () => {
  [old, fresh] = await Promise.all([makeRoot('old'), makeRoot('new')]);
});
afterEach(() => {
  refusal = undefined;
  agents?.close();
});

async function makeRoot(commonName: string): Promise<Root> {
  const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  const span = { notBeforeMs: Date.now() - 3_600_000, notAfterMs: Date.now() + 86_400_000 };
  return { key, certificate: await createRootCertificate({ key, commonName, organization: 'test', ...span }) };
}

const authority: Pick<RootAuthority, 'issue'> = {
  issue: async ({ certificate }, request) => {
    const root = certificate === old.certificate ? old : fresh;
    if (root === old && refusal !== undefined) throw new RerootError(refusal, 'it cannot sign');
    return [await issueIntermediate({ ...request, issuer: root.certificate, issuerKey: root.key })];
  },
};

const kept = ({ certificate }: Root): KeptRoot => ({ certificate, custody: { kind: 'key-store', keyRef: 'x', chain: [] } });
const { signal } = new AbortController();
/** Waits fifty times as fast. */
const clock: Clock = { now: systemClock.now, sleep: (ms, until) => systemClock.sleep(ms / 50, until) };

/** A cluster whose leaf is of the one root, and that trusts the others. */
async function agentOf(signer: Root, ...trusted: readonly Root[]): Promise<AgentConduct> {
  const signing = { authority, organization: 'test', trustDomain: 'cluster.local', clock: systemClock };
  const bundle = trusted.map(({ certificate }) => certificate);
  const credential: Credential = await makeProofCredential(kept(signer), bundle, signing, signal);
  return { credential: () => credential };
}

/** The mesh of the sample, its roots in the place of those of the record. */
function subject(): Subject {
  const sample = verifyingRecord();
  const rotation = { ...sample.rotation!, old: old.certificate.fingerprint, target: fresh.certificate.fingerprint };
  const record: RotationRecord = { ...sample, rotation };
  const roots = new Map([old, fresh].map((root) => [root.certificate.fingerprint, kept(root)]));
  return sampleSubject({}, { record, roots, snapshot: sampleSubject().snapshot });
}

async function conduct(
  conducts: Readonly<Record<string, AgentConduct>>,
  plan: (conductor: ReturnType<typeof createAgentConductor>) => readonly PlannedHandshake[],
): Promise<readonly HandshakeOutcome[]> {
  agents = createMemoryAgents(conducts);
  const conductor = createAgentConductor({ tasks: agents.tasks, authority, clock, steadyClock: clock });
  const outcomes: HandshakeOutcome[] = [];
  const planned = plan(conductor);
  await conductor.conduct(subject(), planned, { signal, onOutcome: (outcome) => outcomes.push(outcome) });
  expect(outcomes.map(({ id }) => id).toSorted()).toEqual(planned.map(({ id }) => id).toSorted());
  return outcomes;
}

const positive = (conductor: ReturnType<typeof createAgentConductor>) =>
  conductor.planPositive(subject(), 'all-pairs').handshakes;
const negative = (conductor: ReturnType<typeof createAgentConductor>): readonly PlannedHandshake[] => {
  const plan = conductor.planNegative(subject());
  return plan.kind === 'planned' ? plan.handshakes : [];
};

describe('agents that shake hands for a verification', () => {
  it('are accepted where they trust one another, each replica with what it presented', async () => {
    const good = await agentOf(fresh, fresh);
    const outcomes = await conduct({ east: good, west: good }, positive);
    expect(outcomes.length).toBeGreaterThanOrEqual(4);
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
    expect(outcomes[0]?.evidence).toMatchObject({
      clientReplica: 'istiod-0',
      presentedByServer: { roots: [fresh.certificate.fingerprint] },
    });
  });

  it('are refused by whoever does not trust the other, and that one is named', async () => {
    const [behind, ahead] = await Promise.all([agentOf(fresh, old), agentOf(fresh, fresh)]);
    const outcomes = await conduct({ east: behind, west: ahead }, positive);
    const refused = outcomes.filter(({ client, server }) => client === 'west' && server === 'east');
    expect(refused.length).toBeGreaterThan(0);
    for (const each of refused) {
      expect(each).toMatchObject({
        outcome: 'refused',
        laggard: 'east',
        message: expect.stringMatching(/^the server refused it: /),
      });
    }
  });

  it('are unavailable where an agent does not answer', async () => {
    const outcomes = await conduct({ east: await agentOf(fresh, fresh) }, positive);
    expect(outcomes.find(({ server }) => server === 'west')).toMatchObject({
      outcome: 'unavailable',
      evidence: { code: 'RR_TASK_UNANSWERED' },
    });
  });

  it('refuse a leaf of the old root, each replica of each cluster, beside a good one that they accept', async () => {
    const good = await agentOf(fresh, fresh);
    const outcomes = await conduct({ east: good, west: good }, negative);
    expect(outcomes.map(({ client, server, outcome }) => [client, server, outcome])).toEqual([
      ['mgmt', 'east', 'refused'],
      ['mgmt', 'east', 'refused'],
      ['mgmt', 'west', 'refused'],
      ['mgmt', 'west', 'refused'],
    ]);
    expect(outcomes[0]?.message).toMatch(/a leaf of the new root was accepted$/);
  });

  it('that accept a leaf of the old root are found out', async () => {
    const [late, good] = await Promise.all([agentOf(fresh, fresh, old), agentOf(fresh, fresh)]);
    const outcomes = await conduct({ east: late, west: good }, negative);
    expect(outcomes.filter(({ outcome }) => outcome === 'accepted').map(({ laggard }) => laggard)).toEqual(['east', 'east']);
  });

  it.each([
    ['impossible', 'RR_ISSUE_NOT_HERE'],
    ['impossible', 'RR_ISSUE_FOREIGN'],
    ['impossible', 'RR_KEYSTORE_KEY_MISSING'],
    ['unavailable', 'RR_VAULT_UNREACHABLE'],
    // A mount that was renamed, or a policy that hides it, is mended by people: nobody goes on without the proof.
    ['unavailable', 'RR_VAULT_NOT_FOUND'],
  ] as const)('prove nothing, which is %s, where the old root cannot sign: %s', async (outcome, code) => {
    const good = await agentOf(fresh, fresh);
    refusal = code;
    const outcomes = await conduct({ east: good, west: good }, negative);
    expect(new Set(outcomes.map((each) => each.outcome))).toEqual(new Set([outcome]));
  });

  it('have all of their time, though the clock is set ahead by more meanwhile', async () => {
    const good = await agentOf(fresh, fresh);
    agents = createMemoryAgents({ east: good, west: good });
    let aheadMs = 0;
    const nowOnce = (): number => {
      const shown = systemClock.now() + aheadMs;
      aheadMs = 125_000;
      return shown;
    };
    const conductor = createAgentConductor({
      ...{ tasks: agents.tasks, authority, steadyClock: clock },
      clock: { ...clock, now: nowOnce },
    });
    const planned = negative(conductor);
    aheadMs = 0;
    const outcomes: HandshakeOutcome[] = [];
    await conductor.conduct(subject(), planned, { signal, onOutcome: (outcome) => outcomes.push(outcome) });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  it('have nothing to refuse once the key of the old root is destroyed', () => {
    const conductor = createAgentConductor({ tasks: createMemoryAgents({}).tasks, authority, clock, steadyClock: clock });
    const { record, ...rest } = subject();
    const gone = {
      fingerprint: old.certificate.fingerprint,
      notBeforeMs: 0,
      notAfterMs: 1,
      phase: 'destroyed',
      phaseAtMs: 0,
    } as const;
    expect(conductor.planNegative({ ...rest, record: { ...record, roots: [...record.roots, gone] } })).toEqual({
      kind: 'impossible',
      why: expect.stringMatching(/^the key of root [0-9a-f]{12} is destroyed$/),
    });
    expect(conductor.planNegative({ ...rest, record, roots: new Map() })).toMatchObject({ kind: 'impossible' });
  });

  it('refuse a leaf of each root that adopted clusters came with, where somebody here has its key', async () => {
    const conductor = createAgentConductor({ tasks: createMemoryAgents({}).tasks, authority, clock, steadyClock: clock });
    const { record, roots, ...rest } = subject();
    const foreign = await makeRoot('foreign');
    const target = fresh.certificate.fingerprint;
    const alsoOld = [foreign, old].map(({ certificate }) => certificate.fingerprint);
    const adoption = { ...record, rotation: { ...record.rotation!, old: target, target, alsoOld } };
    const known = new Map([...roots, [alsoOld[0]!, { certificate: foreign.certificate, custody: { kind: 'foreign' } as const }]]);
    const plan = conductor.planNegative({ ...rest, record: adoption, roots: known });
    expect(plan).toMatchObject({
      kind: 'planned',
      left: [expect.stringMatching(/^root [0-9a-f]{12} came with an adopted cluster, and nobody here has its key$/)],
    });
    expect(plan.kind === 'planned' && plan.handshakes.map(({ server }) => server)).toEqual(['east', 'east', 'west', 'west']);
  });

  it('shake hands among those of one root alone, where an adoption is back before its first row', () => {
    const conductor = createAgentConductor({ tasks: createMemoryAgents({}).tasks, authority, clock, steadyClock: clock });
    const { record, ...rest } = subject();
    const origin = { roots: [old.certificate.fingerprint], signer: old.certificate.fingerprint };
    const target = fresh.certificate.fingerprint;
    const rotation = { ...record.rotation!, old: target, target, origins: { west: origin } };
    const planOf = (step: RotationRecord['step']): readonly string[] =>
      conductor
        .planPositive({ ...rest, record: { ...record, rotation, step, direction: 'back' } }, 'all-pairs')
        .handshakes.map(({ client, server }) => `${client}>${server}`);
    expect(new Set(planOf('PREVIOUS_CA'))).toEqual(new Set(['east>east', 'west>west']));
    expect(new Set(planOf('ADDING_NEW_ROOT'))).toContain('east>west');
  });

  it('are sampled where all pairs would be too many, and that is said', () => {
    const conductor = createAgentConductor({ tasks: createMemoryAgents({}).tasks, authority, clock, steadyClock: clock });
    const of = (count: number): ReturnType<typeof conductor.planPositive> => {
      const clusters = Array.from({ length: count }, (_, index) => `c-${index}`);
      const { snapshot, ...rest } = subject();
      return conductor.planPositive({ ...rest, snapshot: { ...snapshot, clusters } }, 'all-pairs');
    };
    expect(of(64)).toMatchObject({ handshakes: { length: 4_096 }, fewer: undefined });
    expect(of(65).fewer).toBe('sampled, for all pairs of 65 clusters would be 4225, and those of 64 are the most that are made');
    expect(of(65).handshakes.length).toBeLessThan(200);
  });

  it('go through the addresses of the policy from the clusters that it names', () => {
    const conductor = createAgentConductor({ tasks: createMemoryAgents({}).tasks, authority, clock, steadyClock: clock });
    const probes = [
      { clusters: [], address: 'gateway:15443', serverName: 'gateway' },
      { clusters: ['west'], address: 'other:15443', serverName: 'other' },
    ];
    expect(conductor.planPaths(subject(), probes).map(({ client, server }) => [client, server])).toEqual([
      ['east', 'gateway:15443'],
      ['west', 'gateway:15443'],
      ['west', 'other:15443'],
    ]);
  });
});
