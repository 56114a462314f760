/** What is on its way to clients. Those at one point share their bytes; slow ones, each at a point of its own, do not. */
export interface HeldBytes {
  /**
   * Counts bytes for as long as they are held.
   * @param onDrop told when those who are slowest hold too much in all, and this is what they have held the longest
   * @returns gives them back
   */
  hold(bytes: Buffer, onDrop: () => void): () => void;
}

interface Holding {
  readonly holders: Set<{ readonly drop: () => void }>;
}

/** @param maxBytes of all that is held; the newest is held however large it is */
export function createHeldBytes(maxBytes: number): HeldBytes {
  /** The oldest first. */
  const held = new Map<Buffer, Holding>();
  let total = 0;
  const release = (bytes: Buffer): void => {
    if (held.delete(bytes)) total -= bytes.length;
  };
  return {
    hold: (bytes, onDrop) => {
      const holder = { drop: onDrop };
      const holding = held.get(bytes) ?? { holders: new Set() };
      if (holding.holders.size === 0) {
        held.set(bytes, holding);
        total += bytes.length;
      }
      holding.holders.add(holder);
      while (total > maxBytes && held.size > 1) {
        const [[oldest, { holders }]] = held as unknown as [[Buffer, Holding]];
        release(oldest);
        for (const { drop } of holders) drop();
      }
      return () => {
        holding.holders.delete(holder);
        if (holding.holders.size === 0 && held.get(bytes) === holding) release(bytes);
      };
    },
  };
}
