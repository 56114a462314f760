import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * The programs take the configuration from this client, and nothing else of it. Its index would bring some 1,500 models of
 * the API along, and 130 MB of memory with them; the package does not say that its files can be left out.
 */
export const partOfKubernetesClient: Plugin = {
  name: 'part of the Kubernetes client',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^@kubernetes\/client-node$/ }, async ({ importer, resolveDir, pluginData }) => {
      if (pluginData === 'the index') return undefined;
      const from = { importer, resolveDir, kind: 'import-statement', pluginData: 'the index' } as const;
      const index = await bundling.resolve('@kubernetes/client-node', from);
      return { path: join(dirname(index.path), 'config.js'), sideEffects: false };
    });
    bundling.onResolve({ filter: /^\.{1,2}\// }, ({ importer, resolveDir, path }) =>
      importer.includes('/@kubernetes/client-node/dist/') ? { path: join(resolveDir, path), sideEffects: false } : undefined,
    );
  },
};
