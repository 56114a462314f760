import { join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import { type AccountUpdater, createNkey, type Nkey, nkeyOfSeed, signingKeysOfJwt } from '@reroot/shared/nats-auth';
import { type NatsAccountOptions, openAccount } from './nats-account.ts';
import { sayOfConfigs, writeAccountJwt } from './nats-account-jwt.ts';
import {
  findServerFolders,
  listServerFolders,
  moveFile,
  readNatsFile,
  readNatsFileIfAny,
  replaceFile,
  type ServerFolder,
} from './nats-folder.ts';
import { credentialsOf, leafUser, mgmtUser, type SigningAccount } from './nats-users.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

const seedFile = 'account-signing.seed';

/** The new key until everything else is done: a run that finds it goes on with it. */
const nextSeedFile = 'account-signing.next.seed';

/**
 * `reroot nats rotate-signing-key`: the servers take the new key before any file changes, so that whatever happens in
 * between, what is in the folder is taken. The seed changes last, so that until then the former key can be named.
 */
export async function runNatsRotateSigningKey(options: NatsAccountOptions, shell: Shell): Promise<void> {
  const { dir, host } = options;
  const { account, updater } = await openAccount(options, shell);
  const former = nkeyOfSeed('account', await readNatsFile(dir, seedFile)).publicKey;
  const folders = await findServerFolders(dir);
  say(shell, `the former key is ${former}`);
  const fresh = await beginKey(dir);
  const jwt = await updater.addSigningKey(fresh.publicKey, shell.signal);
  const credentials = await writeCredentials(dir, folders, { publicKey: account, signingSeed: fresh.seed });
  const outcome = await writeAccountJwt(dir, folders, { account, jwt });
  await moveFile(join(dir, nextSeedFile), join(dir, seedFile));
  const files = [join(dir, seedFile), ...credentials, ...outcome.written];
  await printData(shell, options, { files, present: fresh.publicKey, former }, () => files);
  const others = signingKeysOfJwt(jwt).filter((key) => key !== fresh.publicKey && key !== former);
  for (const line of [...nextSteps(dir, host, former), ...furtherKeys(others), ...sayOfConfigs(outcome)]) say(shell, line);
}

/** A key of an earlier run that was broken off, or a new one. */
async function beginKey(dir: string): Promise<Nkey> {
  const begun = await readNatsFileIfAny(dir, nextSeedFile);
  if (begun !== undefined) return nkeyOfSeed('account', begun);
  const fresh = createNkey('account');
  await replaceFile(join(dir, nextSeedFile), `${fresh.seed}\n`, 'secret');
  return fresh;
}

async function writeCredentials(
  dir: string,
  folders: readonly ServerFolder[],
  keyed: SigningAccount,
): Promise<readonly string[]> {
  const written = [join(dir, 'mgmt.creds')];
  await replaceFile(join(dir, 'mgmt.creds'), await credentialsOf(keyed, mgmtUser()), 'secret');
  for (const { kind, name, path } of folders) {
    if (kind === 'server') continue;
    const file = join(path, 'leaf.creds');
    await replaceFile(file, await credentialsOf(keyed, leafUser(name)), 'secret');
    written.push(file);
  }
  return written;
}

function nextSteps(dir: string, hosts: readonly string[], former: string): readonly string[] {
  const there = `--dir ${dir} ${hosts.map((host) => `--host ${host}`).join(' ')}`;
  return [
    'both keys are good now; next:',
    '  1. give mgmt its two files, and restart it',
    '  2. copy leaf.creds to each leaf node, and restart it',
    '  3. `reroot cluster rotate-credentials NAME` for each cluster; make the join files anew that nobody has used yet',
    `  4. shut out what the former key has signed: reroot nats drop-signing-key ${former} ${there}`,
  ];
}

function furtherKeys(keys: readonly string[]): readonly string[] {
  if (keys.length === 0) return [];
  return [`the account has further signing keys; drop each that nothing is signed by any more: ${keys.join(', ')}`];
}

/** `reroot nats drop-signing-key`. */
export async function runNatsDropSigningKey(key: string, options: NatsAccountOptions, shell: Shell): Promise<void> {
  const { dir } = options;
  await requireUnused(dir, key);
  const { account, updater } = await openAccount(options, shell);
  const jwt = await dropKey(updater, { key, dir, signal: shell.signal });
  // The key is out by now, whatever the folder holds: it may be one without the servers' files.
  const outcome = await writeAccountJwt(dir, await listServerFolders(dir), { account, jwt });
  await printData(shell, options, { dropped: key, files: outcome.written }, () => [key]);
  for (const line of sayOfConfigs(outcome)) say(shell, line);
}

/** Of a run that was broken off after the servers had dropped the key, the files still tell. */
async function dropKey(
  updater: AccountUpdater,
  { key, dir, signal }: { readonly key: string; readonly dir: string; readonly signal: AbortSignal },
): Promise<string> {
  try {
    return await updater.dropSigningKey(key, signal);
  } catch (error) {
    if (!(error instanceof RerootError && error.code === 'RR_NATS_SIGNING_KEY_UNKNOWN')) throw error;
    if (signingKeysOfJwt(await readNatsFile(dir, 'account.jwt')).includes(key)) return updater.settle(signal);
    throw error;
  }
}

async function requireUnused(dir: string, key: string): Promise<void> {
  const present = nkeyOfSeed('account', await readNatsFile(dir, seedFile));
  if (key === present.publicKey) {
    throw new RerootError('RR_OPTION_INVALID', `${key} is the key that signs users now: without it nobody would get in`, {
      place: join(dir, seedFile),
      remedy: 'name the former key, as `reroot nats rotate-signing-key` has printed it',
    });
  }
  const next = await readNatsFileIfAny(dir, nextSeedFile);
  if (next === undefined || nkeyOfSeed('account', next).publicKey !== key) return;
  throw new RerootError('RR_OPTION_INVALID', `${key} is the new key of a rotation that was broken off`, {
    place: join(dir, nextSeedFile),
    remedy: 'run `reroot nats rotate-signing-key` again, which finishes it, and drop the former key',
  });
}
