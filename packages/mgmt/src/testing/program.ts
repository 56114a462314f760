import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@reroot/shared/testing';

/** mgmt as an operator runs it. */
export interface Program {
  /** What it has written to stderr. */
  readonly lines: readonly string[];
  /** Resolves with the exit code, null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Where its API answers, once it is ready. */
  ready(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/** On a machine that does much else a program takes its time to start. */
const startsWithinMs = 30_000;

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Starts mgmt as a process of its own. */
export function startProgram(...args: readonly string[]): Program {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  return {
    lines,
    ended: once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null)),
    ready: async () => {
      const line = await waitFor(() => lines.find((each) => each.includes('"msg":"ready"')), {
        timeoutMs: startsWithinMs,
        what: 'ready',
      });
      const { url } = JSON.parse(line) as { url: string };
      return url;
    },
    kill: (signal) => {
      child.kill(signal);
    },
  };
}
