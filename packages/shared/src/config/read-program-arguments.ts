import { parseArgs } from 'node:util';
import { describeBuild } from '../build/index.ts';
import { errorMessage, RerootError } from '../errors/index.ts';

/** A program that runs until it is told to end. */
export interface DaemonProgram {
  readonly name: string;
  readonly version: string;
  /** What it does, in a sentence. */
  readonly purpose: string;
  /** The page that lists the keys of its configuration. */
  readonly page: string;
}

/** What the command line of a daemon asks for: that it starts, or a text for stdout. */
export type ProgramArguments =
  | { readonly kind: 'start'; readonly configFile: string }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Reads the command line of a daemon.
 * @throws RR_OPTION_INVALID
 */
export function readProgramArguments(program: DaemonProgram, args: string[]): ProgramArguments {
  const remedy = 'start it with --config FILE';
  const { config, version, help } = parse(args, remedy);
  if (help === true) return { kind: 'text', text: helpOf(program) };
  if (version === true) return { kind: 'text', text: `${describeBuild(program.name, program.version)}\n` };
  if (config !== undefined) return { kind: 'start', configFile: config };
  throw new RerootError('RR_OPTION_INVALID', 'no configuration is named', { remedy });
}

interface Options {
  readonly config?: string;
  readonly version?: boolean;
  readonly help?: boolean;
}

function parse(args: string[], remedy: string): Options {
  try {
    const flag = { type: 'boolean' } as const;
    return parseArgs({ args, options: { config: { type: 'string' }, version: flag, help: { ...flag, short: 'h' } } }).values;
  } catch (cause) {
    throw new RerootError('RR_OPTION_INVALID', errorMessage(cause), { remedy, cause });
  }
}

function helpOf({ name, purpose, page }: DaemonProgram): string {
  return [
    `usage: ${name} --config FILE`,
    '',
    purpose,
    '',
    `  --config FILE  its configuration, YAML or JSON: ${page}`,
    '  --version      which version this is, and from which commit it was made',
    '  -h, --help     this text',
    '',
    'The log is JSON lines on stderr. SIGTERM and SIGINT end it in order. Exit codes:',
    '  0 told to end · 1 it failed · 2 bad configuration · 3 something cannot be reached',
    '',
  ].join('\n');
}
