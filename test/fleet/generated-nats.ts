import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  type AccountUpdater,
  createAccountUpdater,
  createNatsUser,
  type NatsAccountSigner,
  type NatsCredentials,
  type NatsPermissions,
  openAccountSigner,
  readCredsText,
  type SystemRequest,
  systemRequestTo,
} from '@reroot/shared/nats-auth';
import { freePort, type NatsServer, startNatsServer } from '@reroot/shared/testing';

const run = promisify(execFile);
const cliProgram = resolve(import.meta.dirname, '../../packages/cli/src/main.js');

/** A server or a leaf node of a folder that `reroot nats init` has written. */
export interface GeneratedServer {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Where it is configured, and keeps its accounts. */
  readonly folder: string;
  start(): Promise<void>;
  /** Has it read its files again, as `nats-server --signal reload` does. */
  reload(): void;
  kill(): Promise<void>;
}

/** What `reroot nats init` has written, with servers that run from it. */
export interface GeneratedNats {
  readonly folder: string;
  /** PEM. */
  readonly ca: string;
  readonly servers: readonly GeneratedServer[];
  readonly leaves: readonly GeneratedServer[];
  readonly signer: NatsAccountSigner;
  readonly mgmt: NatsCredentials;
  /** Changes the account by way of the servers, as mgmt does. */
  readonly updater: AccountUpdater;
  /** The same by another key of the operator's, or with answers that `alter` has changed. */
  updaterBy(operatorSigningSeed: string, alter?: Alteration): AccountUpdater;
  /** How many servers and leaf nodes answer on the system account. */
  systemAnswers(): Promise<number>;
  /** A file of the folder. */
  read(file: string): Promise<string>;
  /** A new user with its JWT. */
  createUser(permissions: NatsPermissions, options?: { expiresAtMs?: number; name?: string }): Promise<GeneratedUser>;
  /** Ends the servers and removes the folder. */
  stop(): Promise<void>;
}

/** Makes other answers out of those of the servers. */
type Alteration = (subject: string, answers: readonly string[]) => readonly string[];

/** Credentials with the public key by which they are revoked. */
export interface GeneratedUser extends NatsCredentials {
  readonly publicKey: string;
}

/** Runs `reroot nats init` as an operator would, and starts nothing yet. */
export async function generateNats(count: { readonly servers: number; readonly leaves: number }): Promise<GeneratedNats> {
  const parent = await mkdtemp(join(tmpdir(), 'reroot-nats-'));
  const folder = join(parent, 'nats');
  const servers = await hostsOf(count.servers);
  const leaves = await hostsOf(count.leaves);
  const hosts = [...servers.flatMap((host) => ['--host', host]), ...leaves.flatMap((host) => ['--leaf', host])];
  const { account } = (await runNats('init', '--out', folder, ...hosts)) as { account: string };
  const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
  const ca = await read('ca.crt');
  const signer = openAccountSigner(await read('account-signing.seed'), account);
  const all = {
    servers: servers.map((host) => generatedServer(join(folder, 'servers'), host)),
    leaves: leaves.map((host) => generatedServer(join(folder, 'leaf-nodes'), host)),
  };
  const operatorSigningSeed = await read('operator-signing.seed');
  const request = systemRequestTo({
    servers: servers.map((host) => `tls://${host}`),
    caPem: ca,
    credentials: readCredsText(await read('system.creds')),
    name: 'test',
    answersMs: 1_000,
  });
  const updaterBy: GeneratedNats['updaterBy'] = (seed, alter) =>
    createAccountUpdater({
      account,
      operatorSigningSeed: seed,
      request: alter === undefined ? request : altered(request, alter),
      now: Date.now,
    });
  return {
    ...all,
    folder,
    ca,
    signer,
    mgmt: readCredsText(await read('mgmt.creds')),
    read,
    updater: updaterBy(operatorSigningSeed),
    updaterBy,
    systemAnswers: async () => {
      const signal = AbortSignal.timeout(10_000);
      return (await request('$SYS.REQ.SERVER.PING.IDZ', new Uint8Array(), { signal })).length;
    },
    createUser: async (permissions, { expiresAtMs, name = 'test' } = {}) => {
      const { publicKey, seed } = createNatsUser();
      return { publicKey, seed, jwt: await signer.issueUser({ publicKey, name, permissions, expiresAtMs }) };
    },
    stop: async () => {
      await Promise.all([...all.servers, ...all.leaves].map((server) => server.kill()));
      await rm(parent, { recursive: true });
    },
  };
}

/** Runs a verb of `reroot nats` as an operator would, and gives the data that it prints. */
export async function runNats(...args: readonly string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [cliProgram, 'nats', ...args, '-o', 'json']);
  return JSON.parse(stdout) as unknown;
}

function altered(request: SystemRequest, alter: Alteration): SystemRequest {
  return async (subject, payload, { signal }) => {
    const answers = await request(subject, payload, { signal });
    const texts = answers.map((answer) => Buffer.from(answer).toString());
    return alter(subject, texts).map((text) => Buffer.from(text));
  };
}

async function hostsOf(count: number): Promise<readonly string[]> {
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()));
  return ports.map((port) => `127.0.0.1:${port}`);
}

function generatedServer(parent: string, host: string): GeneratedServer {
  const folder = join(parent, host.replace(':', '-'));
  let running: NatsServer | undefined;
  return {
    host,
    folder,
    start: async () => {
      running = await startNatsServer({ folder });
    },
    reload: () => {
      if (running !== undefined) process.kill(running.pid, 'SIGHUP');
    },
    kill: async () => {
      await running?.kill();
      running = undefined;
    },
  };
}
