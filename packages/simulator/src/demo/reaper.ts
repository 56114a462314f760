import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Watches over processes that must not outlive this one, not even when it is killed with SIGKILL. */
export interface Reaper {
  add(pid: number): void;
  remove(pid: number): void;
  /** Lets it go: it kills what is still on its list and removes the directory. */
  release(): void;
}

/** Starts the watching process. It is in a session of its own, so that Ctrl-C in the terminal does not reach it. */
export function startReaper(directory: string): Reaper {
  const script = fileURLToPath(new URL('reaper-main.ts', import.meta.url));
  const child = spawn(process.execPath, [script, directory], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.unref();
  child.stdin.on('error', () => undefined);
  const tell = (line: string): void => {
    child.stdin.write(`${line}\n`);
  };
  return {
    add: (pid) => {
      tell(`+${pid}`);
    },
    remove: (pid) => {
      tell(`-${pid}`);
    },
    release: () => {
      child.stdin.end();
    },
  };
}
