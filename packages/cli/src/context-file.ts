import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Context, type ContextFile, isContextName, loadContextFile } from '@reroot/shared/config';
import { writeDurably } from '@reroot/shared/durable-file';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { stringify } from 'yaml';
import { contextPathOf } from './context-path.ts';
import type { Shell } from './shell.ts';

/** What the file says, and where it is. */
export interface Contexts {
  readonly file: string;
  readonly current: string | undefined;
  readonly contexts: ContextFile['contexts'];
}

/**
 * Reads them.
 * @returns none where there is no file
 * @throws RR_CONFIG_UNREADABLE, also for a file that others may write: they could send a person's token to a server of their own;
 *   RR_CONFIG_INVALID
 */
export async function loadContexts(env: Shell['env']): Promise<Contexts> {
  const file = requirePath(env);
  const mode = await modeOf(file);
  if (mode === 'missing') return { file, current: undefined, contexts: {} };
  if ((mode & 0o022) !== 0) {
    throw new RerootError(
      'RR_CONFIG_UNREADABLE',
      'others than you may write the contexts, and could have your token sent elsewhere',
      {
        place: file,
        remedy: `look at what it says, then: chmod 600 ${file}`,
      },
    );
  }
  const { current, contexts } = await loadContextFile(file);
  const folder = dirname(file);
  return {
    file,
    current,
    contexts: Object.fromEntries(Object.entries(contexts).map(([name, context]) => [name, withPathsFrom(folder, context)])),
  };
}

/** Writes them, for their owner alone. @throws RR_FILE_UNWRITABLE */
export async function saveContexts({ file, current, contexts }: Contexts): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeDurably(file, stringify({ ...(current === undefined ? {} : { current }), contexts }));
  } catch (cause) {
    throw new RerootError('RR_FILE_UNWRITABLE', `cannot write the contexts: ${errorMessage(cause)}`, { place: file, cause });
  }
}

/** @throws RR_OPTION_INVALID */
export function requireContextName(name: string): void {
  if (isContextName(name)) return;
  throw new RerootError('RR_OPTION_INVALID', `${JSON.stringify(name)} is no name for a context`, {
    remedy: 'take up to 63 letters and digits, with . _ - between them',
  });
}

/** @throws RR_CONTEXT_NOT_FOUND */
export function requireContext({ file, contexts }: Contexts, name: string): Context {
  const context = Object.hasOwn(contexts, name) ? contexts[name] : undefined;
  if (context !== undefined) return context;
  const names = Object.keys(contexts);
  throw new RerootError('RR_CONTEXT_NOT_FOUND', `there is no context ${name}`, {
    place: file,
    ...(names.length === 0 ? {} : { remedy: `name one of these: ${names.join(', ')}; or make it with \`reroot context add\`` }),
  });
}

function requirePath(env: Shell['env']): string {
  const file = contextPathOf(env);
  if (file !== undefined) return file;
  throw new RerootError('RR_CONFIG_UNREADABLE', 'neither REROOT_CONFIG, XDG_CONFIG_HOME nor HOME says where contexts are kept', {
    remedy: 'set REROOT_CONFIG to a file',
  });
}

async function modeOf(file: string): Promise<number | 'missing'> {
  try {
    return (await stat(file)).mode;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 'missing';
    throw new RerootError('RR_CONFIG_UNREADABLE', `cannot read the contexts: ${errorMessage(cause)}`, { place: file, cause });
  }
}

/** What a person writes by hand stands beside the file. */
function withPathsFrom(folder: string, context: Context): Context {
  const whole: { -readonly [Key in keyof Context]: Context[Key] } = { ...context };
  for (const key of ['tokenFile', 'caFile', 'certFile', 'keyFile'] as const) {
    const path = context[key];
    if (path !== undefined) whole[key] = resolve(folder, path);
  }
  return whole;
}
