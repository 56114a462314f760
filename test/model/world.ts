import { createClusterMoves } from './cluster-moves.ts';
import { createDeciding } from './deciding.ts';
import { memoise } from './interner.ts';
import { createInvariant } from './invariant.ts';
import type { Authorities } from './materials.ts';
import type { MgmtState } from './mgmt.ts';
import type { Kind, Move } from './moves.ts';
import { operatorMoves } from './operator-moves.ts';
import type { Rules } from './rules.ts';
import { createStage, startOfCluster, startOfMgmt, type WorldOptions } from './stage.ts';
import { createTelling } from './telling.ts';

/** A state: the number of mgmt's, then one for each cluster. */
export type State = Int32Array;

/** Something that happened, for a story. */
export interface Event {
  readonly kind: Kind;
  readonly text: string;
  /** Place of the cluster, or -1 for mgmt. */
  readonly at: number;
}

/** What can be asked of a world. */
export interface World {
  readonly options: WorldOptions;
  readonly start: State;
  mgmt(state: State): MgmtState;
  /** Tells each successor; the array is used again for the next one. */
  expand(state: State, tell: (next: State, event: Event) => void): void;
  /** What is wrong: workloads that cannot verify each other, or a wait that names nobody. Undefined in a sound state. */
  broken(state: State): string | undefined;
  /** Why nothing needs to happen any more; undefined while something must. */
  ending(state: State): string | undefined;
}

/** Makes a world of rules and real certificates. */
export function createWorld(options: WorldOptions, rules: Rules, authorities: Authorities): World {
  const stage = createStage(options, rules, authorities);
  const { parts, clusters, mgmtStates, mgmtIdOf, names } = stage;
  const movesOf = memoise(createClusterMoves(parts, clusters, rules, options));
  const telling = createTelling(stage);
  const deciding = createDeciding(stage);
  const breachOf = createInvariant(stage);
  const operatorMovesOf = memoise((id): readonly Move[] =>
    operatorMoves(mgmtStates.at(id), options, rules, authorities).map((move) => ({ ...move, to: mgmtIdOf(move.to) })),
  );
  const groups = options.clusters.map(({ group }) => group);
  const next = new Int32Array(names.length + 1);

  const expandCluster = (state: State, place: number, tell: (next: State, event: Event) => void): void => {
    const id = state[place + 1] ?? 0;
    // Two clusters of one group in one state: what happens in one of them is enough.
    if (place > 0 && groups[place] === groups[place - 1] && id === state[place]) return;
    for (const moves of [movesOf(id), telling.reports(state[0] ?? 0, place, id)]) {
      for (const { kind, text, to } of moves) {
        next.set(state);
        next[place + 1] = to;
        tell(next, { kind, text, at: place });
      }
    }
  };
  const expandMgmt = (state: State, tell: (next: State, event: Event) => void): void => {
    for (const moves of [deciding.decisions(state), operatorMovesOf(state[0] ?? 0)]) {
      for (const { kind, text, to } of moves) {
        next[0] = to;
        for (let place = 0; place < names.length; place += 1) {
          next[place + 1] = telling.retell(to, place, state[place + 1] ?? 0);
        }
        tell(next, { kind, text, at: -1 });
      }
    }
  };

  const start = new Int32Array(names.length + 1);
  start[0] = mgmtIdOf(startOfMgmt(stage));
  for (const [place, setup] of options.clusters.entries()) {
    start[place + 1] = telling.retell(start[0], place, clusters.idOf(startOfCluster(setup, stage)));
  }
  return {
    options,
    start,
    mgmt: (state) => mgmtStates.at(state[0] ?? 0),
    expand: (state, tell) => {
      for (let place = 0; place < names.length; place += 1) expandCluster(state, place, tell);
      expandMgmt(state, tell);
    },
    broken: (state) => breachOf(state) ?? deciding.muteness(state),
    ending: deciding.ending,
  };
}
