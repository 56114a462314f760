import { Command } from 'commander';
import { parseCommand, wholeNumber } from '../demo/options.ts';

/** What a person asked a playground for. */
export interface PlaygroundOptions {
  readonly clusters: number;
  /** New handshakes per second. */
  readonly rate: number;
  readonly seed: number;
  /** Where mgmt answers; the switchboard answers on the next one. */
  readonly port: number;
}

/** Where `reroot` looks for mgmt unless it is told otherwise. */
export const usualPort = 8480;

/** Reads the command line of the playground, as `parseCommand` does. */
export function parsePlaygroundOptions(args: readonly string[]): PlaygroundOptions | undefined {
  const command = new Command('./dev playground')
    .description(
      'Runs a fleet of simulated clusters on this machine until Ctrl-C, for docs/getting-started.md and for trying things.',
    )
    .option('--clusters <number>', 'how many clusters, 50 at the most', wholeNumber(1, 50), 3)
    .option('--rate <number>', 'new handshakes per second', wholeNumber(1, 2_000), 50)
    .option('--seed <number>', 'seed of delays and of who talks to whom', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--port <number>', 'where mgmt answers; the switchboard has the next one', wholeNumber(1, 65_534), usualPort);
  return parseCommand(command, args)?.opts<PlaygroundOptions>();
}
