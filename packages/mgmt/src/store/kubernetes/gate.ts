/** Lets so many through at a time, in the order in which they come. */
export interface Gate {
  pass<T>(act: () => Promise<T>): Promise<T>;
}

/** @param atOnce one at least */
export function createGate(atOnce: number): Gate {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const enter = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    waiting.push(() => resolve(undefined));
    await promise;
  };
  const leave = (): void => {
    const next = waiting.shift();
    // Who waits has the place at once: nobody who comes later gets before it.
    if (next === undefined) free += 1;
    else next();
  };
  return {
    pass: async (act) => {
      await enter();
      try {
        return await act();
      } finally {
        leave();
      }
    },
  };
}
