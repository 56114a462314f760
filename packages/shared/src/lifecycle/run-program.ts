import { type RerootError, toRerootError } from '../errors/index.ts';

/** What a program is given. */
export interface ProgramContext {
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

/** Exit code of a program that was told twice to stop: 128 + SIGINT, as shells count. */
const interruptedExit = 130;

/** How long a program that is through may live on because something was left open. */
const lingerMs = 2_000;

/**
 * Runs a whole program. SIGINT or SIGTERM aborts the signal it is given; a second one exits 130 at once. An error is
 * printed on stderr with its remedy and becomes the exit code of the catalogue; what it throws because it was told to
 * stop is a normal end. Never rejects.
 * @param name becomes the title of the process
 */
export async function runProgram(name: string, main: (context: ProgramContext) => Promise<void>): Promise<void> {
  process.title = name;
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(interruptedExit);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    await main({ signal: controller.signal });
  } catch (thrown) {
    if (!isOwnAbort(thrown, controller.signal)) {
      const error = toRerootError(thrown);
      process.stderr.write(describeError(error));
      process.exitCode = error.entry.exit;
    }
  }
  setTimeout(() => process.exit(), lingerMs).unref();
}

/** The lines that a program prints when it fails; with the stack when nobody foresaw the error. */
export function describeError(error: RerootError): string {
  const place = error.place === undefined ? '' : ` (${error.place})`;
  const lines = [`error ${error.code}: ${error.message}${place}`, `remedy: ${error.remedy}`];
  if (error.code === 'RR_INTERNAL' && error.cause instanceof Error && error.cause.stack !== undefined) {
    lines.push(error.cause.stack);
  }
  return `${lines.join('\n')}\n`;
}

/** Node's own functions wrap the reason of a signal in an AbortError. */
function isOwnAbort(thrown: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  return thrown === signal.reason || (thrown instanceof Error && thrown.name === 'AbortError');
}
