import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { type Log, silentLog } from '@reroot/shared/log';
import {
  agentPermissions,
  createNatsOperator,
  createNatsUser,
  joinPermissions,
  jwtExpiresAtMs,
  mgmtPermissions,
  type NatsAccountSigner,
  type NatsPermissions,
  natsUserOfSeed,
  openAccountSigner,
} from '@reroot/shared/nats-auth';
import { freePort, type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { type Bus, connectBus, type NatsCredentials } from '@reroot/shared/transport';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createJoinedRig, type JoinedRig } from './testing/joined-rig.ts';

const mesh = 'demo';
const cluster = 'cluster-1';
const soon = (what: string) => ({ timeoutMs: 12_000, what });

/** An account of NATS, and the configuration of a server that knows its users and no others. */
interface Account {
  readonly signer: NatsAccountSigner;
  readonly configFile: string;
}

async function createAccount(dir: string): Promise<Account> {
  const { jwt, system, account } = await createNatsOperator();
  const preload = [system, account].map((each) => `${each.publicKey}: ${each.jwt}`).join('\n');
  const configFile = join(dir, `${account.publicKey}.conf`);
  await writeFile(
    configFile,
    `operator: ${jwt}\nsystem_account: ${system.publicKey}\nresolver: MEMORY\nresolver_preload: {\n${preload}\n}\n`,
  );
  return { signer: openAccountSigner(account.signingSeed, account.publicKey), configFile };
}

async function createUser({ signer }: Account, permissions: NatsPermissions): Promise<NatsCredentials> {
  const { publicKey, seed } = createNatsUser();
  return { seed, jwt: await signer.issueUser({ publicKey, name: 'test', permissions }) };
}

