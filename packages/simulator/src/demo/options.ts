import type { Strategy, Verification } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

/** What a person asked a demo for, whatever its clusters are made of. */
export interface DemoOptions {
  readonly clusters: number;
  readonly strategy: Strategy;
  readonly verification: Verification;
  /** New handshakes per second. */
  readonly rate: number;
  readonly keep: boolean;
  readonly json: boolean;
}

/** The same, of the demo with simulated clusters. */
export interface SimulatedDemoOptions extends DemoOptions {
  readonly seed: number;
}

/** In what one demo's command line differs from another's. */
export interface DemoCommandPlan {
  /** As a person types it. */
  readonly name: string;
  readonly description: string;
  readonly mostClusters: number;
  readonly usualRate: number;
  readonly mostRate: number;
}

const exitCodes = `
Exit codes:
  0    the rotation finished, and with MULTI_ROOT no handshake failed
  1    it did not, or a process ended by itself
  2    an option that the demo does not have
  3    something that it needs is missing
  5    a process was not ready in time
  130  interrupted before the end`;

/** A command line with the options that every demo has. */
export function createDemoCommand({ name, description, mostClusters, usualRate, mostRate }: DemoCommandPlan): Command {
  return new Command(name)
    .description(description)
    .option('--clusters <number>', `how many clusters, ${mostClusters} at the most`, wholeNumber(1, mostClusters), 3)
    .option('--strategy <name>', 'MULTI_ROOT, or NONE to see what breaks', parseStrategy, 'MULTI_ROOT')
    .addOption(
      new Option('--verification <method>', 'manual waits for you after each step').choices(['none', 'manual']).default('none'),
    )
    .option('--rate <number>', 'new handshakes per second', wholeNumber(1, mostRate), usualRate)
    .option('--keep', 'leave everything running afterwards, until Ctrl-C', false)
    .option('--json', 'one JSON document on stdout, progress on stderr', false)
    .addHelpText('after', exitCodes);
}

/**
 * Reads a command line.
 * @returns the command with its options; undefined when help was asked for, which is printed then
 * @throws RR_OPTION_INVALID
 */
export function parseCommand(command: Command, args: readonly string[]): Command | undefined {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  try {
    return command.parse(args, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return undefined;
    const message = thrown.message
      .replace(/^error: /, '')
      .replace(/\.$/, '')
      .replaceAll('\n', ' ');
    throw new RerootError('RR_OPTION_INVALID', message, {
      remedy: `look at \`${command.name()} --help\``,
    });
  }
}

/** Reads the command line of the demo with simulated clusters, as `parseCommand` does. */
export function parseDemoOptions(args: readonly string[]): SimulatedDemoOptions | undefined {
  const command = createDemoCommand({
    name: './dev demo',
    description: 'Rotates the root of a fleet of simulated clusters on this machine, under traffic.',
    mostClusters: 50,
    usualRate: 100,
    mostRate: 2_000,
  }).option('--seed <number>', 'seed of delays and of who talks to whom', wholeNumber(0, 2 ** 31 - 1), 1);
  return parseCommand(command, args)?.opts<SimulatedDemoOptions>();
}

function parseStrategy(text: string): Strategy {
  const name = text.toUpperCase();
  if (name === 'MULTI_ROOT' || name === 'NONE') return name;
  throw new InvalidArgumentError('give MULTI_ROOT or NONE.');
}

/** Reads the value of an option. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`give a whole number from ${least} to ${most}.`);
  };
}
