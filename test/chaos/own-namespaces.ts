import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const ways = [
  ['--mount', '--propagation', 'private'],
  ['--user', '--map-root-user', '--mount', '--propagation', 'private'],
] as const;

/**
 * Runs a program of Node where mounts are its own, and go away with it however it ends; where this machine does not allow that, without.
 * The program is told by REROOT_CHAOS_MOUNTS, and ends when this one does.
 * @returns its exit code
 */
export async function runWithOwnMounts(program: string, args: readonly string[]): Promise<number> {
  const way = await findWay();
  const [command, ...before] = way === undefined ? [process.execPath] : ['unshare', ...way, process.execPath];
  const child = spawn(command, [...before, program, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, REROOT_CHAOS_MOUNTS: way === undefined ? 'none' : 'own' },
  });
  const end = (): void => void child.kill('SIGTERM');
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, end);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

async function findWay(): Promise<readonly string[] | undefined> {
  for (const way of ways) {
    try {
      await promisify(execFile)('unshare', [...way, 'true']);
      return way;
    } catch {
      // The next one may be allowed.
    }
  }
  return undefined;
}
