import { createDemoCommand, type DemoOptions, parseCommand } from '@reroot/simulator/demo';

/**
 * Reads the command line of `./dev demo --real`. There is no seed: real servers do not repeat themselves.
 * @returns undefined when help was asked for, which is printed then
 * @throws RR_OPTION_INVALID
 */
export function parseRealDemoOptions(args: readonly string[]): DemoOptions | undefined {
  const command = createDemoCommand({
    name: './dev demo --real',
    description: 'Rotates the root of clusters of real API servers, istiods and Envoys on this machine, under traffic.',
    // Each takes about a gigabyte of memory.
    mostClusters: 5,
    usualRate: 60,
    // Envoys and the requests to them share the cores.
    mostRate: 500,
  });
  return parseCommand(command, args)?.opts<DemoOptions>();
}
