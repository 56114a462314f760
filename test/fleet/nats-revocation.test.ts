import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { agentPermissions, createNatsUser, createNkey, openAccountSigner } from '@reroot/shared/nats-auth';
import { subjects } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GeneratedNats, type GeneratedServer, type GeneratedUser, generateNats } from './generated-nats.ts';
import { connectClient, refusalOf, type TestClient } from './nats-client.ts';

const patienceMs = 30_000;

/** The servers settle what one of them has missed at this interval; see the resolver in their configuration. */
const settleMs = 5_000;

let nats: GeneratedNats;
let leaf: GeneratedServer;
let everywhere: readonly GeneratedServer[];

beforeAll(async () => {
  nats = await generateNats({ servers: 3, leaves: 1 });
  everywhere = [...nats.servers, ...nats.leaves];
  await Promise.all(everywhere.map((server) => server.start()));
  const [only] = nats.leaves;
  if (only === undefined) throw new Error('there is no leaf node');
  leaf = only;
  await waitFor(() => nats.systemAnswers().then((answers) => answers === everywhere.length), {
    timeoutMs: patienceMs,
    what: 'all servers and the leaf node to answer on the system account',
  });
});

afterAll(() => nats.stop());

const within = (): AbortSignal => AbortSignal.timeout(patienceMs);

const newAgent = (expiresAtMs?: number): Promise<GeneratedUser> =>
  nats.createUser(agentPermissions('m1', 'c1'), expiresAtMs === undefined ? {} : { expiresAtMs });

const connectAgent = ({ host }: GeneratedServer, user: GeneratedUser): Promise<TestClient> =>
  connectClient({ host, ca: nats.ca, user });

const refusal = ({ host }: GeneratedServer, user: GeneratedUser): Promise<string | undefined> =>
  refusalOf({ host, ca: nats.ca, user });

/** Whether mgmt, at the first server, hears an agent. */
async function isHeard(agent: TestClient): Promise<boolean> {
  const [first] = nats.servers;
  const mgmt = await connectClient({ host: first?.host ?? '', ca: nats.ca, user: nats.mgmt });
  const mark = randomUUID();
  let heard = false;
  mgmt.connection.subscribe(subjects.all('report'), {
    callback: (_, message) => {
      heard ||= message.string() === mark;
    },
  });
  await mgmt.connection.flush();
  try {
    return await waitFor(
      () => {
        agent.connection.publish(subjects.report('m1', 'c1'), mark);
        return heard;
      },
      { timeoutMs: patienceMs, what: 'mgmt to hear the agent' },
    );
  } finally {
    await mgmt.connection.close();
  }
}

const nameOf = (server: GeneratedServer | undefined): string => server?.host.replace(':', '-') ?? '';

describe('a revocation', () => {
  it('cuts the live connections of a user at every server and at the leaf node, and lets it in nowhere again', async () => {
    const [revoked, bystander] = [await newAgent(), await newAgent()];
    const agents = await Promise.all(everywhere.map((server) => connectAgent(server, revoked)));
    const others = await Promise.all(everywhere.map((server) => connectAgent(server, bystander)));
    const startMs = Date.now();
    await nats.updater.revoke(new Map([[revoked.publicKey, startMs]]), within());
    for (const { ended } of agents) expect(await ended).toContain('User Authentication Revoked');
    expect(Date.now() - startMs).toBeLessThan(10_000);
    for (const server of everywhere) expect(await refusal(server, revoked)).toContain('AUTHORIZATION_VIOLATION');
    for (const other of others) {
      expect(await isHeard(other)).toBe(true);
      await other.connection.close();
    }
  });

  it('stands beside all earlier ones, also when several are asked for at once', async () => {
    const users = await Promise.all([newAgent(), newAgent(), newAgent()]);
    await Promise.all(users.map(({ publicKey }) => nats.updater.revoke(new Map([[publicKey, Date.now()]]), within())));
    for (const user of users) {
      for (const server of everywhere) expect(await refusal(server, user)).toContain('AUTHORIZATION_VIOLATION');
    }
  });

  it('leaves a JWT alone that the user gets later', async () => {
    const user = await newAgent();
    await nats.updater.revoke(new Map([[user.publicKey, Date.now() - 60_000]]), within());
    for (const server of everywhere) expect(await refusal(server, user)).toBeUndefined();
  });

  it.each([
    ['a server', () => nats.servers[2]],
    ['the leaf node', () => leaf],
  ])('reaches %s that was down meanwhile, when it is back', async (_, chosen) => {
    const server = chosen();
    if (server === undefined) throw new Error('there is no such server');
    const user = await newAgent();
    await server.kill();
    await waitFor(
      // A leaf node that was connected to the server is on its way to another one, and may miss a moment.
      () => nats.updater.revoke(new Map([[user.publicKey, Date.now()]]), within()).then(() => true),
      { timeoutMs: patienceMs, what: 'the revocation' },
    );
    await server.start();
    const agent = await connectAgent(server, user).catch((error: unknown) => String(error));
    const end = typeof agent === 'string' ? agent : await Promise.race([agent.ended, delay(4 * settleMs, 'still connected')]);
    expect(end).toMatch(/User Authentication Revoked|Authorization Violation/);
    expect(await refusal(server, user)).toContain('AUTHORIZATION_VIOLATION');
  });

  it('fails with the name of a server that does not take it', async () => {
    const [, second] = nats.servers;
    const operatorSigningSeed = await nats.read('operator-signing.seed');
    const updater = nats.updaterBy(operatorSigningSeed, (subject, answers) =>
      // As though the second server had never answered.
      subject.endsWith('UPDATE') ? answers.filter((answer) => !answer.includes(nameOf(second))) : answers,
    );
    const { publicKey } = await newAgent();
    await expect(updater.revoke(new Map([[publicKey, Date.now()]]), within())).rejects.toMatchObject({
      code: 'RR_NATS_ACCOUNT_STALE',
      message: expect.stringContaining(`${nameOf(second)} did not answer`) as string,
    });
  });
});

