import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials, CredentialsResponse } from '@reroot/shared/protocol';
import { createFakeClock } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore, type Store } from '../store/index.ts';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { recordLog } from '../testing/recorded-log.ts';
import { type Enrolment, type EnrolmentOptions, openEnrolmentService } from './enrolment.ts';
import { createMemoryAccounts } from './testing/memory-accounts.ts';
import { type AgentKeys, askToEnrol, askToRenew, makeAgentKeys, type Sent } from './testing/scripted-joiner.ts';

const lifetimeMs = 1_000_000;
const mgmtKey = makeAgentKeys().identity;
const act = { by: 'ann', why: 'a test', nowMs: 0 };
const east = { mesh: 'demo', cluster: 'east' };

let clock: ReturnType<typeof createFakeClock>;
let store: Store;
let pushed: ReadonlyMap<string, number>[];
let log: ReturnType<typeof recordLog>;
let tokens: number;

beforeEach(() => {
  clock = createFakeClock(1_000_000);
  store = createMemoryStore();
  pushed = [];
  log = recordLog();
  tokens = 0;
});

/** A service on the present store, under a new term. */
async function open(change: Partial<EnrolmentOptions> = {}): Promise<Enrolment> {
  return openEnrolmentService({
    store,
    term: change.term ?? (await store.takeTerm()),
    accounts: createMemoryAccounts(clock, lifetimeMs),
    makeRevocations: (users) => ({
      push: () => void pushed.push(users()),
      isPending: () => false,
      idle: async () => undefined,
    }),
    natsOfAgents: { servers: ['tls://nats:4222'], plaintext: 'refused' },
    publicKeys: () => [mgmtKey.publicKeyDer],
    publicKeyPems: () => [mgmtKey.publicKeyPem],
    configured: new Set(['static']),
    clock,
    randomBytes: (count) => Buffer.alloc(count, (tokens += 1)),
    log,
    ...change,
  });
}

const toAdd = (change: object = {}) => ({
  ...{ name: 'east', mesh: 'demo', expiresAtMs: clock.now() + 60_000, mode: 'new' as const, natsCredentials: undefined },
  ...change,
});
const ask = (enrolment: Enrolment, { subject, payload }: Sent): Promise<CredentialsResponse> =>
  subject.endsWith('.enrol') ? enrolment.answerEnrol(subject, payload) : enrolment.answerRenew(subject, payload);

function granted(response: CredentialsResponse): Credentials {
  if (response.kind === 'refused') throw new Error(`refused: ${response.problem.code}`);
  return response.credentials;
}

const codeOf = (response: CredentialsResponse): string | undefined =>
  response.kind === 'refused' ? response.problem.code : undefined;

/** Adds a cluster and lets an agent in. */
async function letIn(enrolment: Enrolment, change: object = {}): Promise<AgentKeys> {
  const keys = makeAgentKeys();
  granted(await ask(enrolment, askToEnrol(await enrolment.add(toAdd(change), act), keys)));
  return keys;
}

const isKnown = (enrolment: Enrolment, { identity }: AgentKeys, { mesh, cluster } = east): boolean =>
  enrolment.keyringOf(mesh, cluster, 'present')?.find(identity.keyId) !== undefined;
const revokedNow = (): readonly string[] => [...(pushed.at(-1)?.keys() ?? [])];

/** Lets the agent speak, and waits for what follows. */
async function hear(enrolment: Enrolment, keys: AgentKeys, { name = 'east', jwtExpiresAtMs = 0 } = {}): Promise<void> {
  enrolment.heard('demo', name, { keyId: keys.identity.keyId, natsJwtExpiresAtMs: jwtExpiresAtMs });
  await enrolment.idle();
}

