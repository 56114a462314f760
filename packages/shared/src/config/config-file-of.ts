import { parseArgs } from 'node:util';
import { errorMessage, RerootError } from '../errors/index.ts';

/**
 * The configuration file that the command line names.
 * @throws RR_OPTION_INVALID
 */
export function configFileOf(args: string[]): string {
  const remedy = 'start it with --config FILE';
  try {
    const { config } = parseArgs({ args, options: { config: { type: 'string' } } }).values;
    if (config !== undefined) return config;
  } catch (cause) {
    throw new RerootError('RR_OPTION_INVALID', errorMessage(cause), { remedy, cause });
  }
  throw new RerootError('RR_OPTION_INVALID', 'no configuration is named', { remedy });
}
