import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@reroot/shared/testing';
import type { Canaries } from './canaries.ts';
import type { Capture } from './capture.ts';
import { joinSecrets } from './fleet-secrets.ts';
import { kubeconfigOf } from './misplaced-requests.ts';
import { type Run, runProgram } from './run-program.ts';
import type { Ledger } from './secret.ts';

/** What programs are started with that must not start. */
export interface MisplacedFilesOptions {
  /** Of the fleet whose files are changed. */
  readonly dir: string;
  readonly canaries: Canaries;
  readonly ledger: Ledger;
  readonly capture: Capture;
}

type Config = Readonly<Record<string, unknown>>;

/** Starts mgmt once with each file that is wrong. @returns how each start ended */
export async function startMgmtWithMisplacedSecrets(options: MisplacedFilesOptions): Promise<ReadonlyMap<string, Run>> {
  const { dir, canaries, ledger } = options;
  const config = JSON.parse(await readFile(join(dir, 'mgmt.json'), 'utf8')) as Config;
  const starts: Readonly<Record<string, (folder: string, own: readonly string[]) => Promise<string>>> = {
    'wrong-passphrase': async (folder, own) => {
      await cp(join(dir, 'data'), join(folder, 'data'), { recursive: true });
      ledger.add(...(await joinSecrets(join(dir, 'cluster-1.join.json'), join(folder, 'data', 'reroot.db'))));
      const passphraseFile = await writeSecret(join(folder, 'passphrase'), (file) => canaries.phrase([file, ...own]));
      return JSON.stringify({ ...config, dataDir: join(folder, 'data'), keyStore: { passphraseFile } });
    },
    'private-key-as-public-key': async (folder, own) => {
      const clusters = { 'cluster-9': { publicKey: canaries.key(own) } };
      return JSON.stringify({ ...config, dataDir: join(folder, 'data'), clusters });
    },
    'broken-jwt': async (folder) => {
      const { nats } = config as { nats: Config };
      const creds = await readFile(join(dir, 'nats', 'mgmt.creds'), 'utf8');
      const credentialsFile = await writeSecret(join(folder, 'mgmt.creds'), (file) => {
        const own = canaries.seed([file]);
        return creds.replace(/^SU.*$/m, own).replace(/^(eyJ.{40})/m, '$1x');
      });
      return JSON.stringify({ ...config, dataDir: join(folder, 'data'), nats: { ...nats, credentialsFile } });
    },
    'secrets-as-file-names': async (folder, own) => {
      const identity = { privateKeyFile: canaries.key(own) };
      return JSON.stringify({ ...config, dataDir: join(folder, 'data'), identity });
    },
    'secrets-as-values': async (folder, own) => {
      const [phrase, key, token, seed] = [canaries.phrase(own), canaries.key(own), canaries.token(own), canaries.seed(own)];
      return JSON.stringify({
        ...{ ...config, dataDir: join(folder, 'data'), keyStore: { passphrase: phrase }, identity: { privateKey: key } },
        ...{ log: { level: token }, nats: { servers: seed } },
      });
    },
    'password-in-address': async (folder, own) => {
      const user = `${encodeURIComponent(canaries.phrase(own))}:${canaries.token(own)}`;
      const servers = [`nats://${user}@127.0.0.1:${await freePort()}`];
      return JSON.stringify({ ...config, dataDir: join(folder, 'data'), nats: { servers } });
    },
    'no-yaml': async (folder, own) =>
      [`dataDir: ${JSON.stringify(join(folder, 'data'))}`, `passphrase: "${canaries.phrase(own)}`, canaries.key(own)].join('\n'),
    kubeconfig: async (_folder, own) => kubeconfigOf(canaries, own),
    'broken-kubeconfig': async (folder) => {
      const kubeconfigFile = await writeSecret(join(folder, 'kubeconfig'), (file) =>
        kubeconfigOf(canaries, [file]).replace('token: ', 'token: *'),
      );
      return JSON.stringify({ ...config, dataDir: join(folder, 'data'), secrets: { kubernetes: { kubeconfigFile } } });
    },
  };
  return startEach(starts, options, (file) => runProgram('mgmt', ['--config', file], options));
}

