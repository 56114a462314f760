import { canonicalise, equals, type Graph } from './graph.ts';
import type { Event, State, World } from './world.ts';

/** The shortest way to a state. Clusters keep their names in it, which the order of a group had mixed up. */
export function storyOf(world: World, graph: Graph, groups: readonly number[], index: number): string[] {
  const way: number[] = [];
  for (let at = index; at !== -1; at = graph.parents[at] ?? -1) way.push(at);
  way.reverse();
  let now: State = world.start.slice();
  const story: string[] = [];
  for (const target of way.slice(1)) {
    let step: { readonly state: State; readonly event: Event } | undefined;
    world.expand(now, (next, event) => {
      if (step !== undefined) return;
      const state = next.slice();
      canonicalise(state, groups);
      if (equals(graph.rows, target * graph.width, state)) step = { state: next.slice(), event };
    });
    if (step === undefined) throw new Error('the way to a state was lost');
    const { at, text } = step.event;
    story.push(`${story.length + 1}. ${at < 0 ? 'mgmt' : world.options.clusters[at]?.name}: ${text}`);
    now = step.state;
  }
  return story;
}
