import type { Strategy } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { DemoOptions } from './demo.ts';

/**
 * Reads the demo's command line.
 * @returns undefined when help was asked for, which is printed then
 * @throws RR_OPTION_INVALID
 */
export function parseDemoOptions(args: readonly string[]): DemoOptions | undefined {
  const command = new Command('./dev demo')
    .description('Rotates the root of a fleet of simulated clusters on this machine, under traffic.')
    .option('--clusters <number>', 'how many clusters', wholeNumber(1, 50), 3)
    .option('--strategy <name>', 'MULTI_ROOT, or NONE to see what breaks', parseStrategy, 'MULTI_ROOT')
    .addOption(
      new Option('--verification <method>', 'manual waits for you after each step').choices(['none', 'manual']).default('none'),
    )
    .option('--rate <number>', 'new handshakes per second', wholeNumber(1, 2_000), 100)
    .option('--seed <number>', 'seed of delays and of who talks to whom', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--keep', 'leave everything running afterwards, until Ctrl-C', false)
    .option('--json', 'one JSON document on stdout, progress on stderr', false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  try {
    return command.parse(args, { from: 'user' }).opts();
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return undefined;
    throw new RerootError('RR_OPTION_INVALID', thrown.message.replace(/^error: /, '').replace(/\.$/, ''), {
      remedy: 'look at `./dev demo --help`',
    });
  }
}

function parseStrategy(text: string): Strategy {
  const name = text.toUpperCase();
  if (name === 'MULTI_ROOT' || name === 'NONE') return name;
  throw new InvalidArgumentError('give MULTI_ROOT or NONE.');
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`give a whole number from ${least} to ${most}.`);
  };
}
