import { spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { errorCatalogue, isErrorCode } from '@reroot/shared/errors';
import { repository } from '../architecture/sources.ts';

/** Where the commands of pages are run. */
export interface Place {
  /** Their working directory; has a `dev` and a `reroot` of this clone. */
  readonly dir: string;
  /** Of mgmt; the switchboard has the next one. */
  readonly port: number;
}

/** What came of a command. */
export interface Outcome {
  readonly exit: number | null;
  /** What it wrote to both streams, as the page would show it. */
  readonly lines: readonly string[];
}

/** As pages have them: what is used where nothing else is said. */
const [usualApi, usualSwitchboard, exampleApi] = ['127.0.0.1:8480', '127.0.0.1:8481', 'https://mgmt.example.org:8480'];
const deadlineMs = 90_000;

/** Puts the programs that pages name into a folder. */
export async function prepareFolder(dir: string): Promise<void> {
  const door = join(repository, 'dev');
  const client = join(repository, 'packages/cli/src/main.js');
  await writeFile(join(dir, 'ci.token'), 'a token that nobody asks for');
  const natsServer = process.env['REROOT_NATS_SERVER'];
  for (const [name, command] of [
    ...(natsServer === undefined ? [] : [['nats-server', `exec '${natsServer}' "$@"`]]),
    ['dev', `exec '${door}' "$@"`],
    ['reroot', `exec '${process.execPath}' '${client}' "$@"`],
  ] as const) {
    await writeFile(join(dir, name), `#!/bin/sh\n${command}\n`);
    await chmod(join(dir, name), 0o755);
  }
}

/** How a command is run that is not like others. */
export interface RunOptions {
  /** Below the folder of the place. */
  readonly folder?: string;
  /** Of one that only a person ends: whether they have seen what they wanted to. */
  readonly isEnough?: (lines: readonly string[]) => boolean;
}

/** Runs a command as a shell does. Beside the fleet of the place nothing of this machine is read or changed. */
export async function runCommand(
  text: string,
  { dir, port }: Place,
  { folder = '.', isEnough }: RunOptions = {},
): Promise<Outcome> {
  const [api, switchboard] = [`127.0.0.1:${port}`, `127.0.0.1:${port + 1}`];
  const command = text
    .replaceAll(exampleApi, `http://${api}`)
    .replaceAll(usualApi, api)
    .replaceAll(usualSwitchboard, switchboard);
  const server = `http://${api}`;
  const child = spawn('bash', ['-c', `exec 2>&1; ${command}`], {
    cwd: join(dir, folder),
    env: {
      ...{ ...process.env, NO_COLOR: '1', XDG_CONFIG_HOME: join(dir, 'config') },
      ...{ REROOT_SERVER: server, SERVER: server, PATH: `${dir}:${process.env['PATH'] ?? ''}` },
    },
    ...{ stdio: ['ignore', 'pipe', 'inherit'], detached: true, timeout: deadlineMs },
  });
  let output = '';
  let isInterrupted = false;
  const show = (): readonly string[] => {
    const text = output.replaceAll(api, usualApi).replaceAll(switchboard, usualSwitchboard);
    // Pages are typed by ann.
    return text.replaceAll(`by ${userInfo().username}`, 'by ann').split('\n');
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    if (isInterrupted || child.pid === undefined || isEnough?.(show()) !== true) return;
    // A second one would end it at once, and not as it ends by itself.
    isInterrupted = true;
    process.kill(-child.pid, 'SIGINT');
  });
  const exit = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { exit, lines: show() };
}

/** The exit code that goes with what a page shows: that of the error in it, where there is one. */
export function exitOf(shown: readonly string[]): number {
  for (const line of shown) {
    const code = /^(?:error|✗) (RR_\w+)/.exec(line)?.[1];
    if (code !== undefined && isErrorCode(code)) return errorCatalogue[code].exit;
  }
  return 0;
}
