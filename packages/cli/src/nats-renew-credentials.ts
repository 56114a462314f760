import { join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import {
  accountOfJwt,
  createNkey,
  grantOfJwt,
  grantsAlike,
  type NatsCredentials,
  nkeyOfSeed,
  readCredsText,
  signingKeysOfJwt,
  writeCredsText,
} from '@reroot/shared/nats-auth';
import type { CommonOptions } from './connection.ts';
import { findServerFolders, readNatsFile, readNatsFileIfAny, replaceFile, type ServerFolder } from './nats-folder.ts';
import { issueFileUser, leafSystemUser, leafUser, mgmtUser, type NatsFileUser, systemUser } from './nats-users.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

/** What `reroot nats renew-credentials` is told. */
interface RenewOptions extends CommonOptions {
  readonly dir: string;
}

/**
 * Issues each `.creds` file of a folder with what its user is permitted today, to the key that it has. All is read and signed before
 * anything is written, and what is right already stays as it is, so a run that was broken off is run again.
 */
export async function runNatsRenewCredentials({ dir, output }: RenewOptions, shell: Shell): Promise<void> {
  const folders = await findServerFolders(dir);
  const main = await readAccount(dir, mainAccount);
  const system = await readAccount(dir, systemAccount);
  const renewals: Renewal[] = [];
  for (const file of filesOf(dir, folders, main.publicKey)) {
    renewals.push(await renewalOf(file, file.account === 'main' ? main : system));
  }
  const renewed = renewals.filter(({ state }) => state === 'renewed');
  for (const { file, credentials } of renewed) await replaceFile(file, writeCredsText(credentials), 'secret');
  await printData(shell, { output }, { credentials: renewals.map(documentOf) }, () => renewals.flatMap(linesOf));
  for (const line of nextSteps(renewed)) say(shell, line);
}

/** The files of an account, and who needs it. */
interface AccountFiles {
  readonly jwt: string;
  readonly seed: string;
}

const mainAccount: AccountFiles = { jwt: 'account.jwt', seed: 'account-signing.seed' };
const systemAccount: AccountFiles = { jwt: 'system.jwt', seed: 'system-signing.seed' };

interface Account {
  readonly publicKey: string;
  /** Undefined while the file is not there: it is needed only where something is to be signed by it. */
  readonly signingSeed: string | undefined;
  /** @throws RR_CONFIG_UNREADABLE that names the file */
  readonly requireSeed: () => Promise<string>;
}

async function readAccount(dir: string, files: AccountFiles): Promise<Account> {
  const jwt = await readNatsFile(dir, files.jwt);
  const signingSeed = await readNatsFileIfAny(dir, files.seed);
  if (signingSeed !== undefined) requireSigningKey(signingSeed, jwt, join(dir, files.seed));
  return { publicKey: accountOfJwt(jwt), signingSeed, requireSeed: () => readNatsFile(dir, files.seed) };
}

/** What another key has signed no server would take, and mgmt would be shut out. */
function requireSigningKey(seed: string, accountJwt: string, place: string): void {
  const { publicKey } = nkeyOfSeed('account', seed);
  if (signingKeysOfJwt(accountJwt).includes(publicKey)) return;
  throw new RerootError('RR_NATS_CREDENTIALS_INVALID', `${publicKey} is not among the signing keys of the account`, {
    place,
    remedy: 'give the folder whole, with the account.jwt and the seed that `reroot nats rotate-signing-key` wrote last',
  });
}

interface CredentialsFile {
  readonly folder: string;
  readonly name: string;
  readonly account: 'main' | 'system';
  readonly holder: 'mgmt' | 'leaf node';
  readonly user: NatsFileUser;
}

function filesOf(dir: string, folders: readonly ServerFolder[], account: string): readonly CredentialsFile[] {
  const leaves = folders.filter(({ kind }) => kind === 'leaf node');
  return [
    { folder: dir, name: 'mgmt.creds', account: 'main', holder: 'mgmt', user: mgmtUser() },
    { folder: dir, name: 'system.creds', account: 'system', holder: 'mgmt', user: systemUser(account) },
    ...leaves.flatMap(({ name: leaf, path: folder }): readonly CredentialsFile[] => [
      { folder, name: 'leaf.creds', account: 'main', holder: 'leaf node', user: leafUser(leaf) },
      { folder, name: 'leaf-system.creds', account: 'system', holder: 'leaf node', user: leafSystemUser(leaf, account) },
    ]),
  ];
}

interface Renewal extends Pick<CredentialsFile, 'holder'> {
  readonly file: string;
  readonly state: 'renewed' | 'unchanged';
  readonly publicKey: string;
  readonly credentials: NatsCredentials;
  /** `publish SUBJECT` and `subscribe SUBJECT`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

async function renewalOf({ folder, name, holder, user }: CredentialsFile, account: Account): Promise<Renewal> {
  const held = readCredsText(await readNatsFile(folder, name));
  const before = grantOfJwt(held.jwt);
  // Without the seed it can be said all the same whether anything is to be signed.
  const signingSeed = account.signingSeed ?? createNkey('account').seed;
  const issue = (seed: string): Promise<string> =>
    issueFileUser({ publicKey: account.publicKey, signingSeed: seed }, user, before.user);
  const trial = grantOfJwt(await issue(signingSeed));
  const rightSigner = account.signingSeed === undefined || before.signedBy === trial.signedBy;
  const about = { file: join(folder, name), holder, publicKey: before.user };
  if (rightSigner && grantsAlike(before, trial)) {
    return { ...about, state: 'unchanged', credentials: held, added: [], removed: [] };
  }
  const jwt = await issue(account.signingSeed ?? (await account.requireSeed()));
  const [had, has] = [wordsOf(before.permissions), wordsOf(trial.permissions)];
  return {
    ...about,
    ...{ state: 'renewed', credentials: { jwt, seed: held.seed } },
    added: has.filter((word) => !had.includes(word)),
    removed: had.filter((word) => !has.includes(word)),
  };
}

function wordsOf({ publish, subscribe }: NatsFileUser['permissions']): readonly string[] {
  return [...publish.map((subject) => `publish ${subject}`), ...subscribe.map((subject) => `subscribe ${subject}`)];
}

function documentOf({ file, holder, publicKey, state, added, removed }: Renewal): object {
  return { file, for: holder, user: publicKey, state, added, removed };
}

function linesOf({ file, state, added, removed }: Renewal): readonly string[] {
  const changes = [...added.map((word) => `  + ${word}`), ...removed.map((word) => `  - ${word}`)];
  return [`${file}  ${state}`, ...changes];
}

function nextSteps(renewed: readonly Renewal[]): readonly string[] {
  const ofMgmt = renewed.filter(({ holder }) => holder === 'mgmt').map(({ file }) => file);
  const ofLeaves = renewed.filter(({ holder }) => holder === 'leaf node').map(({ file }) => file);
  const steps = [
    ...(ofLeaves.length === 0 ? [] : [`copy to each leaf node its own, and restart it: ${ofLeaves.join(', ')}`]),
    ...(ofMgmt.length === 0 ? [] : [`give mgmt ${ofMgmt.join(' and ')}, and restart it; what it has now stays good until then`]),
    'agents have their users from mgmt: `reroot cluster rotate-credentials NAME` for each cluster that joined under an earlier mgmt',
  ];
  return [
    renewed.length === 0
      ? 'all credentials are as they would be issued today; nothing was written'
      : 'no server needs a restart; next:',
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
  ];
}