describe('an agent whose NATS knows users by their JWTs', { timeout: 30_000 }, () => {
  let account: Account;
  let other: Account;
  let server: NatsServer;
  let mgmtUser: NatsCredentials;
  let rig: JoinedRig;
  let warnings: object[];

  beforeEach(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'reroot-nats-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    [account, other] = [await createAccount(dir), await createAccount(dir)];
    server = await startNatsServer({ port: await freePort(), configFile: account.configFile });
    onTestFinished(() => server.stop());
    mgmtUser = await createUser(account, mgmtPermissions());
    rig = await createJoinedRig({ natsUrl: server.url, bus: await connectMgmt(), mesh, cluster, signer: account.signer });
    onTestFinished(() => rig.dispose());
    await invite(await createUser(account, joinPermissions(mesh, cluster)));
  });

  const connectMgmt = async (): Promise<Bus> => {
    warnings = [];
    const log: Log = { ...silentLog, warn: (fields) => warnings.push(fields) };
    const bus = await connectBus({ servers: [server.url], name: 'mgmt', log, credentials: () => mgmtUser, random: () => 0.1 });
    onTestFinished(() => bus.close());
    return bus;
  };
  const invite = async (credentials: NatsCredentials, tokenId?: string): Promise<void> => {
    const joinFile = rig.enrolment.joinFile({ nats: { servers: [server.url], plaintext: 'refused', credentials } });
    const { enrolment } = joinFile;
    await rig.invite({ ...joinFile, enrolment: { ...enrolment, tokenId: tokenId ?? enrolment.tokenId } });
  };
  /** Until the agent has said that it is there. */
  const linked = async (): Promise<void> => {
    const before = rig.mgmt.states.length;
    await waitFor(() => rig.mgmt.states.length > before, soon('a state of the link'));
  };
  const held = () => rig.store.written.at(-1)?.held;
  /** A JWT of the agent's own NATS user. */
  const issue = ({ signer }: Account, expiresAtMs: number): Promise<string> => {
    const { publicKey } = natsUserOfSeed(held()?.nats?.seed ?? '');
    return signer.issueUser({ publicKey, name: 'agent', permissions: agentPermissions(mesh, cluster), expiresAtMs });
  };

  it('enrols with the user of the join file, then goes by a user of its own, whose seed never leaves it', async () => {
    rig.start();
    await linked();
    await waitFor(() => rig.mgmt.reports.length > 0, soon('a report'));
    const { request } = rig.enrolment.asked[0]!;
    expect(held()?.nats).toMatchObject({ origin: 'own' });
    expect(natsUserOfSeed(held()?.nats?.seed ?? '').publicKey).toBe(request.natsUser);
    expect(rig.lines.join('')).not.toMatch(/permi|SU[A-Z0-9]{50}|PRIVATE KEY|eyJ/i);
    expect(warnings).toEqual([]);
  });

  it('changes its NATS user together with its key', async () => {
    rig.start();
    await linked();
    const before = held()?.nats;
    await waitFor(() => {
      rig.mgmt.offer({ credentialsEpoch: 1 });
      return rig.mgmt.states.some(({ credentialsEpoch }) => credentialsEpoch === 1);
    }, soon('the next epoch'));
    expect(held()?.nats).toMatchObject({ origin: 'own' });
    expect(held()?.nats?.seed).not.toBe(before?.seed);
    expect(rig.lines.join('')).not.toMatch(/permi/i);
  });

  it('takes a newer JWT, tells when it expires, and shows it when it has to connect again', async () => {
    rig.start();
    await linked();
    const natsJwt = await issue(other, systemClock.now() + 3_600_000);
    const expiresAtMs = jwtExpiresAtMs(natsJwt);
    rig.mgmt.offer({ natsJwt });
    await rig.heard('when it expires', (state) => state.natsJwtExpiresAtMs === expiresAtMs);
    expect(held()?.nats?.jwt).toBe(natsJwt);

    await server.kill();
    mgmtUser = await createUser(other, mgmtPermissions());
    // From now on nobody is let in with what was shown before.
    server = await startNatsServer({ port: server.port, configFile: other.configFile });
    await waitFor(() => {
      rig.mgmt.offer();
      return rig.mgmt.states.some(({ reconnects }) => reconnects === 1);
    }, soon('an answer after the reconnect'));
  });

  it('goes on as before with another join file whose user NATS does not know', async () => {
    rig.start();
    await linked();
    const before = rig.mgmt.states.at(-1)?.keyId;
    // On a busy machine the answer to the first request may come too late, and the agent asks again.
    const asked = rig.enrolment.asked.length;
    await rig.stop();
    await invite(await createUser(other, joinPermissions(mesh, cluster)), '00'.repeat(8));
    rig.start();
    await linked();
    expect(rig.mgmt.states.at(-1)?.keyId).toBe(before);
    expect(rig.lines.join('')).toMatch(/RR_NATS_REFUSED.*the join file is passed over/s);
    expect(rig.enrolment.asked).toHaveLength(asked);
  });

  it('says what it means when NATS does not know the user of its first join file, and waits', async () => {
    await invite(await createUser(other, joinPermissions(mesh, cluster)));
    rig.start();
    await rig.logged('RR_NATS_REFUSED');
    expect(rig.lines.join('')).toMatch(
      /the join file was used, replaced, revoked, or has expired: look at `reroot cluster list`/,
    );
    await invite(await createUser(account, joinPermissions(mesh, cluster)));
    await rig.stop();
    expect(await rig.ended()).toBeUndefined();
    rig.start();
    await linked();
  });

  it('lives on when NATS does not let it in any more, says so, and is back with the next start once it is let in', async () => {
    rig.start();
    await linked();
    await rig.stop();
    const { record } = await rig.store.read(new AbortController().signal);
    const keep = (jwt: string): void => {
      rig.store.put({ ...record, held: { ...record.held!, nats: { ...record.held!.nats!, jwt } } });
    };
    keep(await issue(account, systemClock.now() - 1_000));
    rig.start();
    await rig.logged('NATS is not reached: the cluster keeps what it holds');
    await rig.logged('RR_NATS_REFUSED');
    await rig.stop();
    expect(await rig.ended()).toBeUndefined();
    keep(await issue(account, systemClock.now() + 60_000));
    rig.start();
    await linked();
  });
});
