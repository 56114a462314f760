import { join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import { createNkey, nkeyOfSeed } from '@reroot/shared/nats-auth';
import { type NatsAccountOptions, openAccount } from './nats-account.ts';
import { findServerFolders, readNatsFile, replaceFile } from './nats-folder.ts';
import { leafCredentials, mgmtCredentials } from './nats-init-files.ts';
import { printJson, printLines, say } from './print.ts';
import type { Shell } from './shell.ts';

const seedFile = 'account-signing.seed';

/**
 * `reroot nats rotate-signing-key`: the servers take the new key before any file changes, so that whatever happens in
 * between, what is in the folder is taken.
 */
export async function runNatsRotateSigningKey(options: NatsAccountOptions, shell: Shell): Promise<void> {
  const { dir, host } = options;
  const { account, updater } = await openAccount(options, shell);
  const former = nkeyOfSeed('account', await readNatsFile(dir, seedFile));
  const folders = await findServerFolders(dir);
  const fresh = createNkey('account');
  await updater.addSigningKey(fresh.publicKey, shell.signal);
  const keyed = { publicKey: account, signingSeed: fresh.seed };
  const written = [join(dir, seedFile), join(dir, 'mgmt.creds')];
  await replaceFile(join(dir, seedFile), `${fresh.seed}\n`, 'secret');
  await replaceFile(join(dir, 'mgmt.creds'), await mgmtCredentials(keyed), 'secret');
  for (const { kind, name, path } of folders) {
    if (kind === 'server') continue;
    const file = join(path, 'leaf.creds');
    await replaceFile(file, await leafCredentials(keyed, name), 'secret');
    written.push(file);
  }
  if (options.output === 'json') printJson(shell, { files: written, present: fresh.publicKey, former: former.publicKey });
  else printLines(shell, written);
  for (const line of nextSteps(dir, host, former.publicKey)) say(shell, line);
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

/** `reroot nats drop-signing-key`. */
export async function runNatsDropSigningKey(key: string, options: NatsAccountOptions, shell: Shell): Promise<void> {
  const present = nkeyOfSeed('account', await readNatsFile(options.dir, seedFile));
  if (key === present.publicKey) throw presentKey(key, options.dir);
  const { updater } = await openAccount(options, shell);
  await updater.dropSigningKey(key, shell.signal);
  if (options.output === 'json') printJson(shell, { dropped: key });
  else printLines(shell, [key]);
}

function presentKey(key: string, dir: string): RerootError {
  return new RerootError('RR_OPTION_INVALID', `${key} is the key that signs users now: without it nobody would get in`, {
    place: join(dir, seedFile),
    remedy: 'name the former key, as `reroot nats rotate-signing-key` has printed it',
  });
}
