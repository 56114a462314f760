import type { RotationRecord } from '@reroot/mgmt/rotation';
import { createEdges, type Edges } from './edges.ts';
import { canonicalise, createGraph, type Graph, insert, rowAt } from './graph.ts';
import { mayRollBack } from './mgmt.ts';
import { storyOf } from './story.ts';
import type { World } from './world.ts';

/** What an exploration has found. */
export interface Exploration {
  readonly world: string;
  readonly states: number;
  readonly transitions: number;
  /** Steps to the state that is furthest away from the start. */
  readonly depth: number;
  readonly seconds: number;
  /** States of the rotation and reasons of endings that were seen. */
  readonly seen: ReadonlySet<string>;
  /** What is wrong, as a numbered story; undefined when nothing is. */
  readonly story: readonly string[] | undefined;
}

/** What was found out so far. */
interface Search {
  readonly world: World;
  readonly graph: Graph;
  readonly groups: readonly number[];
  readonly edges: Edges;
  readonly seen: Set<string>;
  /** States in which nothing needs to happen any more. */
  readonly ends: number[];
  transitions: number;
  depth: number;
}

/**
 * Explores every state that can follow, breadth first, and stops at the first one that is broken; so its story is as short
 * as any. When none is, looks for states from which nothing that must happen leads to an end.
 * @throws Error when the world has more states than `limit`
 */
export function explore(world: World, limit = 40_000_000): Exploration {
  const beganMs = performance.now();
  const search: Search = {
    world,
    graph: createGraph(world.start.length),
    groups: world.options.clusters.map(({ group }) => group),
    edges: createEdges(),
    seen: new Set(),
    ends: [],
    transitions: 0,
    depth: 0,
  };
  const story = searchAll(search, limit) ?? findStuck(search);
  const { graph, transitions, depth, seen } = search;
  const seconds = (performance.now() - beganMs) / 1_000;
  return { world: world.options.name, states: graph.count, transitions, depth, seconds, seen, story };
}

function searchAll(search: Search, limit: number): readonly string[] | undefined {
  const { world, graph, groups, edges, seen, ends } = search;
  const first = world.start.slice();
  canonicalise(first, groups);
  insert(graph, first, -1);
  const state = new Int32Array(graph.width);
  let layerEnd = 1;
  for (let index = 0; index < graph.count; index += 1) {
    if (index === layerEnd) {
      search.depth += 1;
      layerEnd = graph.count;
    }
    state.set(rowAt(graph, index));
    const problem = world.broken(state);
    if (problem !== undefined) return [...storyOf(world, graph, groups, index), problem];
    seen.add(world.mgmt(state).record.state);
    const end = world.ending(state);
    if (end !== undefined) {
      seen.add(end);
      ends.push(index);
    }
    edges.begin();
    world.expand(state, (next, { kind }) => {
      search.transitions += 1;
      canonicalise(next, groups);
      const to = insert(graph, next, index);
      if (kind === 'fair' || kind === 'rollback') edges.add(to, kind);
    });
    if (graph.count > limit) throw new Error(`more than ${limit} states in ${world.options.name}`);
  }
  edges.begin();
  return undefined;
}

function findStuck({ world, graph, groups, edges, ends }: Search): readonly string[] | undefined {
  const stuck = edges.findStuck(graph.count, ends, 'fair');
  if (stuck !== undefined) {
    return [...storyOf(world, graph, groups, stuck), 'from here on nothing that must happen leads to an end'];
  }
  if (world.options.rollbacks.length === 0) return undefined;
  const unreturning = findUnreturning(world, graph, edges);
  if (unreturning === undefined) return undefined;
  return [...storyOf(world, graph, groups, unreturning), 'from here on no rollback reaches PREVIOUS_CA'];
}

const restful = new Set(['NOT_ROTATING', 'FINISHED', 'PREVIOUS_CA']);

/** A state in which a rotation is under way that no number of ROLLBACK answers takes to PREVIOUS_CA. */
function findUnreturning(world: World, graph: Graph, edges: Edges): number | undefined {
  const recordAt = (index: number): RotationRecord => world.mgmt(rowAt(graph, index)).record;
  const previous: number[] = [];
  for (let index = 0; index < graph.count; index += 1) if (recordAt(index).state === 'PREVIOUS_CA') previous.push(index);
  return edges.findStuck(graph.count, previous, 'rollback', (index) => {
    const record = recordAt(index);
    return restful.has(record.state) || !mayRollBack(record, world.options);
  });
}
