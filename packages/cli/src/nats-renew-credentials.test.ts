import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accountOfJwt,
  createNkey,
  grantOfJwt,
  leafPermissions,
  mgmtPermissions,
  type NatsPermissions,
  openAccountSigner,
  readCredsText,
  writeCredsText,
} from '@reroot/shared/nats-auth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Run, runCaptured } from './testing/run-captured.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'reroot-nats-creds-'));
  folder = join(parent, 'nats');
  const hosts = ['--host', 'a.example.com', '--leaf', 'b.example.com'];
  await runCaptured(['nats', 'init', '--out', folder, ...hosts]);
});
afterEach(() => rm(parent, { recursive: true }));

const leafCreds = 'leaf-nodes/b.example.com/leaf.creds';
const credsFiles = ['mgmt.creds', 'system.creds', leafCreds, 'leaf-nodes/b.example.com/leaf-system.creds'];
const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
const grantIn = async (file: string) => grantOfJwt(readCredsText(await read(file)).jwt);
const renew = (...args: readonly string[]): Promise<Run> => runCaptured(['nats', 'renew-credentials', '--dir', folder, ...args]);

/** As an earlier reroot has written it: the same user, without the subjects of later protocols. */
async function becomeOld(
  file: string,
  { publish, subscribe }: NatsPermissions,
  connection: 'client' | 'leaf-node',
): Promise<void> {
  const { seed } = readCredsText(await read(file));
  const { user: publicKey } = await grantIn(file);
  const isOld = (subject: string): boolean => !/\.(task|result)$/.test(subject);
  const permissions = { publish: publish.filter(isOld), subscribe: subscribe.filter(isOld) };
  const signer = openAccountSigner(await read('account-signing.seed'), accountOfJwt(await read('account.jwt')));
  const jwt = await signer.issueUser({ publicKey, name: 'old', permissions, connection });
  await writeFile(join(folder, file), writeCredsText({ jwt, seed }));
}

describe('reroot nats renew-credentials', () => {
  it('gives the users of an earlier reroot what they are permitted today, and keeps their keys', async () => {
    await becomeOld('mgmt.creds', mgmtPermissions(), 'client');
    await becomeOld(leafCreds, leafPermissions(), 'leaf-node');
    const before = await Promise.all(credsFiles.map(read));
    const run = await renew('-o', 'json');
    expect(run.exit).toBe(0);
    const after = await Promise.all(credsFiles.map(read));
    expect(after.map((text) => readCredsText(text).seed)).toEqual(before.map((text) => readCredsText(text).seed));
    expect(after.map((text, index) => text === before[index])).toEqual([false, true, false, true]);
    expect((await grantIn('mgmt.creds')).permissions).toEqual(mgmtPermissions());
    expect((await grantIn(leafCreds)).permissions).toEqual(leafPermissions());
    const { credentials } = JSON.parse(run.stdout) as { credentials: { state: string; user: string; added: string[] }[] };
    expect(credentials.map(({ state }) => state)).toEqual(['renewed', 'unchanged', 'renewed', 'unchanged']);
    expect(credentials.map(({ added }) => added)).toEqual([
      ['publish reroot.v1.*.*.task', 'subscribe reroot.v1.*.*.result'],
      [],
      ['publish reroot.v1.*.*.result', 'subscribe reroot.v1.*.*.task'],
      [],
    ]);
    expect(credentials[0]?.user).toBe((await grantIn('mgmt.creds')).user);
    expect((await stat(join(folder, 'mgmt.creds'))).mode & 0o777).toBe(0o600);
    for (const text of after) expect(run.stdout + run.stderr).not.toContain(readCredsText(text).seed);
  });

  it('says what is new, what to copy and what to restart, and writes nothing the second time', async () => {
    await becomeOld('mgmt.creds', mgmtPermissions(), 'client');
    const first = await renew();
    expect(first.stdout).toContain(`${join(folder, 'mgmt.creds')}  renewed\n  + publish reroot.v1.*.*.task\n`);
    expect(first.stderr).toContain(`give mgmt ${join(folder, 'mgmt.creds')}, and restart it`);
    expect(first.stderr).toContain('reroot cluster rotate-credentials NAME');
    const before = await Promise.all(credsFiles.map(read));
    const second = await renew();
    expect(second.stdout).not.toContain('renewed');
    expect(second.stderr).toContain('nothing was written');
    expect(await Promise.all(credsFiles.map(read))).toEqual(before);
  });

  it('renews what a former signing key has signed', async () => {
    const { seed } = readCredsText(await read('mgmt.creds'));
    const { user: publicKey, permissions } = await grantIn('mgmt.creds');
    const former = openAccountSigner(createNkey('account').seed, accountOfJwt(await read('account.jwt')));
    const jwt = await former.issueUser({ publicKey, name: 'mgmt', permissions });
    await writeFile(join(folder, 'mgmt.creds'), writeCredsText({ jwt, seed }));
    expect((await renew()).exit).toBe(0);
    expect((await grantIn('mgmt.creds')).signedBy).toBe((await grantIn(leafCreds)).signedBy);
  });

  it('needs the seed of the system account only where something is to be signed by it', async () => {
    await rm(join(folder, 'system-signing.seed'));
    expect((await renew()).exit).toBe(0);
    await copyFile(join(folder, 'mgmt.creds'), join(folder, 'system.creds'));
    await becomeOld('mgmt.creds', mgmtPermissions(), 'client');
    const before = await read('mgmt.creds');
    const place = join(folder, 'system-signing.seed');
    expect(await renew()).toMatchObject({ exit: 2, code: 'RR_CONFIG_UNREADABLE', place });
    expect(await read('mgmt.creds')).toBe(before);
  });

  it('refuses a seed that no server would take users of', async () => {
    await writeFile(join(folder, 'account-signing.seed'), createNkey('account').seed);
    const place = join(folder, 'account-signing.seed');
    expect(await renew()).toMatchObject({ exit: 2, code: 'RR_NATS_CREDENTIALS_INVALID', place });
  });

  it('names the file that is not there, and writes nothing', async () => {
    await becomeOld('mgmt.creds', mgmtPermissions(), 'client');
    const before = await read('mgmt.creds');
    await rm(join(folder, leafCreds));
    expect(await renew()).toMatchObject({ exit: 2, code: 'RR_CONFIG_UNREADABLE', place: join(folder, leafCreds) });
    expect(await read('mgmt.creds')).toBe(before);
    expect((await readdir(folder)).filter((file) => file.endsWith('.new'))).toEqual([]);
  });
});
