import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@reroot/shared/testing';
import type { Canaries } from './canaries.ts';
import { joinSecrets } from './fleet-secrets.ts';
import { kubeconfigOf } from './misplaced-documents.ts';
import { type Run, runProgram } from './run-program.ts';
import { type MisplacedFilesOptions, startEach, type WriteStart, writeSecretFile } from './start-each.ts';

type Config = Readonly<Record<string, unknown>>;

/** Starts mgmt once with each configuration that is wrong. @returns how each start ended */
export async function startMgmtWithMisplacedSecrets(options: MisplacedFilesOptions): Promise<ReadonlyMap<string, Run>> {
  const { dir, canaries } = options;
  const config = JSON.parse(await readFile(join(dir, 'mgmt.json'), 'utf8')) as Config;
  const starts = {
    'with the wrong passphrase': withWrongPassphrase(config, options),
    'with a broken JWT': withBrokenJwt(config, options),
    'with a broken kubeconfig': withBrokenKubeconfig(config, canaries),
    ...withMisplacedValues(config, canaries),
  };
  return startEach('mgmt', starts, dir, (file) => runProgram('mgmt', ['--config', file], options));
}

/** Over a copy of the store, with its keys. */
function withWrongPassphrase(config: Config, { dir, canaries, ledger }: MisplacedFilesOptions): WriteStart {
  return async (folder) => {
    const dataDir = join(folder, 'data');
    await cp(join(dir, 'data'), dataDir, { recursive: true });
    // Whether mgmt has forgotten a token that was used or not, its file may hold what was written over.
    const joinFiles = (await readdir(dir)).filter((name) => name.endsWith('.join.json'));
    for (const name of joinFiles) ledger.add(...(await joinSecrets(join(dir, name), join(dataDir, 'reroot.db'))));
    const file = join(folder, 'passphrase');
    const passphraseFile = await writeSecretFile(file, canaries.phrase([file]));
    return JSON.stringify({ ...config, dataDir, keyStore: { passphraseFile } });
  };
}

function withBrokenJwt(config: Config, { dir, canaries }: MisplacedFilesOptions): WriteStart {
  return async (folder) => {
    const { nats } = config as { nats: Config };
    const creds = await readFile(join(dir, 'nats', 'mgmt.creds'), 'utf8');
    const file = join(folder, 'mgmt.creds');
    const broken = creds.replace(/^SU.*$/m, canaries.seed([file])).replace(/^(eyJ.{40})/m, '$1x');
    const credentialsFile = await writeSecretFile(file, broken);
    return JSON.stringify({ ...config, dataDir: join(folder, 'data'), nats: { ...nats, credentialsFile } });
  };
}

function withBrokenKubeconfig(config: Config, canaries: Canaries): WriteStart {
  return async (folder) => {
    const file = join(folder, 'kubeconfig');
    const kubeconfigFile = await writeSecretFile(file, kubeconfigOf(canaries, [file]).replace('token: ', 'token: *'));
    return JSON.stringify({ ...config, dataDir: join(folder, 'data'), secrets: { kubernetes: { kubeconfigFile } } });
  };
}

function withMisplacedValues(config: Config, canaries: Canaries): Readonly<Record<string, WriteStart>> {
  const changed = (folder: string, change: Config): string =>
    JSON.stringify({ ...config, dataDir: join(folder, 'data'), ...change });
  return {
    'with a private key as a public one': async (folder, file) =>
      changed(folder, { clusters: { 'cluster-9': { publicKey: canaries.key([file]) } } }),
    'with a private key as the name of its file': async (folder, file) =>
      changed(folder, { identity: { privateKeyFile: canaries.key([file]) } }),
    'with secrets in the place of others': async (folder, file) => {
      const own = [file];
      return changed(folder, {
        ...{ keyStore: { passphrase: canaries.phrase(own) }, identity: { privateKey: canaries.key(own) } },
        ...{ log: { level: canaries.token(own) }, nats: { servers: canaries.seed(own) } },
      });
    },
    'with a password in an address': async (folder, file) => {
      const user = `${encodeURIComponent(canaries.phrase([file]))}:${canaries.token([file])}`;
      return changed(folder, { nats: { servers: [`nats://${user}@127.0.0.1:${await freePort()}`] } });
    },
  };
}
