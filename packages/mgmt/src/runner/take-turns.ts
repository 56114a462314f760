/** Whose act it is. */
export interface Turn {
  /** Acts of one group wait for one another, and for no other group: what holds one up holds up no other. */
  readonly group: string;
  /** Of what waits with the same key only the last is done, in the place of the first: whoever asks again waits for that answer alone. */
  readonly key: string;
}

/**
 * Does what it is given, so many of a group at a time, in the order in which they came. It resolves when the act is done, and without
 * doing it where another came for it or the signal has aborted; it throws what the act throws.
 */
export type TakeTurn = (turn: Turn, act: () => Promise<void>) => Promise<void>;

/** What taking turns works with. */
export interface TurnsOptions {
  /** Of each group. */
  readonly atOnce: number;
  /** Once it aborts, all that waits is let go. */
  readonly signal: AbortSignal;
}

interface Group {
  underWay: number;
  /** By key, in the order in which they came: a map keeps the place of what is put in anew. */
  readonly waiting: Map<string, (call: 'begin' | 'replaced') => void>;
}

/** Makes the function that lets others wait while so many acts are under way. */
export function createTurns({ atOnce, signal }: TurnsOptions): TakeTurn {
  const groups = new Map<string, Group>();
  const groupOf = (name: string): Group => {
    const group = groups.get(name) ?? { underWay: 0, waiting: new Map() };
    groups.set(name, group);
    return group;
  };
  const enter = (group: Group, key: string): Promise<'begin' | 'replaced'> => {
    if (group.underWay < atOnce) {
      group.underWay += 1;
      return Promise.resolve('begin');
    }
    group.waiting.get(key)?.('replaced');
    return new Promise((resolve) => group.waiting.set(key, resolve));
  };
  const leave = (group: Group, name: string): void => {
    const [first] = group.waiting;
    // Its place is handed on: one that comes between the two would be before its turn.
    if (first !== undefined) {
      const [key, call] = first;
      group.waiting.delete(key);
      call('begin');
      return;
    }
    group.underWay -= 1;
    if (group.underWay === 0) groups.delete(name);
  };
  return async ({ group: name, key }, act) => {
    const group = groupOf(name);
    if ((await enter(group, key)) === 'replaced') return;
    try {
      if (!signal.aborted) await act();
    } finally {
      leave(group, name);
    }
  };
}
