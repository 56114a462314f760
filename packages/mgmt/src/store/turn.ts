/** Lets one act at a time through, in the order in which they asked. */
export interface Turn {
  take<T>(act: () => Promise<T>): Promise<T>;
}

/** Starts free. */
export function createTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (act) => {
      const result = last.then(act);
      // The next one waits for the end of this one, however it ends.
      last = result.catch(() => undefined);
      return result;
    },
  };
}
