import { renderTable } from '@reroot/shared/api';
import type { Command } from 'commander';
import { type CommonOptions, connect } from './connection.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

/** `reroot notifications`: who is told what happens. */
export function defineNotifications(verb: Command, shell: Shell): void {
  verb.description('who is told what happens, and whether they take it');
  verb
    .command('list')
    .description('show the webhooks that the configuration of mgmt names, and how deliveries to them go')
    .action((_, command: Command) => runList(command.optsWithGlobals(), shell));
  verb
    .command('test')
    .description('send a test to a webhook now')
    .argument('<name>', 'name of the webhook')
    .action((name: string, _, command: Command) => runTest(name, command.optsWithGlobals(), shell));
}

async function runList(options: CommonOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const webhooks = await client.listNotifications(shell.signal);
  const rows = webhooks.map(({ name, format, health, queued, delivered, givenUp, lastFailure = '' }) =>
    [name, format, health, queued, delivered, givenUp, lastFailure].map((each) => ({ text: String(each) })),
  );
  const heading = ['NAME', 'FORMAT', 'HEALTH', 'QUEUED', 'DELIVERED', 'GIVEN UP', 'LAST FAILURE'];
  await printData(shell, options, { webhooks }, () => renderTable(heading, rows, shell.out.paint));
}

async function runTest(name: string, options: CommonOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  await client.testNotification(name, shell.signal);
  say(shell, `webhook ${name} has taken the test`);
}
