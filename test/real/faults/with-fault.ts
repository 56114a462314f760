/** Something that is made to go wrong, and how that is ended. */
export interface InjectedFault {
  readonly start: () => unknown;
  /** Also runs when `start` came half way, so it must bear that there is nothing to undo. */
  readonly undo: () => unknown;
}

/** Does something while the fault lasts. It is undone however that ends, for the next test shares the fleet. */
export async function withFault<T>({ start, undo }: InjectedFault, body: () => Promise<T>): Promise<T> {
  try {
    await start();
    return await body();
  } finally {
    await undo();
  }
}
