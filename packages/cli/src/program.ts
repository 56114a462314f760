import { describeBuild } from '@reroot/shared/build';
import { RerootError } from '@reroot/shared/errors';
import { Command, CommanderError, Option } from 'commander';
import { cliVersion } from './cli-version.ts';
import { helpFormat } from './help-format.ts';
import { loadVerb } from './load-verb.ts';
import type { Shell } from './shell.ts';
import { useContext } from './use-context.ts';
import { verbs } from './verbs.ts';

/**
 * Runs one command line, without the names of node and the program.
 * @throws RR_OPTION_INVALID for a verb or option that does not exist; else what the verb throws
 */
export async function runCli(args: readonly string[], shell: Shell): Promise<void> {
  const program = createProgram(shell);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return;
    throw optionError(thrown);
  }
}

/** Every verb there is, and every option that all of them take. What is a verb's own is there once it was typed, or loaded. */
export function createProgram(shell: Shell): Command {
  const program = new Command('reroot')
    .description('Rotates the root CA of a mesh of Istio clusters while traffic flows, and proves each step.')
    .addOption(new Option('--server <url>', 'address of mgmt').env('REROOT_SERVER').default('http://127.0.0.1:8480'))
    .addOption(new Option('--token-file <file>', 'file with the bearer token of the API').env('REROOT_TOKEN_FILE'))
    .addOption(new Option('--ca-file <file>', 'file with the CA of mgmt; else those of this machine').env('REROOT_CA_FILE'))
    .addOption(new Option('--cert-file <file>', 'file with a client certificate').env('REROOT_CERT_FILE'))
    .addOption(new Option('--key-file <file>', 'file with its private key').env('REROOT_KEY_FILE'))
    .addOption(new Option('--context <name>', 'context of `reroot context` to use; else the current one').env('REROOT_CONTEXT'))
    .option('--mesh <name>', 'name of the mesh; may be left out when there is only one')
    .addOption(outputOption())
    .addHelpText(
      'after',
      [
        '\nData goes to stdout, words to stderr. Exit codes:',
        '  0 success · 1 it failed · 2 bad input · 3 something cannot be reached',
        '  4 refused in the present state · 5 a deadline passed',
        '  6 the rotation was rolled back · 7 it needs a person · 130 interrupted',
      ].join('\n'),
    )
    .version(
      describeBuild('reroot', cliVersion),
      '--version',
      'show which reroot this is; `reroot version` shows that of mgmt too',
    )
    .usage('<verb> [options]')
    .configureHelp(helpFormat)
    .exitOverride()
    .hook('preSubcommand', (_, verb) => loadVerb(verb, shell))
    .hook('preAction', (all, verb) => useContext(all, verb, shell))
    .configureOutput({
      writeOut: (text) => {
        shell.out.write(text);
      },
      writeErr: (text) => {
        shell.err.write(text);
      },
      // The error is thrown, and printed with its code where the program ends.
      outputError: () => undefined,
    });
  for (const { name, group, summary } of verbs) {
    program
      .command(name, { hidden: group === 'hidden' })
      .description(summary)
      .helpGroup(`${group}:`);
  }
  return program;
}

/** The same with all that its verbs take, for whoever describes it. */
export async function createWholeProgram(shell: Shell): Promise<Command> {
  const program = createProgram(shell);
  for (const verb of program.commands) await loadVerb(verb, shell);
  return program;
}

/** `text` was the name of the table. */
function outputOption(): Option {
  const option = new Option('-o, --output <format>', 'format of the data on stdout; wide is a table that leaves nothing out')
    .choices(['table', 'wide', 'json', 'yaml'])
    .default('table');
  const parse = option.parseArg;
  return option.argParser((text) => (text === 'text' ? 'table' : parse?.(text, undefined)));
}

function optionError({ code, message }: CommanderError): RerootError {
  if (code === 'commander.help') return new RerootError('RR_OPTION_INVALID', 'no verb was given');
  // Its guess of what was meant stands in a line of its own.
  const line = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
  return new RerootError('RR_OPTION_INVALID', line);
}
