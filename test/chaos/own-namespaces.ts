import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { promisify } from 'node:util';
import { exitCodes } from './exit-codes.ts';

interface Way {
  readonly args: readonly string[];
  readonly own: { readonly mounts: 'own' | 'none'; readonly network: 'own' | 'none' };
}

const mounts = ['--mount', '--propagation', 'private'] as const;
const asUser = ['--user', '--map-root-user'] as const;
/** The first one that this machine allows is taken. */
const ways: readonly Way[] = [
  { args: [...mounts, '--net'], own: { mounts: 'own', network: 'own' } },
  { args: [...asUser, ...mounts, '--net'], own: { mounts: 'own', network: 'own' } },
  { args: mounts, own: { mounts: 'own', network: 'none' } },
  { args: [...asUser, ...mounts], own: { mounts: 'own', network: 'none' } },
];

/**
 * Runs a program of Node where mounts and network are its own, and go away with it however it ends; where this machine does not allow that,
 * without. The program is told by REROOT_CHAOS_MOUNTS and REROOT_CHAOS_NETWORK, and ends when this one does.
 * @returns its exit code; where a signal has ended it, what a shell says of that, or that it was interrupted where somebody has asked for its end
 */
export async function runWithOwnNamespaces(program: string, args: readonly string[]): Promise<number> {
  const way = await findWay();
  const [command, ...before] = way === undefined ? [process.execPath] : ['unshare', ...way.args, process.execPath];
  const own = way?.own ?? { mounts: 'none', network: 'none' };
  const child = spawn(command, [...before, program, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, REROOT_CHAOS_MOUNTS: own.mounts, REROOT_CHAOS_NETWORK: own.network },
  });
  const asked = new AbortController();
  const end = (): void => {
    asked.abort();
    child.kill('SIGTERM');
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, end);
  const [code, signal] = (await once(child, 'exit')) as [number, null] | [null, NodeJS.Signals];
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, end);
  if (signal === null) return code;
  // Before it has loaded what it runs, it does not take signals yet, and ends by the first one.
  return asked.signal.aborted ? exitCodes.interrupted : 128 + constants.signals[signal];
}

/** A network of one's own is of use only where its loopback device can be brought up. */
async function findWay(): Promise<Way | undefined> {
  for (const way of ways) {
    try {
      await promisify(execFile)('unshare', [...way.args, ...(way.own.network === 'own' ? bringUpLoopback : ['true'])]);
      return way;
    } catch {
      // The next one may be allowed.
    }
  }
  return undefined;
}

/** A network is made without any device that is up. */
export const bringUpLoopback = ['ip', 'link', 'set', 'lo', 'up'] as const;
