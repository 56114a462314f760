import {
  type AccountUpdater,
  accountOfJwt,
  createAccountUpdater,
  readCredsText,
  systemRequestTo,
} from '@reroot/shared/nats-auth';
import type { CommonOptions } from './connection.ts';
import { readNatsFile } from './nats-folder.ts';
import { hostAndPort, readAddresses } from './nats-init-address.ts';
import { printData } from './print.ts';
import type { Shell } from './shell.ts';

/** Which folder, and which servers. */
export interface NatsAccountOptions extends CommonOptions {
  readonly dir: string;
  readonly host: readonly string[];
}

/** An account of running servers. */
export interface OpenAccount {
  /** Public key, A…. */
  readonly account: string;
  readonly updater: AccountUpdater;
}

/** Reads what is needed to change the account. */
export async function openAccount({ dir, host }: NatsAccountOptions, { clock }: Shell): Promise<OpenAccount> {
  const account = accountOfJwt(await readNatsFile(dir, 'account.jwt'));
  const request = systemRequestTo({
    servers: readAddresses(host).map((each) => `tls://${hostAndPort(each.host, each.port)}`),
    caPem: await readNatsFile(dir, 'ca.crt'),
    credentials: readCredsText(await readNatsFile(dir, 'system.creds')),
    name: 'reroot nats',
  });
  const operatorSigningSeed = await readNatsFile(dir, 'operator-signing.seed');
  return { account, updater: createAccountUpdater({ account, operatorSigningSeed, request, now: () => clock.now() }) };
}

/** `reroot nats revoke`: for when mgmt does not have the operator's signing key. */
export async function runNatsRevoke(users: readonly string[], options: NatsAccountOptions, shell: Shell): Promise<void> {
  const { updater } = await openAccount(options, shell);
  const atMs = shell.clock.now();
  await updater.revoke(new Map(users.map((user) => [user, atMs])), shell.signal);
  await printData(shell, options, { revoked: users }, () => users);
}
