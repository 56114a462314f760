/** Time that is simulated: acts happen in the order of their moments, those of one moment in the order in which they were put in. */
export interface Timeline {
  nowMs(): number;
  /** @param atMs not before now */
  at(atMs: number, act: () => void): void;
  after(ms: number, act: () => void): void;
  /** Something that says by itself when it happens next, and may say otherwise later. */
  follow(source: Source): void;
  /** Lets time pass until then, or until it is over. */
  run(untilMs: number, isOver?: () => boolean): void;
}

/** What happens at moments that it says itself. */
export interface Source {
  /** Infinity while nothing is going to. */
  nextMs(): number;
  happen(): void;
}

/** Begins at 0. */
export function createTimeline(): Timeline {
  const acts = createHeap();
  const sources: Source[] = [];
  let nowMs = 0;
  const firstOf = (): Source | undefined => {
    let first: Source | undefined;
    let firstMs = acts.nextMs();
    for (const source of sources) {
      const nextMs = source.nextMs();
      if (nextMs >= firstMs) continue;
      first = source;
      firstMs = nextMs;
    }
    return first ?? (firstMs === Number.POSITIVE_INFINITY ? undefined : acts);
  };
  const at = (atMs: number, act: () => void): void => acts.put(Math.max(atMs, nowMs), act);
  return {
    nowMs: () => nowMs,
    at,
    after: (ms, act) => at(nowMs + ms, act),
    follow: (source) => {
      sources.push(source);
    },
    run: (untilMs, isOver = () => false) => {
      while (!isOver()) {
        const first = firstOf();
        const nextMs = first?.nextMs() ?? Number.POSITIVE_INFINITY;
        if (first === undefined || nextMs > untilMs) {
          nowMs = Math.max(nowMs, untilMs);
          return;
        }
        nowMs = Math.max(nowMs, nextMs);
        first.happen();
      }
    },
  };
}

interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly act: () => void;
}

/** A binary heap: millions of acts come and go. */
function createHeap(): Source & { put(atMs: number, act: () => void): void } {
  const entries: Entry[] = [];
  let order = 0;
  const isBefore = (a: Entry, b: Entry): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
  const rise = (entry: Entry): void => {
    let index = entries.length;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = entries[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      entries[index] = parent;
      index = above;
    }
    entries[index] = entry;
  };
  const sink = (entry: Entry): void => {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const [one, other] = [entries[left], entries[left + 1]];
      if (one === undefined) break;
      const isOther = other !== undefined && isBefore(other, one);
      const child = isOther ? other : one;
      if (!isBefore(child, entry)) break;
      entries[index] = child;
      index = isOther ? left + 1 : left;
    }
    entries[index] = entry;
  };
  return {
    nextMs: () => entries[0]?.atMs ?? Number.POSITIVE_INFINITY,
    put: (atMs, act) => {
      rise({ atMs, order, act });
      order += 1;
    },
    happen: () => {
      const [first] = entries;
      const last = entries.pop();
      if (last !== undefined && entries.length > 0) sink(last);
      first?.act();
    },
  };
}
