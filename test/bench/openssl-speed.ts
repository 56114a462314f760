import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { Result } from './frame/bench.ts';

const run = promisify(execFile);

/** Lines that `openssl speed -mr` sums up with: the kind of key, its index, its bits, signatures and verifications a second. */
const summary = /^\+F([24]):\d+:(\d+):([\d.]+):([\d.]+)$/gm;

/** What the machine's own `openssl speed` makes of it on all cores; nothing where there is no openssl. It may be older than that of Node. */
export async function measureOpenssl(): Promise<readonly Result[]> {
  const [, version = ''] = (await outputOf('version')).split(' ');
  const output = await outputOf(
    'speed',
    '-mr',
    '-seconds',
    '1',
    '-multi',
    String(availableParallelism()),
    'rsa4096',
    'ecdsap256',
  );
  return [...output.matchAll(summary)].map(([, kind, bits, signatures]) => {
    const key = kind === '2' ? `RSA-${bits ?? ''}` : `ECDSA P-${bits ?? ''}`;
    return { metric: `openssl ${version} speed, ${key}, all cores`, value: Number(signatures), unit: '/s' };
  });
}

/** Empty where there is no openssl. */
async function outputOf(...args: readonly string[]): Promise<string> {
  return run('openssl', args).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
