/** Who is told of changes. */
export interface ChangeListeners {
  /** @returns how to be told no more */
  add(listener: () => void): () => void;
  /** Tells all of them. */
  tell(): void;
}

/** Nobody yet. */
export function createListeners(): ChangeListeners {
  const all = new Set<() => void>();
  return {
    add: (listener) => {
      // Each call is one, even where the function is the same.
      const own = (): void => listener();
      all.add(own);
      return () => {
        all.delete(own);
      };
    },
    tell: () => {
      for (const listener of [...all]) listener();
    },
  };
}
