import { readFile, stat } from 'node:fs/promises';
import { type ErrorCode, errorMessage, RerootError } from '@reroot/shared/errors';
import { othersMayRead } from '@reroot/shared/private-file';

/** How a file that holds a secret is read. */
export interface SecretFileOptions {
  /** What the file holds, for errors. */
  readonly what: string;
  readonly minLength: number;
  /** Code of every refusal. */
  readonly code: ErrorCode;
  /** Whether it may have several lines; one when it is left out. */
  readonly lines?: 'one' | 'many';
}

/**
 * Reads a secret from a file, without the line end after it. Its content never shows in an error.
 * @throws the given code when the file is missing, readable by others than its owner, or too short
 */
export async function readSecretFile(file: string, options: SecretFileOptions): Promise<string> {
  const refuse = (why: string, cause?: unknown): RerootError =>
    new RerootError(options.code, `the ${options.what} cannot be used: ${why}`, { place: file, cause });
  try {
    const found = await stat(file);
    if (othersMayRead(found)) throw refuse(`the file has mode 0${(found.mode & 0o777).toString(8)}, so others can read it`);
    const secret = (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
    if (secret.length < options.minLength) throw refuse(`it has fewer than ${options.minLength} characters`);
    if (options.lines !== 'many' && /[\r\n]/.test(secret)) throw refuse('the file has more than one line');
    return secret;
  } catch (error) {
    throw error instanceof RerootError ? error : refuse(errorMessage(error), error);
  }
}