/** The same of agents, whose join file is wrong. */
export async function startAgentsWithMisplacedSecrets(options: MisplacedFilesOptions): Promise<ReadonlyMap<string, Run>> {
  const { dir, canaries, ledger } = options;
  const good = JSON.parse(await readFile(join(dir, 'cluster-1.join.json'), 'utf8')) as JoinFileText;
  const starts: Readonly<Record<string, (folder: string, own: readonly string[]) => Promise<string>>> = {
    'join-file-with-wrong-values': async (folder, own) => {
      const enrolment = { ...good.enrolment, token: canaries.token(own), tokenId: canaries.phrase(own) };
      const credentials = { ...good.nats.credentials, seed: `${canaries.seed(own)}\n${canaries.key(own).repeat(2)}` };
      return agentConfig(folder, JSON.stringify({ ...good, enrolment, nats: { ...good.nats, credentials } }));
    },
    'join-file-of-another-user': async (folder, own) => {
      const credentials = { ...good.nats.credentials, seed: canaries.seed(own) };
      const text = await agentConfig(folder, JSON.stringify({ ...good, nats: { ...good.nats, credentials } }));
      ledger.add(...(await joinSecrets(join(folder, 'join.yaml'), join(dir, 'data', 'reroot.db'))));
      return text;
    },
    'join-file-that-is-no-yaml': async (folder, own) => {
      const lines = ['kind: JoinFile', `token: "${canaries.phrase(own)}`, `seed: *${canaries.seed(own)}`, canaries.key(own)];
      return agentConfig(folder, lines.join('\n'));
    },
    'private-key-as-public-key': async (folder, own) => {
      const privateKeyFile = await writeSecret(join(folder, 'agent.key'), (file) => canaries.key([file]));
      const told = { mesh: 'test', cluster: 'cluster-1', nats: { servers: ['nats://127.0.0.1:1'] }, identity: { privateKeyFile } };
      return JSON.stringify({ ...told, mgmt: { publicKeys: [canaries.key(own)] } });
    },
  };
  const place = ['--fleet-url', 'http://127.0.0.1:1', '--cluster', 'cluster-1', '--secrets-dir', dir];
  return startEach(starts, options, (file) => runProgram('agent', ['--config', file, ...place], { ...options, until: 'the agent is not enrolled yet' }));
}

interface JoinFileText {
  readonly nats: { readonly credentials: Config };
  readonly enrolment: Config;
}

/** Two at a time: as many as the smallest machine has processors. */
async function startEach(
  starts: Readonly<Record<string, (folder: string, own: readonly string[]) => Promise<string>>>,
  { dir }: MisplacedFilesOptions,
  start: (file: string) => Promise<Run>,
): Promise<ReadonlyMap<string, Run>> {
  const runs = new Map<string, Run>();
  const waiting = Object.entries(starts);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, write] = next;
      const folder = join(dir, 'misplaced', name);
      await mkdir(folder, { recursive: true });
      const file = join(folder, 'config.yaml');
      await writeFile(file, await write(folder, [file, join(folder, 'join.yaml')]), { mode: 0o600 });
      runs.set(name, await start(file));
    }
  };
  await Promise.all([work(), work()]);
  return runs;
}

async function agentConfig(folder: string, joinFile: string): Promise<string> {
  const file = await writeSecret(join(folder, 'join.yaml'), () => joinFile);
  return JSON.stringify({ join: { file, state: { dir: join(folder, 'link') } }, log: { level: 'debug' } });
}

async function writeSecret(file: string, make: (file: string) => string): Promise<string> {
  await writeFile(file, make(file), { mode: 0o600 });
  return file;
}
