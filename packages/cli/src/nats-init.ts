import { join, resolve } from 'node:path';
import type { CommonOptions } from './connection.ts';
import { hostAndPort, readAddresses, type ServerAddress } from './nats-init-address.ts';
import { createNatsSetup, type NatsFile, type NatsSetup } from './nats-init-files.ts';
import { requireNewFolder, writeNewFolder } from './new-folder.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

/** What `reroot nats init` is told. */
export interface NatsInitOptions extends CommonOptions {
  readonly out: string;
  readonly host: readonly string[];
  readonly leaf: readonly string[];
}

/** Makes the setup, writes it, and says what goes where. */
export async function runNatsInit({ out, host, leaf, output }: NatsInitOptions, shell: Shell): Promise<void> {
  const addresses = readAddresses([...host, ...leaf]);
  const topology = { servers: addresses.slice(0, host.length), leaves: addresses.slice(host.length) };
  await requireNewFolder(out);
  const setup = await createNatsSetup(topology, shell.clock.now());
  await writeNewFolder(out, setup.files, shell.signal);
  const folder = resolve(out);
  const urls = topology.servers.map(urlOf);
  await printData(shell, { output }, documentOf(folder, urls, setup), () => tableOf(folder, setup.files));
  for (const line of nextSteps(folder, urls, setup, leaf.length > 0)) say(shell, line);
}

function urlOf({ host, port }: ServerAddress): string {
  return `tls://${hostAndPort(host, port)}`;
}

function documentOf(folder: string, servers: readonly string[], { files, account, certificatesExpireAtMs }: NatsSetup): object {
  return {
    folder,
    account,
    servers,
    certificatesExpireAt: new Date(certificatesExpireAtMs).toISOString(),
    files: files.map(({ path, holder, kind }) => ({ file: join(folder, path), for: holder, secret: kind === 'secret' })),
  };
}

function tableOf(folder: string, files: readonly NatsFile[]): readonly string[] {
  const width = Math.max(...files.map(({ path }) => join(folder, path).length));
  return files.map(({ path, holder, kind }) => {
    return `${join(folder, path).padEnd(width)}  ${kind}  ${holder}`;
  });
}

function nextSteps(folder: string, urls: readonly string[], setup: NatsSetup, hasLeaves: boolean): readonly string[] {
  const at = (name: string): string => JSON.stringify(join(folder, name));
  return [
    'next:',
    `  1. copy each folder of ${join(folder, 'servers')} to its server, whole, and start nats-server in it:`,
    '     nats-server --config nats-server.conf',
    ...(hasLeaves ? [`     the same for ${join(folder, 'leaf-nodes')}, where the agents of a region are to connect`] : []),
    '  2. give mgmt the files marked "mgmt", and this in its configuration:',
    '     nats:',
    `       servers: [${urls.map((url) => JSON.stringify(url)).join(', ')}]`,
    `       caFile: ${at('ca.crt')}`,
    `       credentialsFile: ${at('mgmt.creds')}`,
    '       users:',
    `         account: ${setup.account}`,
    `         signingKeyFile: ${at('account-signing.seed')}`,
    '         revocation:',
    `           operatorSigningKeyFile: ${at('operator-signing.seed')}`,
    `           systemCredentialsFile: ${at('system.creds')}`,
    '  3. take the files marked "keep offline" away from every server, to where your root keys are',
    `the servers' certificates end on ${new Date(setup.certificatesExpireAtMs).toISOString().slice(0, 10)}; docs/nats.md says how to replace them`,
  ];
}
