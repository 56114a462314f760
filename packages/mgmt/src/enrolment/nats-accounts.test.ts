import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNatsUser, createNkey, jwtExpiresAtMs, openAccountSigner, writeCredsText } from '@reroot/shared/nats-auth';
import { createFakeClock } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNatsAccounts, readCredentialsFile } from './nats-accounts.ts';
import { type NatsConfig, natsSchema } from './nats-schema.ts';

const dayMs = 86_400_000;
const nowMs = 1_700_000_000_123;
const [account, signing, own] = [createNkey('account'), createNkey('account'), createNatsUser()];
const clock = createFakeClock(nowMs);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reroot-accounts-'));
  await write('signing.seed', `${signing.seed}\n`);
  const jwt = await openAccountSigner(signing.seed, account.publicKey).issueUser({
    ...{ publicKey: own.publicKey, name: 'mgmt', permissions: { publish: [], subscribe: [] } },
  });
  await write('mgmt.creds', writeCredsText({ jwt, seed: own.seed }));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string, mode = 0o600): Promise<void> {
  await writeFile(join(folder, name), text);
  await chmod(join(folder, name), mode);
}

const at = (name: string): string => join(folder, name);
const configOf = (users: object | undefined, change: object = {}): NatsConfig =>
  natsSchema.parse({ servers: ['nats://127.0.0.1:4222'], credentialsFile: at('mgmt.creds'), users, ...change });
const users = (change: object = {}) => ({ account: account.publicKey, signingKeyFile: at('signing.seed'), ...change });
const agent = { mesh: 'demo', cluster: 'east' };

describe('the users that mgmt makes', () => {
  it('are none where the configuration says nothing of them', async () => {
    expect(await openNatsAccounts(configOf(undefined), clock)).toBeUndefined();
  });

  it('last as long as the configuration says, to the second', async () => {
    const accounts = await openNatsAccounts(configOf(users({ jwtLifetimeDays: 2 })), clock);
    const issued = await accounts?.issueAgentUser({ ...agent, natsUser: createNatsUser().publicKey });
    expect(issued?.expiresAtMs).toBe(Math.floor((nowMs + 2 * dayMs) / 1_000) * 1_000);
    expect(jwtExpiresAtMs(issued?.jwt ?? '')).toBe(issued?.expiresAtMs);
    expect(accounts?.updater).toBeUndefined();
  });

  it('are never mgmt itself, nor what is no user', async () => {
    const accounts = await openNatsAccounts(configOf(users()), clock);
    const issue = (natsUser: string): Promise<unknown> => accounts!.issueAgentUser({ ...agent, natsUser });
    await expect(issue(own.publicKey)).rejects.toMatchObject({ code: 'RR_ENROL_KEYS_TAKEN' });
    await expect(issue(account.publicKey)).rejects.toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID' });
  });
});

describe('the files that they are made with', () => {
  it.each([
    ['is missing', () => rm(at('signing.seed'))],
    ['can be read by others', () => chmod(at('signing.seed'), 0o640)],
    ['holds the seed of a user', () => write('signing.seed', own.seed)],
  ])('are refused when the signing key %s', async (_, spoil) => {
    await spoil();
    const opened = openNatsAccounts(configOf(users()), clock);
    await expect(opened).rejects.toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID' });
    await expect(opened.catch((error: unknown) => String(error))).resolves.not.toContain(own.seed);
  });

  it('are refused when credentials can be read by others, or are none', async () => {
    expect(await readCredentialsFile(at('mgmt.creds'))).toMatchObject({ seed: own.seed });
    await chmod(at('mgmt.creds'), 0o644);
    await expect(readCredentialsFile(at('mgmt.creds'))).rejects.toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID' });
    await write('mgmt.creds', 'x'.repeat(60));
    await expect(readCredentialsFile(at('mgmt.creds'))).rejects.toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID' });
  });
});

describe('the configuration of NATS', () => {
  it('gives agents no credentials by their servers, for all would have the same', () => {
    const agents = { servers: ['nats://all:secret@nats:4222'] };
    const parsed = natsSchema.safeParse({ servers: ['nats://127.0.0.1'], agents });
    expect(parsed.error?.issues).toMatchObject([
      { path: ['agents', 'servers', 0], message: expect.stringContaining('join files') as string },
    ]);
    expect(JSON.stringify(parsed.error?.issues)).not.toContain('secret');
  });
});
