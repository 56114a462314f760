import type { Plugin } from 'esbuild';

/** What packages bring along for ways of theirs that reroot does not take; whoever took one after all would find `undefined` there. */
const leftOut: readonly { readonly of: string; readonly path: string; readonly for: string }[] = [
  { of: '@kubernetes/client-node', path: 'undici', for: 'sending by fetch, where reroot takes its agents for node:https' },
  { of: '@kubernetes/client-node', path: './gen/index.js', for: 'the calls of the API, which reroot makes by itself' },
  { of: 'zod', path: '../locales/index.js', for: 'messages in fifty languages; English has an import of its own' },
  { of: 'node-vault', path: 'axios', for: 'sending, unless it is given what does' },
];

/** Leaves them out of a program. */
export const leaveOut: Plugin = {
  name: 'what no program comes to',
  setup: (bundling) => {
    for (const { of, path } of leftOut) {
      bundling.onResolve({ filter: new RegExp(`^${RegExp.escape(path)}$`) }, ({ importer }) =>
        importer.includes(`/node_modules/${of}/`) ? { path: `${of}/${path}`, namespace: 'left out' } : undefined,
      );
    }
    bundling.onLoad({ filter: /.*/, namespace: 'left out' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};
