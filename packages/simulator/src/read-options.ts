import { parseArgs } from 'node:util';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/**
 * Reads `--name value` for each of the names; all must be there, and nothing else.
 * @throws RR_OPTION_INVALID
 */
export function readOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const remedy = `start it with ${names.map((name) => `--${name} ${name.toUpperCase()}`).join(' ')}`;
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
    const missing = names.filter((name) => typeof values[name] !== 'string');
    if (missing.length > 0) throw new Error(`--${missing.join(', --')} is missing`);
    return values as Record<Name, string>;
  } catch (error) {
    throw new RerootError('RR_OPTION_INVALID', errorMessage(error), { remedy });
  }
}
