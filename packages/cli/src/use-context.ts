import { existsSync } from 'node:fs';
import type { Context } from '@reroot/shared/config';
import type { Command } from 'commander';
import { contextPathOf } from './context-path.ts';
import type { Shell } from './shell.ts';

/** Verbs that ask no server, or can do without, with all below them: a damaged file of contexts must not stop them. */
const withoutServer: readonly string[] = [
  '__complete',
  'completion',
  'context',
  'evidence verify',
  'explain',
  'help',
  'keygen',
  'nats',
  'pki',
  'store',
  'token',
  'version',
];

/** Verbs that ask no server where they are given a file. */
const withoutServerGivenFile: readonly string[] = ['audit verify'];

/**
 * Fills in what neither an option nor the environment says, from the context that is named, else from the current one. Where a
 * server is named and no context, none is used: its token is for its own server.
 * @throws RR_CONTEXT_NOT_FOUND, RR_CONFIG_UNREADABLE, RR_CONFIG_INVALID
 */
export async function useContext(program: Command, verb: Command, shell: Shell): Promise<void> {
  takeEnvironment(program, shell.env);
  if (!asksNoServer(verb)) await fillInContext(program, shell);
}

/** The same for a verb that goes on without, whatever is wrong with the file of contexts. @throws as `useContext` does */
export async function fillInContext(program: Command, shell: Shell): Promise<void> {
  const named = program.getOptionValue('context') as string | undefined;
  if (named === undefined && (isGiven(program, 'server') || !hasContexts(shell.env))) return;
  // Reading YAML takes a tenth of a second, which nobody without contexts shall wait for.
  const { loadContexts, requireContext } = await import('./context-file.ts');
  const contexts = await loadContexts(shell.env);
  const name = named ?? contexts.current;
  if (name === undefined) return;
  fillIn(program, requireContext(contexts, name));
}

/** commander looks at the environment of the process, which is not that of every shell. */
function takeEnvironment(program: Command, env: Shell['env']): void {
  for (const option of program.options) {
    const value = option.envVar === undefined ? undefined : env[option.envVar];
    const key = option.attributeName();
    if (value !== undefined && program.getOptionValueSource(key) !== 'cli') program.setOptionValueWithSource(key, value, 'env');
  }
}

function fillIn(program: Command, context: Context): void {
  // A certificate and its key belong together.
  const isOther = isGiven(program, 'certFile') || isGiven(program, 'keyFile');
  for (const [key, value] of Object.entries(context)) {
    if (isGiven(program, key) || (isOther && (key === 'certFile' || key === 'keyFile'))) continue;
    program.setOptionValueWithSource(key, value, 'config');
  }
}

function isGiven(program: Command, key: string): boolean {
  const source = program.getOptionValueSource(key);
  return source === 'cli' || source === 'env';
}

function hasContexts(env: Shell['env']): boolean {
  const path = contextPathOf(env);
  return path !== undefined && existsSync(path);
}

function asksNoServer(verb: Command): boolean {
  const name = fullNameOf(verb);
  if (withoutServerGivenFile.includes(name) && verb.args.length > 0) return true;
  return withoutServer.some((each) => name === each || name.startsWith(`${each} `));
}

/** From below the program on: `audit verify`. */
function fullNameOf(verb: Command): string {
  const { parent } = verb;
  if (parent === null) return '';
  return [fullNameOf(parent), verb.name()].filter((part) => part !== '').join(' ');
}