describe.each([
  ['in memory', async () => ({ store: createMemoryStore(), dispose: async () => undefined })],
  [
    'in SQLite',
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'reroot-enrolment-'));
      const made = await openSqliteStore({ dataDir });
      const dispose = async (): Promise<void> => {
        await made.close();
        await rm(dataDir, { recursive: true });
      };
      return { store: made, dispose };
    },
  ],
])('a cluster whose record is kept %s', (_, make) => {
  let dispose: () => Promise<void>;
  beforeEach(async () => {
    ({ store, dispose } = await make());
  });
  afterEach(() => dispose());

  it('is added, enrols, changes its keys, is renamed and revoked, across restarts of mgmt in between', async () => {
    const keys = [makeAgentKeys(), makeAgentKeys(), makeAgentKeys()] as const;
    const joinFile = await (await open()).add(toAdd(), act);
    expect(granted(await ask(await open(), askToEnrol(joinFile, keys[0])))).toMatchObject({ epoch: 0 });
    const first = await open();
    expect(isKnown(first, keys[0])).toBe(true);
    await first.rotateCredentials('east', act);
    expect(granted(await ask(await open(), askToRenew(east, { present: keys[0], next: keys[1] })))).toMatchObject({ epoch: 1 });
    const second = await open();
    expect([keys[0], keys[1]].map((each) => isKnown(second, each))).toEqual([true, true]);
    await hear(second, keys[1]);
    const third = await open();
    expect([keys[0], keys[1]].map((each) => isKnown(third, each))).toEqual([false, true]);
    const term = await store.takeTerm();
    const fourth = await open({ term });
    await fourth.rename('east', 'north', act, (rename) => store.renameCluster({ ...rename, mesh: undefined }, term));
    const fifth = await open();
    expect(fifth.list().map(({ name, formerName }) => ({ name, formerName }))).toEqual([{ name: 'north', formerName: 'east' }]);
    await fifth.revoke('north', act);
    const last = await open();
    expect(last.list()).toMatchObject([{ name: 'north', revoked: { by: 'ann', why: 'a test' } }]);
    expect(isKnown(last, keys[1], { mesh: 'demo', cluster: 'north' })).toBe(false);
    expect(revokedNow()).toEqual(expect.arrayContaining([keys[0], keys[1]].map(({ natsUser }) => natsUser.publicKey)));
  });
});

