import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProcessPlan } from './fleet-process.ts';

/** What every program of reroot logs when it serves. */
export const readyLine = '"msg":"ready"';

/** A program of reroot, which logs into a folder. */
export function programPlan(
  dir: string,
  name: string,
  program: URL,
  args: readonly string[],
  readyText: string | undefined,
  nodeOptions: readonly string[] = [],
): ProcessPlan {
  return {
    name,
    command: process.execPath,
    args: [...nodeOptions, fileURLToPath(program), ...args],
    logFile: join(dir, `${name}.log`),
    readyText,
    missingCode: 'RR_PROCESS_ENDED',
  };
}

/** mgmt from its sources, or from a bundle of it. */
export function mgmtPlan(
  dir: string,
  config: string,
  program = new URL('../../../mgmt/src/main.ts', import.meta.url),
): ProcessPlan {
  return programPlan(dir, 'mgmt', program, ['--config', config], readyLine);
}

/** A nats-server as `reroot nats init` has set it up: the one that REROOT_NATS_SERVER names, else that of the path. */
export function natsPlan(dir: string, serverDir: string): ProcessPlan {
  return {
    name: 'nats-server',
    command: process.env['REROOT_NATS_SERVER'] ?? 'nats-server',
    args: ['--config', 'nats-server.conf'],
    cwd: serverDir,
    logFile: join(dir, 'nats-server.log'),
    readyText: 'Server is ready',
    missingCode: 'RR_NATS_SERVER_MISSING',
  };
}

/** A nats-server on the loopback interface that asks for no credentials, and speaks no TLS. */
export function plainNatsPlan(dir: string, port: number): ProcessPlan {
  return { ...natsPlan(dir, dir), args: ['--addr', '127.0.0.1', '--port', String(port)] };
}