describe('a JWT', () => {
  it('that ends ends the connection at every server and at the leaf node, and lets nobody in afterwards', async () => {
    const user = await newAgent(Date.now() + 6_000);
    const agents = await Promise.all(everywhere.map((server) => connectAgent(server, user)));
    for (const { ended } of agents) expect(await ended).toContain('User Authentication Expired');
    for (const server of everywhere) {
      // In the second in which it ends, a server still opens a connection and closes it again at once.
      // Servers have two words for it: that the JWT has ended, and that the user is not let in.
      await waitFor(async () => /AUTHENTICATION_EXPIRED|AUTHORIZATION_VIOLATION/.test((await refusal(server, user)) ?? ''), {
        timeoutMs: 15_000,
        what: 'the refusal of a JWT that has ended',
      });
    }
  });
});

describe('a signing key of the account', () => {
  it('lets users in from when it is added until it is dropped, and nobody else notices', async () => {
    const before = await newAgent();
    const bystander = await connectAgent(leaf, before);
    const key = createNkey('account');
    const user = createNatsUser();
    const signer = openAccountSigner(key.seed, nats.signer.account);
    const permissions = agentPermissions('m1', 'c1');
    const issued = { ...user, jwt: await signer.issueUser({ publicKey: user.publicKey, name: 'new', permissions }) };
    expect(await refusal(leaf, issued)).toContain('AUTHORIZATION_VIOLATION');
    await nats.updater.addSigningKey(key.publicKey, within());
    const agents = await Promise.all(everywhere.map((server) => connectAgent(server, issued)));
    await nats.updater.dropSigningKey(key.publicKey, within());
    await Promise.all(agents.map(({ ended }) => ended));
    for (const server of everywhere) expect(await refusal(server, issued)).toContain('AUTHORIZATION_VIOLATION');
    expect(await isHeard(bystander)).toBe(true);
    await bystander.connection.close();
  });
});

describe('a leaf node', () => {
  it('passes on what agents say and what mgmt says, even for users who may do everything there', async () => {
    const everything = { publish: ['>'], subscribe: ['>'] };
    const inside = await connectClient({ host: leaf.host, ca: nats.ca, user: await nats.createUser(everything) });
    const [first] = nats.servers;
    const outside = await connectClient({ host: first?.host ?? '', ca: nats.ca, user: await nats.createUser(everything) });
    const said = [
      ...['trust', 'terms', 'task', 'report', 'issue', 'enrol', 'renew', 'link', 'result'].map(
        (topic) => `reroot.v1.m1.c9.${topic}`,
      ),
      'reroot.v1.m1.c9.inbox.A.1',
      'reroot.v1.m1.c9.enrol-inbox.A.1',
      'reroot.v1.m1.c9.other',
      '_INBOX.A.1',
      'other',
    ];
    const byMgmt = said.filter((subject) => /\.(trust|terms|task|(enrol-)?inbox\..*)$/.test(subject));
    const byAgents = said.filter((subject) => /\.(report|issue|enrol|renew|link|result)$/.test(subject));
    expect(await heardBy(outside, inside, said)).toEqual(byAgents);
    expect(await heardBy(inside, outside, said)).toEqual(byMgmt);
    await Promise.all([inside.connection.close(), outside.connection.close()]);
  });
});

/** What of some subjects one client hears of another, in order, after it has heard the last one that it may hear. */
async function heardBy(listener: TestClient, speaker: TestClient, said: readonly string[]): Promise<readonly string[]> {
  const heard = new Set<string>();
  // One by one: of `>` a leaf node's permissions would let nothing through.
  const subscriptions = said.map((each) =>
    listener.connection.subscribe(each, {
      callback: (_, { subject }) => {
        heard.add(subject);
      },
    }),
  );
  await listener.connection.flush();
  let rounds = 0;
  await waitFor(
    async () => {
      for (const subject of said) speaker.connection.publish(subject);
      await speaker.connection.flush();
      await listener.connection.flush();
      if (heard.size > 0) rounds += 1;
      // Interest spreads over routes one subject after the other.
      return rounds >= 50;
    },
    { timeoutMs: patienceMs, what: 'anything to be heard across the leaf node' },
  );
  for (const subscription of subscriptions) subscription.unsubscribe();
  await listener.connection.flush();
  return said.filter((subject) => heard.has(subject));
}