describe('a join file', () => {
  it('has all that an agent needs, and mgmt keeps neither its token nor its seed', async () => {
    const enrolment = await open();
    const joinFile = await enrolment.add(toAdd(), act);
    expect(joinFile).toMatchObject({
      ...{ apiVersion: 'reroot.dev/v1', kind: 'JoinFile', mesh: 'demo', cluster: 'east' },
      nats: {
        servers: ['tls://nats:4222'],
        plaintext: 'refused',
        credentials: { jwt: expect.stringContaining('joins') as string },
      },
      mgmt: { publicKeys: [mgmtKey.publicKeyPem] },
      enrolment: { expiresAt: new Date(clock.now() + 60_000).toISOString() },
    });
    const kept = JSON.stringify([await store.listClusters(), log.all({})]);
    const { token } = joinFile.enrolment;
    for (const secret of [token, Buffer.from(token, 'base64url').toString('hex'), joinFile.nats.credentials?.seed ?? '?']) {
      expect(kept).not.toContain(secret);
    }
    expect(log.find({ msg: 'a join file was made' })).toMatchObject({ cluster: 'east', mesh: 'demo', by: 'ann', why: 'a test' });
  });

  it('enrols one agent, and that one again when its answer was lost', async () => {
    const enrolment = await open();
    const joinFile = await enrolment.add(toAdd(), act);
    const [first, second] = [makeAgentKeys(), makeAgentKeys()];
    const answer = granted(await ask(enrolment, askToEnrol(joinFile, first)));
    expect(answer).toMatchObject({ keyId: first.identity.keyId, epoch: 0, mgmtPublicKeys: [mgmtKey.publicKeyDer] });
    expect(answer.natsJwt).toMatch(`${first.natsUser.publicKey} demo/east`);
    expect(codeOf(await ask(enrolment, askToEnrol(joinFile, second)))).toBe('RR_ENROL_USED');
    expect(granted(await ask(enrolment, askToEnrol(joinFile, first)))).toEqual(answer);
    expect([first, second].map((keys) => isKnown(enrolment, keys))).toEqual([true, false]);
  });

  it('is shut out of NATS once the agent was heard, and no earlier', async () => {
    const enrolment = await open();
    const joinFile = await enrolment.add(toAdd(), act);
    const keys = makeAgentKeys();
    await ask(enrolment, askToEnrol(joinFile, keys));
    expect(revokedNow()).toEqual([]);
    await hear(enrolment, keys);
    expect(revokedNow()).toEqual([enrolment.find('east')?.record.revokedUsers[0]?.natsUser]);
    expect(joinFile.nats.credentials?.jwt).toContain(revokedNow()[0]);
  });

  it('is bound to its cluster, its mesh and the keys that it was shown with', async () => {
    const enrolment = await open();
    const joinFile = await enrolment.add(toAdd(), act);
    await enrolment.add(toAdd({ name: 'west' }), act);
    const keys = makeAgentKeys();
    const codes = [
      askToEnrol({ ...joinFile, cluster: 'west' }, keys),
      askToEnrol({ ...joinFile, cluster: 'nobody' }, keys),
      askToEnrol({ ...joinFile, mesh: 'other' }, keys),
      askToEnrol(joinFile, keys, { natsUser: makeAgentKeys().natsUser.publicKey }),
      askToEnrol(joinFile, keys, { tokenId: '0000000000000000' }),
    ].map(async (sent) => codeOf(await ask(enrolment, sent)));
    expect(await Promise.all(codes)).toEqual([
      'RR_ENROL_UNKNOWN',
      'RR_ENROL_UNKNOWN',
      'RR_ENROL_UNKNOWN',
      'RR_ENROL_PROOF',
      'RR_ENROL_UNKNOWN',
    ]);
    expect(granted(await ask(enrolment, askToEnrol(joinFile, keys))).keyId).toBe(keys.identity.keyId);
  });

  it('ends with its time', async () => {
    const enrolment = await open();
    const joinFile = await enrolment.add(toAdd(), act);
    clock.advance(60_000);
    expect(codeOf(await ask(enrolment, askToEnrol(joinFile, makeAgentKeys())))).toBe('RR_ENROL_EXPIRED');
  });

  it('gets no answer for what its sender has not signed', async () => {
    const enrolment = await open();
    const joinFile = await enrolment.add(toAdd(), act);
    const { subject, payload } = askToEnrol(joinFile, makeAgentKeys());
    const other = { ...makeAgentKeys().identity };
    await expect(enrolment.answerEnrol(subject, payload.with(-1, (payload.at(-1) ?? 0) ^ 1))).rejects.toMatchObject({
      code: expect.stringContaining('RR_PROTOCOL_') as string,
    });
    const forged = askToEnrol(joinFile, makeAgentKeys(), { publicKey: other.publicKeyDer });
    await expect(ask(enrolment, forged)).rejects.toMatchObject({ code: 'RR_PROTOCOL_UNKNOWN_KEY' });
  });

  it('is answered when the record is stored, and not when it could not be', async () => {
    const failing: Store = {
      ...store,
      putCluster: async (record, basis) => {
        if (record.agent !== undefined) throw new Error('the disk is full');
        return store.putCluster(record, basis);
      },
    };
    const enrolment = await open({ store: failing });
    const keys = makeAgentKeys();
    await expect(ask(enrolment, askToEnrol(await enrolment.add(toAdd(), act), keys))).rejects.toThrow('the disk is full');
    expect(isKnown(enrolment, keys)).toBe(false);
  });
});

