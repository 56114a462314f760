/** A program that is shipped as one file. */
export interface BundledProgram {
  readonly name: string;
  readonly description: string;
  /** Its package below packages/, and the file there that it starts with. */
  readonly package: string;
  readonly entry: string;
  readonly dashboard: 'embedded' | 'none';
  /** What its image gives to Node, before the program. */
  readonly nodeOptions: readonly string[];
  /** What its image sets besides NODE_ENV. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * An agent waits most of the time, and what it works at is done by OpenSSL. So V8 shall not set memory aside for what is short-lived
 * (1 MB, not 16, of which it takes up to three), nor compile by its optimizing compilers.
 */
const sparing = ['--max-semi-space-size=1', '--no-opt', '--no-maglev'];

/**
 * mgmt hears thousands of reports one after the other, and each leaves garbage: of what Node sets aside for what is short-lived, 16 MB and more taken up to
 * three times, half is as good. The threads that sign and commit would each have the C library keep memory of their own that it never gives back.
 */
const calm = { nodeOptions: ['--max-semi-space-size=8'], environment: { MALLOC_ARENA_MAX: '2' } };

/** Every program that is shipped. */
export const bundledPrograms: readonly BundledProgram[] = [
  {
    name: 'reroot-agent',
    description: 'The agent of one cluster',
    package: 'agent',
    entry: 'src/main.ts',
    dashboard: 'none',
    nodeOptions: sparing,
  },
  {
    name: 'reroot-mgmt',
    description: 'The management server',
    package: 'mgmt',
    entry: 'src/main.ts',
    dashboard: 'embedded',
    ...calm,
  },
  {
    name: 'reroot',
    description: 'The command-line client',
    package: 'cli',
    entry: 'src/main.js',
    dashboard: 'none',
    nodeOptions: [],
  },
];

/** What a program is started with, as its image does. */
export function nodeOptionsOf(name: string): readonly string[] {
  return bundledPrograms.find((program) => program.name === name)?.nodeOptions ?? [];
}

/** What stands in its environment, as in its image. */
export function environmentOf(name: string): Readonly<Record<string, string>> {
  return bundledPrograms.find((program) => program.name === name)?.environment ?? {};
}
