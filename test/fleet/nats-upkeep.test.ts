import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  agentPermissions,
  grantOfJwt,
  leafPermissions,
  mgmtPermissions,
  type NatsCredentials,
  type NatsPermissions,
  openAccountSigner,
  readCredsText,
  writeCredsText,
} from '@reroot/shared/nats-auth';
import { subjects } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GeneratedNats, type GeneratedServer, type GeneratedUser, generateNats, runNats } from './generated-nats.ts';
import { connectClient, fingerprintOf, refusalOf, type TestClient } from './nats-client.ts';

const patienceMs = 30_000;

let nats: GeneratedNats;
let server: GeneratedServer;
let leaf: GeneratedServer;

beforeAll(async () => {
  nats = await generateNats({ servers: 1, leaves: 1 });
  const [first, only] = [...nats.servers, ...nats.leaves];
  if (first === undefined || only === undefined) throw new Error('a server is missing');
  [server, leaf] = [first, only];
  await Promise.all([server.start(), leaf.start()]);
  await waitFor(() => nats.systemAnswers().then((answers) => answers === 2), { timeoutMs: patienceMs, what: 'both to answer' });
});

afterAll(() => nats.stop());

const connectAt = ({ host }: GeneratedServer, user: Parameters<typeof connectClient>[0]['user']): Promise<TestClient> =>
  connectClient({ host, ca: nats.ca, user });

const onServers = (): readonly string[] => ['--dir', nats.folder, '--host', server.host];

/** Whether mgmt hears what an agent of m1/c1 reports. */
function reaches(agent: TestClient, mgmt: TestClient): Promise<boolean> {
  return arrives(agent, mgmt, subjects.report('m1', 'c1'));
}

function arrives(from: TestClient, to: TestClient, subject: string): Promise<boolean> {
  let heard = false;
  const subscription = to.connection.subscribe(subject, { callback: () => (heard = true) });
  return waitFor(
    () => {
      from.connection.publish(subject);
      return heard;
    },
    { timeoutMs: patienceMs, what: `${subject} to arrive` },
  ).finally(() => {
    subscription.unsubscribe();
  });
}

describe('reroot nats renew-certificates', () => {
  it('changes the certificates of running servers, whose connections stay, and who is revoked', async () => {
    const revoked = await nats.createUser(agentPermissions('m1', 'c1'));
    await nats.updater.revoke(new Map([[revoked.publicKey, Date.now()]]), AbortSignal.timeout(patienceMs));
    const agent = await connectAt(leaf, await nats.createUser(agentPermissions('m1', 'c1')));
    const mgmt = await connectAt(server, nats.mgmt);
    const before = await Promise.all([server, leaf].map(({ host }) => fingerprintOf(host, nats.ca)));
    await runNats('renew-certificates', '--dir', nats.folder);
    for (const [index, each] of [server, leaf].entries()) {
      each.reload();
      await waitFor(async () => (await fingerprintOf(each.host, nats.ca)) !== before[index], {
        timeoutMs: patienceMs,
        what: 'the new certificate to be shown',
      });
    }
    expect(await reaches(agent, mgmt)).toBe(true);
    for (const { host } of [server, leaf]) {
      expect(await refusalOf({ host, ca: nats.ca, user: revoked })).toContain('AUTHORIZATION_VIOLATION');
    }
    expect([agent.connection.isClosed(), mgmt.connection.isClosed()]).toEqual([false, false]);
    await Promise.all([agent.connection.close(), mgmt.connection.close()]);
  });
});

describe('reroot nats renew-credentials', () => {
  it('lets mgmt and leaf nodes of an earlier reroot speak of tasks, on servers that run on', async () => {
    const agent = await connectAt(leaf, await nats.createUser(agentPermissions('m1', 'c1')));
    await becomeOld('mgmt.creds', nats.mgmt, mgmtPermissions(), 'client');
    const leafFile = join('leaf-nodes', leaf.host.replace(':', '-'), 'leaf.creds');
    await becomeOld(leafFile, readCredsText(await nats.read(leafFile)), leafPermissions(), 'leaf-node');
    const old = await connectAt(server, readCredsText(await nats.read('mgmt.creds')));
    old.connection.publish(subjects.task('m1', 'c1'));
    old.connection.subscribe(subjects.all('result'));
    await waitFor(() => old.refused.length === 2, { timeoutMs: patienceMs, what: 'the server to refuse both' });
    await Promise.all([agent, old].map(({ connection }) => connection.close()));

    const { credentials } = (await runNats('renew-credentials', '--dir', nats.folder)) as { credentials: { state: string }[] };
    expect(credentials.map(({ state }) => state)).toEqual(['renewed', 'unchanged', 'renewed', 'unchanged']);
    await leaf.kill();
    await leaf.start();
    const again = await connectAt(leaf, await nats.createUser(agentPermissions('m1', 'c1')));
    const mgmt = await connectAt(server, readCredsText(await nats.read('mgmt.creds')));
    expect(await arrives(mgmt, again, subjects.task('m1', 'c1'))).toBe(true);
    expect(await arrives(again, mgmt, subjects.result('m1', 'c1'))).toBe(true);
    expect([...mgmt.refused, ...again.refused]).toEqual([]);
    await Promise.all([again, mgmt].map(({ connection }) => connection.close()));
  });

  /** As an earlier reroot has written it: the same user, without the subjects of later protocols. */
  async function becomeOld(
    file: string,
    { jwt, seed }: NatsCredentials,
    { publish, subscribe }: NatsPermissions,
    connection: 'client' | 'leaf-node',
  ): Promise<void> {
    const isOld = (subject: string): boolean => !/\.(task|result)$/.test(subject);
    const permissions = { publish: publish.filter(isOld), subscribe: subscribe.filter(isOld) };
    const user = { publicKey: grantOfJwt(jwt).user, name: 'old', permissions, connection };
    await writeFile(join(nats.folder, file), writeCredsText({ jwt: await nats.signer.issueUser(user), seed }));
  }
});

