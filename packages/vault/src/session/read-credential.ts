import { RerootError } from '@reroot/shared/errors';

/** Larger than any token of Vault or Kubernetes, and smaller than what servers take as a header. */
const maxChars = 8_192;

/**
 * A token or a JWT as somebody else keeps it, without the newline that editors leave behind.
 * @param what how messages call it
 * @throws RR_VAULT_UNAUTHENTICATED; an error of reroot's own as it is, and of any other only its code, for it may quote what it read
 */
export async function readCredential(
  what: string,
  read: (signal: AbortSignal) => Promise<string>,
  signal: AbortSignal,
): Promise<string> {
  const text = (await readText(what, read, signal)).trim();
  if (/^[\x21-\x7e]+$/.test(text) && text.length <= maxChars) return text;
  throw new RerootError('RR_VAULT_UNAUTHENTICATED', `${what} is empty, or not one line of printable characters`);
}

async function readText(what: string, read: (signal: AbortSignal) => Promise<string>, signal: AbortSignal): Promise<string> {
  try {
    return await read(signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RerootError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new RerootError('RR_VAULT_UNAUTHENTICATED', `${what} cannot be read${typeof code === 'string' ? ` (${code})` : ''}`);
  }
}
