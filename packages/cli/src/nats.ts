import type { Command } from 'commander';
import type { Shell } from './shell.ts';

/** `reroot nats`: makes and keeps what NATS servers of one's own need. */
export function defineNats(verb: Command, shell: Shell): void {
  verb.description('prepare the NATS servers that mgmt and the agents meet on');
  verb
    .command('init')
    .description('write the keys, accounts, certificates and configuration of new NATS servers into a new folder')
    .requiredOption('--out <folder>', 'folder to make, which only you may read; must not exist, or be empty')
    .requiredOption('--host <host[:port]>', 'name or address that clients reach a server by; once for each server', collect)
    .option('--leaf <host[:port]>', 'the same of a leaf node, which the agents of a region connect to', collect, [])
    .action(async (_, command: Command) => {
      const { runNatsInit } = await import('./nats-init.ts');
      await runNatsInit(command.optsWithGlobals(), shell);
    });
  verb
    .command('renew-certificates')
    .description('issue new certificates and keys for all servers and leaf nodes of a folder')
    .requiredOption('--dir <folder>', 'folder of `reroot nats init`, with ca.key in it')
    .action(async (_, command: Command) => {
      const { runNatsRenewCertificates } = await import('./nats-renew-certificates.ts');
      await runNatsRenewCertificates(command.optsWithGlobals(), shell);
    });
  verb
    .command('renew-credentials')
    .description('give the users of mgmt and the leaf nodes in a folder what this reroot permits them; keys stay')
    .requiredOption('--dir <folder>', 'folder of `reroot nats init`, with the files that are kept offline')
    .action(async (_, command: Command) => {
      const { runNatsRenewCredentials } = await import('./nats-renew-credentials.ts');
      await runNatsRenewCredentials(command.optsWithGlobals(), shell);
    });
  addAccountVerbs(verb, shell);
}

/** Those that change the account on running servers. */
function addAccountVerbs(nats: Command, shell: Shell): void {
  const onServers = (name: string, description: string): Command =>
    nats
      .command(name)
      .description(description)
      .requiredOption('--dir <folder>', 'folder of `reroot nats init`')
      .requiredOption('--host <host[:port]>', 'one of the servers; several for when one of them is down', collect);
  onServers('revoke', 'shut users out of every server and leaf node, and cut their connections')
    .argument('<user...>', 'public keys, U…')
    .action(async (users: string[], _, command: Command) => {
      const { runNatsRevoke } = await import('./nats-account.ts');
      await runNatsRevoke(users, command.optsWithGlobals(), shell);
    });
  onServers('rotate-signing-key', 'make another key that signs users, beside the present one, and new credentials by it').action(
    async (_, command: Command) => {
      const { runNatsRotateSigningKey } = await import('./nats-signing-key.ts');
      await runNatsRotateSigningKey(command.optsWithGlobals(), shell);
    },
  );
  onServers('drop-signing-key', 'shut out all users that a former key has signed, and cut their connections')
    .argument('<key>', 'public key, A…')
    .action(async (key: string, _, command: Command) => {
      const { runNatsDropSigningKey } = await import('./nats-signing-key.ts');
      await runNatsDropSigningKey(key, command.optsWithGlobals(), shell);
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
