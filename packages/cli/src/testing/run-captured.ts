import { noPaint } from '@reroot/shared/api';
import { type Clock, systemClock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import { runCli } from '../program.ts';
import type { Screen, Shell } from '../shell.ts';

/** What a command line did. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
  /** Code of the error that it ended with. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly remedy: string | undefined;
  readonly place: string | undefined;
}

/** Circumstances of a run. */
export interface RunOptions {
  readonly env?: Shell['env'];
  readonly stdin?: string;
  readonly person?: Shell['person'];
  readonly terminal?: { readonly columns: number; readonly rows: number };
  readonly signal?: AbortSignal;
  /** Told what goes to stdout. */
  readonly onOut?: (text: string) => void;
}

/** Runs a command line in this process and keeps what it writes. */
export async function runCaptured(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const shell = shellInto(out, err, options);
  const thrown = await runCli(args, shell).then(() => undefined, toRerootError);
  return {
    stdout: out.join(''),
    stderr: err.join(''),
    exit: thrown?.entry.exit ?? 0,
    code: thrown?.code,
    message: thrown?.message,
    remedy: thrown?.remedy,
    place: thrown?.place,
  };
}

/** A shell that keeps what is written. */
export function shellInto(out: string[], err: string[], options: RunOptions = {}): Shell {
  return {
    out: screenInto(out, undefined, options.onOut),
    err: screenInto(err, options.terminal),
    stdin: linesOf(options.stdin ?? ''),
    person: options.person ?? 'absent',
    env: options.env ?? {},
    user: 'ana',
    clock: hurriedClock,
    signal: options.signal ?? new AbortController().signal,
  };
}

/** Waits a tenth of what it is told: the tests poll servers of their own. */
const hurriedClock: Clock = { now: systemClock.now, sleep: (ms, signal) => systemClock.sleep(ms / 10, signal) };

function screenInto(written: string[], size: RunOptions['terminal'], onWrite?: (text: string) => void): Screen {
  const write = (text: string): void => {
    written.push(text);
    onWrite?.(text);
  };
  return { write, size: () => size, paint: noPaint };
}

async function* linesOf(text: string): AsyncGenerator<string> {
  yield text;
}