describe('reroot nats revoke', () => {
  it('cuts the connections of a user, and lets it in no more', async () => {
    const user = await nats.createUser(agentPermissions('m1', 'c1'));
    const agents = await Promise.all([connectAt(server, user), connectAt(leaf, user)]);
    expect(await runNats('revoke', user.publicKey, ...onServers())).toEqual({ revoked: [user.publicKey] });
    for (const { ended } of agents) expect(await ended).toContain('User Authentication Revoked');
    for (const { host } of [server, leaf])
      expect(await refusalOf({ host, ca: nats.ca, user })).toContain('AUTHORIZATION_VIOLATION');
  });
});

describe('reroot nats rotate-signing-key', () => {
  it('lets old and new users in until drop-signing-key shuts the old ones out', async () => {
    const old = await nats.createUser(agentPermissions('m1', 'c1'));
    const oldMgmt = await connectAt(server, nats.mgmt);
    const oldAgent = await connectAt(leaf, old);
    const { former } = (await runNats('rotate-signing-key', ...onServers())) as { former: string };
    expect(await reaches(oldAgent, oldMgmt)).toBe(true);

    const mgmt = await connectAt(server, readCredsText(await nats.read('mgmt.creds')));
    const agent = await connectAt(leaf, await issueByPresentKey(old));
    await leaf.kill();
    await leaf.start();
    const again = await connectAt(leaf, await issueByPresentKey(old));
    expect(await reaches(again, mgmt)).toBe(true);

    expect(await runNats('drop-signing-key', former, ...onServers())).toMatchObject({ dropped: former });
    await oldMgmt.ended;
    for (const { host } of [server, leaf]) {
      expect(await refusalOf({ host, ca: nats.ca, user: old })).toContain('AUTHORIZATION_VIOLATION');
    }
    expect(await reaches(again, mgmt)).toBe(true);
    await Promise.all([agent, again, mgmt].map(({ connection }) => connection.close()));
  });

  it('holds on servers that have lost their accounts, and start with what their configuration says', async () => {
    const user = await nats.createUser(agentPermissions('m1', 'c1'));
    const stolen = await issueByPresentKey(user);
    const { former } = (await runNats('rotate-signing-key', ...onServers())) as { former: string };
    const issued = await issueByPresentKey(user);
    const restart = async (): Promise<void> => {
      await Promise.all([server, leaf].map((each) => each.kill()));
      for (const { folder } of [server, leaf]) await rm(join(folder, 'jwt'), { recursive: true });
      await Promise.all([server, leaf].map((each) => each.start()));
    };
    await restart();
    for (const { host } of [server, leaf]) expect(await refusalOf({ host, ca: nats.ca, user: issued })).toBeUndefined();
    await runNats('drop-signing-key', former, ...onServers());
    await restart();
    for (const { host } of [server, leaf]) {
      expect(await refusalOf({ host, ca: nats.ca, user: issued })).toBeUndefined();
      expect(await refusalOf({ host, ca: nats.ca, user: stolen })).toContain('AUTHORIZATION_VIOLATION');
    }
  });
});

/** What mgmt does at `reroot cluster rotate-credentials`, with the key that is in the folder now. */
async function issueByPresentKey({ publicKey, seed }: GeneratedUser): Promise<GeneratedUser> {
  const signer = openAccountSigner(await nats.read('account-signing.seed'), nats.signer.account);
  const permissions = agentPermissions('m1', 'c1');
  return { publicKey, seed, jwt: await signer.issueUser({ publicKey, name: 'agent', permissions }) };
}