describe('adding a cluster', () => {
  it.each([
    ['RR_CLUSTER_CONFIGURED', 'that stands in the configuration', { name: 'static' }],
    ['RR_CLUSTER_EXISTS', 'that was added', {}],
    ['RR_CLUSTER_OTHER_MESH', 'again, for another mesh than it is in', { mode: 'again', mesh: 'other' }],
    ['RR_CLUSTER_NOT_FOUND', 'again that was never added', { mode: 'again', name: 'nobody' }],
    [
      'RR_OPTION_INVALID',
      'with NATS credentials where mgmt makes its own',
      { name: 'new', natsCredentials: { jwt: 'j', seed: 's' } },
    ],
  ])('is refused with %s: one %s', async (code, _, change) => {
    const enrolment = await open();
    await enrolment.add(toAdd(), act);
    await expect(enrolment.add(toAdd(change), act)).rejects.toMatchObject({ code });
  });

  it('is refused under a name that an agent still goes by', async () => {
    const term = await store.takeTerm();
    const enrolment = await open({ term });
    await letIn(enrolment);
    await enrolment.rename('east', 'north', act, (rename) => store.renameCluster({ ...rename, mesh: undefined }, term));
    await expect(enrolment.add(toAdd(), act)).rejects.toMatchObject({ code: 'RR_CLUSTER_RENAMING' });
  });

  it('again lets a revoked one come back, into another mesh too', async () => {
    const enrolment = await open();
    const before = await letIn(enrolment);
    await enrolment.revoke('east', act);
    const after = await letIn(enrolment, { mode: 'again', mesh: 'other' });
    const other = { mesh: 'other', cluster: 'east' };
    expect([before, after].map((keys) => isKnown(enrolment, keys, other))).toEqual([false, true]);
    expect(isKnown(enrolment, after)).toBe(false);
  });

  it('is known at once, and its name is not free any more', async () => {
    const enrolment = await open();
    await Promise.allSettled([enrolment.add(toAdd(), act), enrolment.add(toAdd(), act)]);
    expect(enrolment.list().map(({ name }) => name)).toEqual(['east']);
  });
});

describe('keys', () => {
  it('of another cluster are refused: with them that one would be shut out one day', async () => {
    const enrolment = await open();
    const taken = await letIn(enrolment);
    const joinFile = await enrolment.add(toAdd({ name: 'west' }), act);
    for (const keys of [
      { ...makeAgentKeys(), natsUser: taken.natsUser },
      { ...makeAgentKeys(), identity: taken.identity },
    ]) {
      expect(codeOf(await ask(enrolment, askToEnrol(joinFile, keys)))).toBe('RR_ENROL_KEYS_TAKEN');
    }
  });

  it('that somebody else has proven, or nobody, replace none', async () => {
    const enrolment = await open();
    const present = await letIn(enrolment);
    await enrolment.rotateCredentials('east', act);
    const next = makeAgentKeys();
    const unproven = askToRenew(east, { present, next }, { natsUser: makeAgentKeys().natsUser.publicKey });
    expect(codeOf(await ask(enrolment, unproven))).toBe('RR_RENEW_PROOF');
    const stranger = askToRenew(east, { present: makeAgentKeys(), next });
    await expect(ask(enrolment, stranger)).rejects.toMatchObject({ code: 'RR_PROTOCOL_UNKNOWN_KEY' });
    expect(isKnown(enrolment, next)).toBe(false);
  });

  it('are changed by a request that is not played back', async () => {
    const enrolment = await open();
    const present = await letIn(enrolment);
    await enrolment.rotateCredentials('east', act);
    const request = askToRenew(east, { present, next: makeAgentKeys() });
    granted(await ask(enrolment, request));
    await expect(ask(enrolment, request)).rejects.toMatchObject({ code: 'RR_PROTOCOL_REPLAYED' });
  });

  it('may be changed once more by the new ones before mgmt has heard those', async () => {
    const enrolment = await open();
    const [first, second, third] = [await letIn(enrolment), makeAgentKeys(), makeAgentKeys()];
    await enrolment.rotateCredentials('east', act);
    granted(await ask(enrolment, askToRenew(east, { present: first, next: second })));
    await enrolment.rotateCredentials('east', act);
    expect(granted(await ask(enrolment, askToRenew(east, { present: second, next: third }))).epoch).toBe(2);
    expect([first, second, third].map((keys) => isKnown(enrolment, keys))).toEqual([false, true, true]);
    expect(revokedNow()).toContain(first.natsUser.publicKey);
  });
});

