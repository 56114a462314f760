import { userInfo } from 'node:os';
import { styleText } from 'node:util';
import { noPaint, type Paint, type Tone } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { describeError } from '@reroot/shared/lifecycle';

/** All that a verb sees of the machine it runs on. */
export interface Shell {
  /** Where data goes. */
  readonly out: Screen;
  /** Where words go. */
  readonly err: Screen;
  readonly stdin: AsyncIterable<Buffer | string>;
  /** Whether somebody is there to be asked: what is typed, and what is said, goes over a terminal. */
  readonly person: 'present' | 'absent';
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who types, as the machine knows them. */
  readonly user: string;
  readonly clock: Clock;
  /** Aborts when the person interrupts. */
  readonly signal: AbortSignal;
}

/** One output stream. */
export interface Screen {
  write(text: string): void;
  /** A terminal's size; undefined when it is a file or a pipe. */
  size(): { readonly columns: number; readonly rows: number } | undefined;
  readonly paint: Paint;
}

const styles: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  strong: 'bold',
  faint: 'dim',
  good: 'green',
  bad: 'red',
  waiting: 'yellow',
};

/**
 * The shell of a real process. A reader that goes away, as `| head` does, ends the process quietly; a disk that is full ends it with an
 * error: half of an export must not be taken for a whole one.
 */
export function createShell(machine: NodeJS.Process, clock: Clock, signal: AbortSignal): Shell {
  machine.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isReaderGone(error)) machine.exit();
    const unwritable = new RerootError('RR_FILE_UNWRITABLE', `cannot write to stdout: ${error.message}`, { cause: error });
    machine.stderr.write(describeError(unwritable));
    machine.exit(unwritable.entry.exit);
  });
  machine.stderr.on('error', (error: NodeJS.ErrnoException) => machine.exit(isReaderGone(error) ? undefined : 1));
  return {
    out: screenOf(machine.stdout, machine.env),
    err: screenOf(machine.stderr, machine.env),
    stdin: machine.stdin,
    person: machine.stdin.isTTY && machine.stderr.isTTY ? 'present' : 'absent',
    env: machine.env,
    user: userName(),
    clock,
    signal,
  };
}

function isReaderGone(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE';
}

function screenOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Screen {
  // isTTY is undefined, whatever the type says, when the stream is no terminal.
  const terminal = stream.isTTY && env['TERM'] !== 'dumb';
  const coloured = terminal && (env['NO_COLOR'] ?? '') === '';
  return {
    write: (text) => {
      stream.write(text);
    },
    size: () => (terminal ? { columns: stream.columns, rows: stream.rows } : undefined),
    paint: coloured ? (tone, text) => styleText(styles[tone], text, { validateStream: false }) : noPaint,
  };
}

/** Containers run under numbers that no user database knows. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
