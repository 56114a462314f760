/** Where each state leads by what must happen. */
export interface Edges {
  /** The next state begins. */
  begin(): void;
  add(to: number, kind: 'fair' | 'rollback'): void;
  /** The first state from which no end can be reached; `rollback` takes those answers too. */
  findStuck(
    count: number,
    ends: readonly number[],
    by: 'fair' | 'rollback',
    excused?: (index: number) => boolean,
  ): number | undefined;
}

/** Keeps them in two growing arrays. */
export function createEdges(): Edges {
  let starts = new Int32Array(1 << 16);
  let targets = new Int32Array(1 << 18);
  let states = 0;
  let size = 0;
  return {
    begin: () => {
      if (states === starts.length) starts = grown(starts);
      starts[states] = size;
      states += 1;
    },
    add: (to, kind) => {
      if (size === targets.length) targets = grown(targets);
      targets[size] = kind === 'fair' ? to : ~to;
      size += 1;
    },
    findStuck: (count, ends, by, excused = () => false) => {
      const reverse = reversed(starts, targets, count, by);
      const reached = new Uint8Array(count);
      const queue = new Int32Array(count);
      let tail = 0;
      const reach = (index: number): void => {
        if (reached[index] === 1) return;
        reached[index] = 1;
        queue[tail] = index;
        tail += 1;
      };
      for (const end of ends) reach(end);
      for (let head = 0; head < tail; head += 1) {
        const at = queue[head] ?? 0;
        for (let edge = reverse.starts[at] ?? 0; edge < (reverse.starts[at + 1] ?? 0); edge += 1)
          reach(reverse.sources[edge] ?? 0);
      }
      for (let index = 0; index < count; index += 1) if (reached[index] === 0 && !excused(index)) return index;
      return undefined;
    },
  };
}

/** The same edges by their targets. */
function reversed(
  starts: Int32Array,
  targets: Int32Array,
  count: number,
  by: 'fair' | 'rollback',
): { readonly starts: Int32Array; readonly sources: Int32Array } {
  const into = new Int32Array(count + 2);
  const total = starts[count] ?? 0;
  const targetOf = (edge: number): number => {
    const to = targets[edge] ?? 0;
    return to >= 0 ? to : by === 'rollback' ? ~to : -1;
  };
  for (let edge = 0; edge < total; edge += 1) {
    const to = targetOf(edge);
    if (to >= 0) into[to + 2] = (into[to + 2] ?? 0) + 1;
  }
  for (let index = 1; index < into.length; index += 1) into[index] = (into[index] ?? 0) + (into[index - 1] ?? 0);
  const sources = new Int32Array(total);
  for (let from = 0; from < count; from += 1) {
    for (let edge = starts[from] ?? 0; edge < (starts[from + 1] ?? 0); edge += 1) {
      const to = targetOf(edge);
      if (to < 0) continue;
      sources[into[to + 1] ?? 0] = from;
      into[to + 1] = (into[to + 1] ?? 0) + 1;
    }
  }
  return { starts: into, sources };
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
