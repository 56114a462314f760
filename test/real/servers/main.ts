import { join } from 'node:path';
import { runProgram } from '@reroot/shared/lifecycle';
import { findServers } from './find-servers.ts';
import { describeMissing, getServers } from './get-servers.ts';
import { unavailableExit } from './require-servers.ts';
import { allServers } from './versions.ts';

/**
 * Puts the real servers into the folder REROOT_REAL_SERVERS. Writes nothing on stdout, with `--json` the programs' paths.
 */
await runProgram('reroot-real-servers', async ({ signal }) => {
  const cache = process.env['REROOT_REAL_SERVERS'] ?? join(process.cwd(), '.cache', 'real-servers');
  signal.addEventListener('abort', () => (process.exitCode = 130));
  const missing = await getServers(allServers, {
    cache,
    environment: process.env,
    say: (line) => process.stderr.write(`» ${line}\n`),
    signal,
  });
  if (missing.length > 0) {
    process.stderr.write(describeMissing(missing));
    process.exitCode = unavailableExit;
    return;
  }
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify(findServers({ REROOT_REAL_SERVERS: cache }), undefined, 2)}\n`);
  }
});
