import type { State } from './world.ts';

/** A graph that grows: states as rows of small numbers, found again by what is in them and not by a digest. */
export interface Graph {
  readonly width: number;
  count: number;
  rows: Int32Array;
  parents: Int32Array;
  table: Int32Array;
}

/** Puts clusters of one group in order: they stand next to each other, and which of them is which does not matter. */
export function canonicalise(state: State, groups: readonly number[]): void {
  for (let place = 1; place < groups.length; place += 1) {
    for (let at = place; at > 0 && groups[at] === groups[at - 1]; at -= 1) {
      const [before = 0, after = 0] = [state[at], state[at + 1]];
      if (before <= after) break;
      state[at] = after;
      state[at + 1] = before;
    }
  }
}

/** A graph without states, whose states will be so many numbers wide. */
export function createGraph(width: number): Graph {
  const capacity = 1 << 16;
  return {
    width,
    count: 0,
    rows: new Int32Array(capacity * width),
    parents: new Int32Array(capacity),
    table: new Int32Array(capacity * 2).fill(-1),
  };
}

/** The number of a state, which is a new one if it was not known; two states are equal only when each number is. */
export function insert(graph: Graph, state: State, parent: number): number {
  const { width } = graph;
  if (graph.count * width === graph.rows.length) enlarge(graph);
  const mask = graph.table.length - 1;
  let slot = digest(state, 0, width) & mask;
  for (;;) {
    const known = graph.table[slot] ?? -1;
    if (known === -1) break;
    if (equals(graph.rows, known * width, state)) return known;
    slot = (slot + 1) & mask;
  }
  const index = graph.count;
  graph.table[slot] = index;
  graph.rows.set(state, index * width);
  graph.parents[index] = parent;
  graph.count += 1;
  return index;
}

/** The state with a number, until the graph grows. */
export function rowAt({ rows, width }: Graph, index: number): State {
  return rows.subarray(index * width, (index + 1) * width);
}

/** Whether a state is the one that starts at `offset` of the rows. */
export function equals(rows: Int32Array, offset: number, state: State): boolean {
  for (let part = 0; part < state.length; part += 1) if (rows[offset + part] !== state[part]) return false;
  return true;
}

function digest(rows: Int32Array, offset: number, width: number): number {
  let hash = 0x81_1c_9d_c5;
  for (let part = 0; part < width; part += 1) {
    hash = Math.imul(hash ^ (rows[offset + part] ?? 0), 0x9e_37_79_b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function enlarge(graph: Graph): void {
  const { width } = graph;
  const rows = new Int32Array(graph.rows.length * 2);
  rows.set(graph.rows);
  const parents = new Int32Array(graph.parents.length * 2);
  parents.set(graph.parents);
  const table = new Int32Array(graph.table.length * 2).fill(-1);
  const mask = table.length - 1;
  for (let index = 0; index < graph.count; index += 1) {
    let slot = digest(rows, index * width, width) & mask;
    while (table[slot] !== -1) slot = (slot + 1) & mask;
    table[slot] = index;
  }
  Object.assign(graph, { rows, parents, table });
}
