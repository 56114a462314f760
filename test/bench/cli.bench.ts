import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { meshStatus } from '@reroot/shared/testing';
import { defineBench, measured, type Result } from './frame/bench.ts';
import { compare } from './frame/sample.ts';

const program = join(import.meta.dirname, '../../packages/cli/src/main.js');
/** Node by itself is a sixth of what a person takes for at once. */
const goal = { atMost: 6 };

export default defineBench({
  about: 'starts the command line, beside a Node that has nothing to do',
  params: { repeats: 15 },
  measure: async ({ repeats }, { progress, signal }) => {
    const home = await mkdtemp(join(tmpdir(), 'reroot-bench-'));
    const server = createServer((_, response) => response.end(JSON.stringify(meshStatus())));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { ...process.env, HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home };
    const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { env, signal });
    const results: Result[] = [];
    try {
      for (const words of ['--help', 'version', 'status --mesh demo -o json', 'explain WaveSoaking', 'rotate --help']) {
        const args = [program, ...words.split(' '), '--server', url];
        progress(`reroot ${words}`);
        const { ours, peer } = await compare({ ours: () => run(...args), peer: () => run('-e', '0') }, { repeats, signal });
        results.push({ metric: `reroot ${words}`, unit: 'ms', value: ours, limit: measured('node -e 0', peer, goal) });
      }
    } finally {
      server.close();
      server.closeAllConnections();
      await rm(home, { recursive: true });
    }
    return results;
  },
});
