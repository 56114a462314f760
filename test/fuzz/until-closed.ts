import { once } from 'node:events';
import type { Socket } from 'node:net';

/** No answer takes longer on a machine that works. */
export const answerTimeoutMs = 10_000;

/** Waits until both sides have hung up. A server that does so in the middle of nonsense resets the connection, and may. */
export async function untilClosed(socket: Socket): Promise<void> {
  const deadline = AbortSignal.timeout(answerTimeoutMs);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  await Promise.race([closed, once(deadline, 'abort')]);
  if (deadline.aborted) throw new Error(`the server has not hung up after ${answerTimeoutMs} ms`);
}
