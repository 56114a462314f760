import { resolve } from 'node:path';
import { renderTable } from '@reroot/shared/api';
import type { Context } from '@reroot/shared/config';
import { RerootError } from '@reroot/shared/errors';
import { type CommonOptions, connect } from './connection.ts';
import { type Contexts, loadContexts, requireContext, requireContextName, saveContexts } from './context-file.ts';
import { isDocument, printData, printLines, say } from './print.ts';
import type { Shell } from './shell.ts';

/** What `add` is told besides. */
export interface AddContextOptions extends CommonOptions {
  readonly replace?: true;
  readonly use?: true;
}

/** Shows them all. */
export async function runListContexts({ output }: CommonOptions, shell: Shell): Promise<void> {
  const { file, current, contexts } = await loadContexts(shell.env);
  if (isDocument(output)) {
    await printData(shell, { output }, { file, ...(current === undefined ? {} : { current }), contexts }, () => []);
    return;
  }
  if (Object.keys(contexts).length === 0) say(shell, `there is no context in ${file}; \`reroot context add\` makes one`);
  const rows = Object.entries(contexts).map(([name, context]) =>
    [name === current ? '*' : '', name, context.server, context.mesh ?? '', credentialsOf(context)].map((text) => ({ text })),
  );
  if (rows.length > 0) printLines(shell, renderTable(['', 'NAME', 'SERVER', 'MESH', 'CREDENTIALS'], rows, shell.out.paint));
}

/** Shows one. @throws RR_CONTEXT_NOT_FOUND */
export async function runShowContext(named: string | undefined, { output, context }: CommonOptions, shell: Shell): Promise<void> {
  const contexts = await loadContexts(shell.env);
  const name = named ?? context ?? contexts.current;
  if (name === undefined) {
    throw new RerootError('RR_CONTEXT_NOT_FOUND', 'no context is named, and none is used', { place: contexts.file });
  }
  const shown = { name, ...requireContext(contexts, name) };
  await printData(shell, { output }, shown, () =>
    renderTable(['WHAT', 'IS'], Object.entries(shown).map(cellsOf), shell.out.paint),
  );
}

/** Uses one from now on. @throws RR_CONTEXT_NOT_FOUND */
export async function runUseContext(name: string, shell: Shell): Promise<void> {
  const contexts = await loadContexts(shell.env);
  const { server } = requireContext(contexts, name);
  await saveContexts({ ...contexts, current: name });
  say(shell, `context ${name} is used from now on: ${server}`);
}

/**
 * Keeps one.
 * @throws RR_OPTION_INVALID without a server, and for what no server could be asked with; RR_CONTEXT_EXISTS
 */
export async function runAddContext(
  name: string,
  options: AddContextOptions,
  isServerNamed: boolean,
  shell: Shell,
): Promise<void> {
  requireContextName(name);
  if (!isServerNamed) {
    throw new RerootError('RR_OPTION_INVALID', 'a context needs the address of a server', { remedy: 'give --server' });
  }
  // Whatever could not be used later is refused now.
  const { server } = await connect(options);
  const contexts = await loadContexts(shell.env);
  if (Object.hasOwn(contexts.contexts, name) && options.replace === undefined) {
    throw new RerootError('RR_CONTEXT_EXISTS', `there is a context ${name} already`, { place: contexts.file });
  }
  const current = options.use === true ? name : (contexts.current ?? name);
  await saveContexts({ ...contexts, current, contexts: { ...contexts.contexts, [name]: contextOf(server, options) } });
  say(shell, `context ${name} is kept in ${contexts.file}${current === name ? ', and used from now on' : ''}`);
}

/** Forgets one. @throws RR_CONTEXT_NOT_FOUND */
export async function runRemoveContext(name: string, shell: Shell): Promise<void> {
  const before = await loadContexts(shell.env);
  requireContext(before, name);
  const contexts = Object.fromEntries(Object.entries(before.contexts).filter(([other]) => other !== name));
  const after: Contexts = { ...before, contexts, current: before.current === name ? undefined : before.current };
  await saveContexts(after);
  say(shell, `context ${name} is forgotten${before.current === name ? '; none is used now' : ''}`);
}

/** Files by their whole path: a context is used from everywhere. */
function contextOf(server: string, { mesh, tokenFile, caFile, certFile, keyFile }: CommonOptions): Context {
  return {
    server,
    ...(mesh === undefined ? {} : { mesh }),
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(tokenFile) }),
    ...(caFile === undefined ? {} : { caFile: resolve(caFile) }),
    ...(certFile === undefined ? {} : { certFile: resolve(certFile) }),
    ...(keyFile === undefined ? {} : { keyFile: resolve(keyFile) }),
  };
}

function credentialsOf({ tokenFile, certFile }: Context): string {
  const kinds = [tokenFile && 'token', certFile && 'certificate'].filter(Boolean);
  return kinds.length === 0 ? 'none' : kinds.join(', ');
}

function cellsOf(pair: readonly string[]): { text: string }[] {
  return pair.map((text) => ({ text }));
}
