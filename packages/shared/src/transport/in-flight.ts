/** What is being handled at the moment, in messages and in bytes. */
export interface InFlight {
  /** Takes a message in, unless there is no room for it. */
  enter(bytes: number): boolean;
  /** A message that was taken in is done with. */
  leave(bytes: number): void;
}

/** Nothing is being handled yet. One message is always taken in, however large. */
export function createInFlight(maxMessages: number, maxBytes: number): InFlight {
  let messages = 0;
  let bytesNow = 0;
  return {
    enter: (bytes) => {
      if (messages > 0 && (messages >= maxMessages || bytesNow + bytes > maxBytes)) return false;
      messages += 1;
      bytesNow += bytes;
      return true;
    },
    leave: (bytes) => {
      messages -= 1;
      bytesNow -= bytes;
    },
  };
}
