import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Log, silentLog } from '@reroot/shared/log';
import { createNatsOperator, createNatsUser, openAccountSigner, writeCredsText } from '@reroot/shared/nats-auth';
import { generateIdentity } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentConfigSchema } from '../config.ts';
import type { LinkConfig } from './config.ts';
import { openConfiguredSource } from './configured-source.ts';
import type { ConnectLink, LinkConnection } from './connect-link.ts';
import { readJoinFile, readLaterJoinFile } from './read-join-file.ts';

const { signal } = new AbortController();
const expiresAtMs = 4_000_000_000_000;
const { privateKeyPem, publicKeyPem } = generateIdentity();
let dir: string;
let credentials: { readonly jwt: string; readonly seed: string };
const at = (name: string) => join(dir, name);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-files-'));
  const { account } = await createNatsOperator();
  const { publicKey, seed } = createNatsUser();
  const signer = openAccountSigner(account.signingSeed, account.publicKey);
  const permissions = { publish: [], subscribe: [] };
  credentials = { seed, jwt: await signer.issueUser({ publicKey, name: 'agent', permissions, expiresAtMs }) };
  await writeFile(at('agent.key'), privateKeyPem, { mode: 0o600 });
  await writeFile(at('ca.pem'), 'the CA', { mode: 0o644 });
  await writeFile(at('user.creds'), writeCredsText(credentials), { mode: 0o600 });
});
afterAll(() => rm(dir, { recursive: true }));

/** The link of an agent that is told everything, and what it would connect with. */
async function open(nats: object): Promise<{ connection: LinkConnection; natsJwtExpiresAtMs: number }> {
  const config = agentConfigSchema.parse({
    ...{ mesh: 'demo', cluster: 'cluster-1', identity: { privateKeyFile: at('agent.key') } },
    ...{ mgmt: { publicKeys: [publicKeyPem] }, nats: { servers: ['tls://nats.example'], ...nats } },
  }).link as Extract<LinkConfig, { kind: 'configured' }>;
  const connections: LinkConnection[] = [];
  const connect: ConnectLink = async (connection) => {
    connections.push(connection);
    return {} as Bus;
  };
  const link = await (await openConfiguredSource(config, connect)).next(signal);
  await link.connect(signal);
  return { connection: connections[0]!, natsJwtExpiresAtMs: link.membership.present().natsJwtExpiresAtMs };
}

describe('an agent that is told everything', () => {
  it('connects with the CA and the credentials of the files that it is told of, under inboxes of its own', async () => {
    const { connection, natsJwtExpiresAtMs } = await open({ caFile: at('ca.pem'), credentialsFile: at('user.creds') });
    expect(connection).toMatchObject({
      address: { servers: ['tls://nats.example'], ca: 'the CA', plaintext: 'refused' },
      inboxPrefix: 'reroot.v1.demo.cluster-1.inbox',
      name: 'reroot-agent cluster-1',
    });
    expect(connection.credentials?.()).toEqual(credentials);
    expect(natsJwtExpiresAtMs).toBe(expiresAtMs);
  });

  it('goes without what it is not told of', async () => {
    const { connection, natsJwtExpiresAtMs } = await open({ plaintext: 'allowed' });
    expect(connection).toMatchObject({ address: { plaintext: 'allowed' }, credentials: undefined });
    expect(connection.address.ca).toBeUndefined();
    expect(natsJwtExpiresAtMs).toBe(0);
  });

  it('names the file that is missing, or holds something else', async () => {
    await expect(open({ caFile: at('none.pem') })).rejects.toMatchObject({ code: 'RR_CONFIG_UNREADABLE', place: at('none.pem') });
    for (const name of ['none.creds', 'agent.key']) {
      await expect(open({ credentialsFile: at(name) })).rejects.toMatchObject({
        code: 'RR_NATS_CREDENTIALS_INVALID',
        place: at(name),
      });
    }
  });

  it('does not take credentials that others can read, and does not show them', async () => {
    await writeFile(at('open.creds'), writeCredsText(credentials));
    await chmod(at('open.creds'), 0o644);
    const refused = await open({ credentialsFile: at('open.creds') }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID', message: expect.stringContaining('644') as string });
    expect(JSON.stringify(refused)).not.toContain(credentials.seed);
  });
});

describe('a join file', () => {
  const joinFile = {
    ...{ apiVersion: 'reroot.dev/v1', kind: 'JoinFile', mesh: 'demo', cluster: 'cluster-1' },
    ...{ nats: { servers: ['tls://nats.example'] }, mgmt: { publicKeys: [publicKeyPem] } },
    enrolment: { tokenId: '0123456789abcdef', token: 'x'.repeat(43), expiresAt: '2026-01-01T00:00:00Z' },
  };
  const noting = () => {
    const lines: string[] = [];
    const note = (_: object, line: string) => void lines.push(line);
    const log: Log = { ...silentLog, warn: note, info: note };
    return { lines, log };
  };

  it('that everybody can read is taken, and told of', async () => {
    await writeFile(at('join.yaml'), JSON.stringify(joinFile), { mode: 0o600 });
    const closed = noting();
    expect((await readJoinFile(at('join.yaml'), closed.log)).nats.plaintext).toBe('refused');
    expect(closed.lines).toEqual([]);
    await chmod(at('join.yaml'), 0o644);
    const open = noting();
    await readJoinFile(at('join.yaml'), open.log);
    expect(open.lines).toEqual(['everybody on this machine can read the join file']);
  });

  it('that is missing or broken is an error before the agent has joined, and a line of the log afterwards', async () => {
    await writeFile(at('broken.yaml'), JSON.stringify({ ...joinFile, enrolment: { ...joinFile.enrolment, token: 'short' } }));
    for (const [name, code] of [
      ['none.yaml', 'RR_CONFIG_UNREADABLE'],
      ['broken.yaml', 'RR_CONFIG_INVALID'],
    ] as const) {
      const refused = await readJoinFile(at(name), silentLog).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code });
      const later = noting();
      expect(await readLaterJoinFile(at(name), later.log)).toBeUndefined();
      expect(later.lines).toEqual(['the join file is not read: the agent has joined']);
    }
  });
});
