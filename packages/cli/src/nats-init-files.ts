import { createNatsOperator, type NatsOperator } from '@reroot/shared/nats-auth';
import type { ServerAddress } from './nats-init-address.ts';
import { createServerCa, issueServerCertificate, type ServerCa } from './nats-init-certificates.ts';
import { leafConfig, type NatsTopology, serverConfig } from './nats-init-config.ts';
import { credentialsOf, leafSystemUser, leafUser, mgmtUser, systemUser } from './nats-users.ts';

/** Who needs a file. */
export type Holder = 'keep offline' | 'mgmt' | 'everybody' | 'its server';

/** A file to write. */
export interface NatsFile {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly holder: Holder;
  /** Secrets are for their owner's eyes alone. */
  readonly kind: 'secret' | 'public';
}

/** All that is to be written, and what is to be said of it. */
export interface NatsSetup {
  readonly files: readonly NatsFile[];
  /** Public key of the account that mgmt and the agents meet in. */
  readonly account: string;
  /** When the first of the servers' certificates ends, milliseconds since the Unix epoch. */
  readonly certificatesExpireAtMs: number;
}

/** Makes the keys, accounts, certificates and configurations. @throws RR_PKI_CANNOT_ISSUE for a host that is none */
export async function createNatsSetup(topology: NatsTopology, nowMs: number): Promise<NatsSetup> {
  const ca = await createServerCa(nowMs);
  const operator = await createNatsOperator();
  const servers = topology.servers.map((self) => ({
    self,
    folder: 'servers',
    config: serverConfig(operator, self, topology),
    purpose: 'server-and-client' as const,
  }));
  const leaves = topology.leaves.map((self) => ({
    self,
    folder: 'leaf-nodes',
    config: leafConfig(operator, self, topology),
    purpose: 'server' as const,
  }));
  const hosts = await Promise.all([...servers, ...leaves].map((each) => serverFiles(ca, each, nowMs)));
  const leafCredentials = await Promise.all(topology.leaves.map(({ name }) => leafFiles(operator, name)));
  return {
    files: [
      ...operatorFiles(operator),
      ...(await mgmtFiles(operator)),
      secret('ca.key', ca.keyPem, 'keep offline'),
      open('ca.crt', ca.certificate.pem, 'everybody'),
      ...hosts.flatMap(({ files }) => files),
      ...leafCredentials.flat(),
    ],
    account: operator.account.publicKey,
    certificatesExpireAtMs: Math.min(...hosts.map(({ expiresAtMs }) => expiresAtMs)),
  };
}

function operatorFiles({ jwt, seed, system, account }: NatsOperator): readonly NatsFile[] {
  return [
    secret('operator.seed', `${seed}\n`, 'keep offline'),
    secret('system-signing.seed', `${system.signingSeed}\n`, 'keep offline'),
    open('operator.jwt', `${jwt}\n`, 'keep offline'),
    open('system.jwt', `${system.jwt}\n`, 'keep offline'),
    open('account.jwt', `${account.jwt}\n`, 'keep offline'),
  ];
}

async function mgmtFiles({ signingSeed, system, account }: NatsOperator): Promise<readonly NatsFile[]> {
  return [
    secret('mgmt.creds', await credentialsOf(account, mgmtUser()), 'mgmt'),
    secret('account-signing.seed', `${account.signingSeed}\n`, 'mgmt'),
    secret('operator-signing.seed', `${signingSeed}\n`, 'mgmt'),
    secret('system.creds', await credentialsOf(system, systemUser(account.publicKey)), 'mgmt'),
  ];
}

interface ServerToSetUp {
  readonly self: ServerAddress;
  readonly folder: string;
  readonly config: string;
  readonly purpose: 'server' | 'server-and-client';
}

async function serverFiles(
  ca: ServerCa,
  { self, folder, config, purpose }: ServerToSetUp,
  nowMs: number,
): Promise<{ files: readonly NatsFile[]; expiresAtMs: number }> {
  const { certificate, keyPem } = await issueServerCertificate(ca, [self.host], purpose, nowMs);
  const at = (name: string): string => `${folder}/${self.name}/${name}`;
  return {
    files: [
      open(at('nats-server.conf'), config, 'its server'),
      open(at('ca.crt'), ca.certificate.pem, 'its server'),
      open(at('server.crt'), certificate.pem, 'its server'),
      secret(at('server.key'), keyPem, 'its server'),
    ],
    expiresAtMs: certificate.notAfterMs,
  };
}

async function leafFiles({ system, account }: NatsOperator, name: string): Promise<readonly NatsFile[]> {
  const at = (file: string): string => `leaf-nodes/${name}/${file}`;
  return [
    secret(at('leaf.creds'), await credentialsOf(account, leafUser(name)), 'its server'),
    secret(at('leaf-system.creds'), await credentialsOf(system, leafSystemUser(name, account.publicKey)), 'its server'),
  ];
}

function secret(path: string, text: string, holder: Holder): NatsFile {
  return { path, text, holder, kind: 'secret' };
}

function open(path: string, text: string, holder: Holder): NatsFile {
  return { path, text, holder, kind: 'public' };
}
