/** A program that is shipped as one file. */
export interface BundledProgram {
  readonly name: string;
  readonly description: string;
  /** Its package below packages/, and the file there that it starts with. */
  readonly package: string;
  readonly entry: string;
  readonly dashboard: 'embedded' | 'none';
}

/** Every program that is shipped. */
export const bundledPrograms: readonly BundledProgram[] = [
  {
    name: 'reroot-agent',
    description: 'The agent of one cluster',
    package: 'agent',
    entry: 'src/main.ts',
    dashboard: 'none',
  },
  {
    name: 'reroot-mgmt',
    description: 'The management server',
    package: 'mgmt',
    entry: 'src/main.ts',
    dashboard: 'embedded',
  },
  {
    name: 'reroot',
    description: 'The command-line client',
    package: 'cli',
    entry: 'src/main.js',
    dashboard: 'none',
  },
];
