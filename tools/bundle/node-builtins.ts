import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const names = new Set(builtinModules);

/**
 * Has a program take Node's own modules by `process.getBuiltinModule`. An `import` of one makes Node read each of its exports at once,
 * to have a name for each; and among those of `node:http` is a WebSocket, behind which stands all of Node's `fetch`: 3 MB and a tenth
 * of the processor time that a program takes to start.
 */
export const nodeBuiltins: Plugin = {
  name: "Node's own modules",
  setup: (bundling) => {
    bundling.onResolve({ filter: /^(?:node:)?[a-z\d_]+(?:\/[a-z\d_]+)*$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return path.startsWith('node:') || names.has(name) ? { path: name, namespace: 'node' } : undefined;
    });
    bundling.onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
      loader: 'js',
    }));
  },
};
