import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Gives the event loop a turn, in which Ctrl-C is heard: work that never waits for anything would keep it waiting.
 * @throws the signal's reason
 */
export async function giveTurn(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
