import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { meshStatus } from '@reroot/shared/testing';
import { type Bench, compare, type Figure } from './bench.ts';

const program = join(import.meta.dirname, '../../packages/cli/src/main.js');
const rounds = 15;
/** Node by itself is a sixth of what a person takes for at once. */
const limit = 6;

const bench: Bench = {
  about: 'starts the command line, beside a Node that has nothing to do',
  measure: async () => {
    const home = await mkdtemp(join(tmpdir(), 'reroot-bench-'));
    const server = createServer((_, response) => response.end(JSON.stringify(meshStatus())));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { ...process.env, HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home };
    const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { env });
    const figures: Figure[] = [];
    try {
      for (const words of ['--help', 'version', 'status --mesh demo -o json', 'explain WaveSoaking', 'rotate --help']) {
        const args = [program, ...words.split(' '), '--server', url];
        const { plainMs: wholeMs, oursMs: emptyMs } = await compare(
          { what: words, plain: () => run(...args), ours: () => run('-e', '0') },
          rounds,
        );
        figures.push({ what: `reroot ${words}`, value: wholeMs / emptyMs, unit: '× node -e 0', limit });
        figures.push({ what: 'of wall time', value: wholeMs, unit: 'ms' });
      }
    } finally {
      server.close();
      server.closeAllConnections();
      await rm(home, { recursive: true });
    }
    return figures;
  },
};

export default bench;
