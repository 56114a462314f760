/** Tells those who ask that something has changed; what, they look up themselves. */
export interface ChangeSignal {
  /** Calls every listener. A listener must not throw. */
  emit(): void;
  /** @returns ends it */
  subscribe(listener: () => void): () => void;
}

/** Has no listener yet. */
export function createChangeSignal(): ChangeSignal {
  const listeners = new Set<{ readonly call: () => void }>();
  return {
    emit: () => {
      for (const { call } of listeners) call();
    },
    subscribe: (call) => {
      // An entry of its own: one function may listen twice.
      const entry = { call };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
