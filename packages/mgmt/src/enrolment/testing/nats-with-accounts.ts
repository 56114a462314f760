import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createNatsOperator,
  createNatsUser,
  mgmtPermissions,
  type NatsAccount,
  type NatsCredentials,
  type NatsPermissions,
  openAccountSigner,
  systemPermissions,
  writeCredsText,
} from '@reroot/shared/nats-auth';
import { type NatsServer, startNatsServer } from '@reroot/shared/testing';
import { type NatsConfig, natsSchema } from '../nats-schema.ts';

/** A real NATS whose users mgmt makes. */
export interface NatsWithAccounts {
  readonly server: NatsServer;
  /** What mgmt's configuration says of it. */
  readonly config: NatsConfig;
  readonly mgmt: NatsCredentials;
  dispose(): Promise<void>;
}

/** Starts one on the loopback interface, with the files that mgmt needs in a folder of its own. */
export async function startNatsWithAccounts(): Promise<NatsWithAccounts> {
  const folder = await mkdtemp(join(tmpdir(), 'reroot-nats-'));
  const operator = await createNatsOperator();
  const { account, system } = operator;
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const configFile = await write('nats-server.conf', configOf(operator.jwt, system, account, join(folder, 'jwt')));
  const mgmt = await makeUser(account, mgmtPermissions());
  const server = await startNatsServer({ configFile });
  const config = natsSchema.parse({
    servers: [server.url],
    credentialsFile: await write('mgmt.creds', writeCredsText(mgmt)),
    users: {
      account: account.publicKey,
      signingKeyFile: await write('account-signing.seed', `${account.signingSeed}\n`),
      revocation: {
        operatorSigningKeyFile: await write('operator-signing.seed', `${operator.signingSeed}\n`),
        systemCredentialsFile: await write(
          'system.creds',
          writeCredsText(await makeUser(system, systemPermissions(account.publicKey))),
        ),
      },
    },
  });
  return {
    server,
    config,
    mgmt,
    dispose: async () => {
      await server.kill();
      await rm(folder, { recursive: true });
    },
  };
}

function configOf(operatorJwt: string, system: NatsAccount, account: NatsAccount, dir: string): string {
  return [
    'max_payload: 9MB',
    `operator: "${operatorJwt}"`,
    `system_account: "${system.publicKey}"`,
    `resolver { type: full, dir: "${dir}", allow_delete: false, interval: "5s", limit: 16 }`,
    `resolver_preload { ${system.publicKey}: "${system.jwt}", ${account.publicKey}: "${account.jwt}" }`,
  ].join('\n');
}

async function makeUser(account: NatsAccount, permissions: NatsPermissions): Promise<NatsCredentials> {
  const { publicKey, seed } = createNatsUser();
  const signer = openAccountSigner(account.signingSeed, account.publicKey);
  return { seed, jwt: await signer.issueUser({ publicKey, name: 'test', permissions }) };
}