describe('a renamed cluster', () => {
  let enrolment: Enrolment;
  let keys: AgentKeys;
  const rename = (to = 'north', term = 1): Promise<unknown> =>
    enrolment.rename('east', to, act, (renamed) => store.renameCluster({ ...renamed, mesh: undefined }, term));
  beforeEach(async () => {
    enrolment = await open();
    keys = await letIn(enrolment);
  });

  it('is told its name and given a user of it under the former name, which opens nothing but the link', async () => {
    await rename();
    expect(enrolment.speaking()).toEqual([
      { mesh: 'demo', cluster: 'north' },
      { mesh: 'demo', cluster: 'east' },
    ]);
    const terms = enrolment.termsFor('demo', 'east');
    expect(terms).toMatchObject({ cluster: 'north', credentialsEpoch: 1 });
    expect(terms?.natsJwt).toContain(`${keys.natsUser.publicKey} demo/north`);
    expect(isKnown(enrolment, keys)).toBe(false);
    expect(enrolment.keyringOf('demo', 'east', 'present-or-former')?.find(keys.identity.keyId)).toBeDefined();
    await hear(enrolment, keys, { name: 'north' });
    expect(enrolment.keyringOf('demo', 'east', 'present-or-former')).toBeUndefined();
    expect(enrolment.speaking()).toEqual([{ mesh: 'demo', cluster: 'north' }]);
  });

  it('gives an agent that changes its keys meanwhile a user of the name that it still goes by', async () => {
    await enrolment.rotateCredentials('east', act);
    await rename();
    const next = makeAgentKeys();
    const answer = granted(await ask(enrolment, askToRenew(east, { present: keys, next })));
    expect(answer.natsJwt).toContain(`${next.natsUser.publicKey} demo/east`);
    expect(answer.epoch).toBeLessThan(enrolment.termsFor('demo', 'east')?.credentialsEpoch ?? 0);
    await hear(enrolment, next);
    expect(enrolment.termsFor('demo', 'east')?.natsJwt).toContain(`${next.natsUser.publicKey} demo/north`);
  });

  it('answers an agent that enrols again because its answer was lost', async () => {
    const lost = makeAgentKeys();
    const joinFile = await enrolment.add(toAdd({ name: 'west' }), act);
    granted(await ask(enrolment, askToEnrol(joinFile, lost)));
    await enrolment.rename('west', 'south', act, (renamed) => store.renameCluster({ ...renamed, mesh: undefined }, 1));
    expect(granted(await ask(enrolment, askToEnrol(joinFile, lost))).natsJwt).toContain('demo/west');
  });

  it.each([
    ['RR_CLUSTER_CONFIGURED', 'static'],
    ['RR_CLUSTER_EXISTS', 'west'],
    ['RR_CLUSTER_EXISTS', 'east'],
  ])('is refused with %s the name %s', async (code, to) => {
    await enrolment.add(toAdd({ name: 'west' }), act);
    await expect(rename(to)).rejects.toMatchObject({ code });
  });

  it('keeps its name when it cannot be stored', async () => {
    await expect(rename('north', 7)).rejects.toMatchObject({ code: 'RR_STORE_DEPOSED' });
    expect(enrolment.find('east')?.record.formerName).toBeUndefined();
    expect(isKnown(enrolment, keys)).toBe(true);
  });
});

