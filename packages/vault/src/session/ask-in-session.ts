import { RerootError } from '@reroot/shared/errors';
import type { Session } from './session.ts';

/**
 * Asks with the session's token. One that Vault does not know any more is read or asked for anew, once: it may have been replaced.
 * @param ask with the token that it is given
 * @throws RR_VAULT_FORBIDDEN when the policies of a token that is good do not suffice, else RR_VAULT_UNAUTHENTICATED; what `ask` and
 * the session throw
 */
export async function askInSession<T>(session: Session, signal: AbortSignal, ask: (token: string) => Promise<T>): Promise<T> {
  const first = await session.token(signal);
  const asked = await orDenied(() => ask(first));
  if (asked.kind === 'answer') return asked.answer;
  if ((await session.judge(first, signal)) === 'valid') throw asked.error;
  const second = await session.token(signal);
  const again = second === first ? asked : await orDenied(() => ask(second));
  if (again.kind === 'answer') return again.answer;
  if (second !== first && (await session.judge(second, signal)) === 'valid') throw again.error;
  const message = `${again.error.message}; nor may the token look itself up, so it is none, or lacks the policy default`;
  throw new RerootError('RR_VAULT_UNAUTHENTICATED', message);
}

type Asked<T> = { readonly kind: 'answer'; readonly answer: T } | { readonly kind: 'denied'; readonly error: RerootError };

async function orDenied<T>(ask: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { kind: 'answer', answer: await ask() };
  } catch (error) {
    if (error instanceof RerootError && error.code === 'RR_VAULT_FORBIDDEN') return { kind: 'denied', error };
    throw error;
  }
}
