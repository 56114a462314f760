import { RerootError } from '@reroot/shared/errors';
import { say } from './print.ts';
import type { Shell } from './shell.ts';

/**
 * Asks whether to go on.
 * @throws RR_NOT_CONFIRMED for any answer but yes; the signal's reason
 */
export async function askToGoOn(question: string, shell: Shell): Promise<void> {
  say(shell, `${question} To go on, type yes:`);
  const answer = await readLine(shell);
  if (answer.toLowerCase() === 'yes') return;
  throw new RerootError('RR_NOT_CONFIRMED', 'the answer was not yes, and nothing was changed');
}

/** @throws RR_NOT_CONFIRMED where nobody can be asked: a script says so itself */
export function requirePerson({ person }: Shell, what: string): void {
  if (person === 'present') return;
  throw new RerootError('RR_NOT_CONFIRMED', `nobody can be asked whether ${what} is to start: this is no terminal`, {
    remedy: 'look at `reroot plan` and `reroot preflight`, then give --yes',
  });
}

/** The first line of stdin; what there is of it when it ends. @throws the signal's reason */
export async function readLine({ stdin, signal }: Shell): Promise<string> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([firstLine(stdin), aborted]);
}

async function firstLine(stdin: Shell['stdin']): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += chunk.toString();
    if (text.includes('\n')) break;
  }
  return text.split('\n', 1)[0]?.trim() ?? '';
}