describe('the JWT of an agent', () => {
  it('is replaced when less than half of its life is left, until the agent says that it has the new one', async () => {
    const enrolment = await open();
    const keys = await letIn(enrolment);
    const jwt = (): string | undefined => enrolment.termsFor('demo', 'east')?.natsJwt;
    expect(jwt()).toBe('');
    clock.advance(lifetimeMs / 2);
    expect(jwt()).toBe('');
    clock.advance(1);
    expect(jwt()).toBe('');
    await enrolment.idle();
    const expiresAtMs = clock.now() + lifetimeMs;
    expect(jwt()).toBe(`${keys.natsUser.publicKey} demo/east ${expiresAtMs}`);
    await hear(enrolment, keys, { jwtExpiresAtMs: expiresAtMs + 1 });
    expect(jwt()).not.toBe('');
    await hear(enrolment, keys, { jwtExpiresAtMs: expiresAtMs });
    expect(jwt()).toBe('');
    expect(enrolment.find('east')?.record.agent?.natsJwtExpiresAtMs).toBe(expiresAtMs);
  });

  it('is made for nobody where mgmt makes no users: agents keep what their join file brought', async () => {
    const enrolment = await open({ accounts: undefined });
    const natsCredentials = { jwt: 'given', seed: 'seed' };
    const joinFile = await enrolment.add(toAdd({ natsCredentials }), act);
    expect(joinFile.nats.credentials).toEqual(natsCredentials);
    const keys = makeAgentKeys();
    expect(granted(await ask(enrolment, askToEnrol(joinFile, keys))).natsJwt).toBe('');
    await enrolment.rotateCredentials('east', act);
    const withUser = askToRenew(east, { present: keys, next: makeAgentKeys() });
    expect(codeOf(await ask(enrolment, withUser))).toBe('RR_ENROL_NO_USERS');
    expect(enrolment.natsRevocation()).toBe('by-hand');
    expect((await open()).natsRevocation()).toBe('by-expiry');
  });
});

describe('what was shut out of NATS', () => {
  it('is named in the log, for where whoever runs NATS has to do it', async () => {
    const enrolment = await open();
    const { natsUser } = await letIn(enrolment);
    await enrolment.revoke('east', act);
    const line = log.find({ msg: 'users of NATS are to be shut out' });
    expect(line).toMatchObject({ cluster: 'east', natsUsers: expect.arrayContaining([natsUser.publicKey]) as string[] });
  });

  it('is told again at each start, all of it', async () => {
    const keys = await letIn(await open());
    await (await open()).revoke('east', act);
    pushed = [];
    await open();
    expect(pushed.map((users) => [...users.keys()])).toEqual([expect.arrayContaining([keys.natsUser.publicKey])]);
  });

  it('is told also when as many others are forgotten in the same moment', async () => {
    const enrolment = await open();
    for (const mode of ['new', 'again', 'again']) {
      await enrolment.add(toAdd({ mode }), { ...act, nowMs: clock.now() });
      if (mode === 'again') clock.advance(Math.max(lifetimeMs, 366 * 86_400_000) + 1);
    }
    const before = pushed.length;
    await enrolment.add(toAdd({ mode: 'again' }), { ...act, nowMs: clock.now() });
    expect(enrolment.find('east')?.record.revokedUsers).toHaveLength(1);
    expect(pushed).toHaveLength(before + 1);
  });
});

describe('a start', () => {
  it('is refused when the configuration names a cluster that was added, unless that was revoked', async () => {
    const enrolment = await open();
    await letIn(enrolment);
    const configured = new Set(['east']);
    await expect(open({ configured })).rejects.toMatchObject({ code: 'RR_CLUSTER_TWICE', place: 'clusters.east' });
    await (await open()).revoke('east', act);
    expect((await open({ configured })).list()).toHaveLength(1);
  });
});
