/** Does what it is given, so many at a time, in the order in which it came. It gives what the act gives, and throws what the act throws. */
export type TakeTurn = <T>(act: () => Promise<T>) => Promise<T>;

/** Makes the function that lets others wait while so many acts are under way. */
export function createTurns(atOnce: number): TakeTurn {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  const enter = async (): Promise<void> => {
    if (underWay < atOnce) {
      underWay += 1;
      return;
    }
    // Whoever leaves hands its place on: one that comes between the two would be before its turn.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) underWay -= 1;
    else next();
  };
  return async (act) => {
    await enter();
    try {
      return await act();
    } finally {
      leave();
    }
  };
}
