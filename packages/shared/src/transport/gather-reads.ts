/** What of a socket gathering needs. */
export interface PausableSocket {
  pause(): unknown;
  resume(): unknown;
}

/**
 * For how many bytes a socket that has paused goes on reading: none but the first piece. All else that comes is left to the kernel, and wakes
 * nobody.
 */
export const gatheringHighWaterMark = 1;

/** What comes within so many times of gathering after the last counts as often. */
export const oftenTimes = 2;

/**
 * Has what comes often to a socket of `gatheringHighWaterMark` gather in the kernel for a moment. Hundreds of messages a second that come by themselves cost a process
 * several times what they cost a few at a time: each wakes it, and finds the caches cold. What comes seldom waits for nothing.
 * @param gatherMs how long nothing is read after what came soon after something else
 * @returns to be called for each piece that was read
 */
export function gatherReads(socket: PausableSocket, gatherMs: number, nowMs: () => number = () => performance.now()): () => void {
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let waits: 'no' | 'yes' = 'no';
  const resume = (): void => {
    waits = 'no';
    socket.resume();
  };
  return () => {
    if (waits === 'yes') return;
    const atMs = nowMs();
    const comesOften = atMs - lastAtMs < oftenTimes * gatherMs;
    lastAtMs = atMs;
    if (!comesOften) return;
    waits = 'yes';
    // At the end of this turn of the event loop: by then all that has gathered is read, in however many pieces it comes.
    setImmediate(() => {
      socket.pause();
      setTimeout(resume, gatherMs);
    });
  };
}
