import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { Result } from './frame/bench.ts';

const run = promisify(execFile);

/** Lines that `openssl speed -mr` sums up with: the kind of key, its index, its bits, signatures and verifications a second. */
const summary = /^\+F([24]):\d+:(\d+):([\d.]+):([\d.]+)$/gm;

/** What the machine's own `openssl speed` makes of it on all cores; nothing where there is no openssl. It may be older than that of Node. */
export async function measureOpenssl(signal: AbortSignal): Promise<readonly Result[]> {
  const [, version = ''] = (await outputOf(signal, 'version')).split(' ');
  const output = await outputOf(
    signal,
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

/** Empty where there is no openssl. @throws the signal's reason */
async function outputOf(signal: AbortSignal, ...args: readonly string[]): Promise<string> {
  return run('openssl', args, { signal }).then(
    ({ stdout }) => stdout,
    () => {
      signal.throwIfAborted();
      return '';
    },
  );
}
