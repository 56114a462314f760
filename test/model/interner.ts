/** Gives equal values one small number, so that a state of the world is a handful of numbers. */
export interface Interner<T> {
  /** The number of the value that `key` names; `make` is called the first time alone. */
  idOf(key: string, make: () => T): number;
  /** @throws Error for a number that was never given */
  at(id: number): T;
  readonly size: number;
}

/** Numbers start at 1, so that 0 can stand for nothing. */
export function createInterner<T>(): Interner<T> {
  const ids = new Map<string, number>();
  const values: T[] = [];
  return {
    idOf: (key, make) => {
      const known = ids.get(key);
      if (known !== undefined) return known;
      const value = make();
      values.push(value);
      ids.set(key, values.length);
      return values.length;
    },
    at: (id) => {
      const value = values[id - 1];
      if (value === undefined) throw new Error(`nothing has the number ${id}`);
      return value;
    },
    get size() {
      return values.length;
    },
  };
}

/** Remembers what a pure function gave for each number. */
export function memoise<T>(compute: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

/** Two numbers as one: exact, for ids stay far below these bounds. */
export function pair(a: number, b: number): number {
  if (b >= 0x40_00_00 || a >= 0x40_00_00_00) throw new Error(`${a} and ${b} do not fit into one key`);
  return a * 0x40_00_00 + b;
}
