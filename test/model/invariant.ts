import { isMember, type RotationRecord } from '@reroot/mgmt/rotation';
import { type Face, faceOf } from './cluster.ts';
import { memoise } from './interner.ts';
import { everyRoot } from './roots.ts';
import type { Stage } from './stage.ts';
import type { State } from './world.ts';

/**
 * The invariant: any two workloads that count, and any two of one cluster, verify each other. What counts are leaves and
 * bundles that workloads hold, not what anybody says of them. An excluded cluster counts for itself alone, and one that
 * joins or returns from the moment on that mgmt counts it. While an adoption brings clusters from several roots together, those
 * that hold one root from the start count with each other alone, until every cluster is proven to trust all roots.
 * @returns gives the first breach as a sentence, undefined in a sound state
 */
export function createInvariant({ options, parts, clusters, mgmtStates, names }: Stage): (state: State) => string | undefined {
  const faces = memoise((id): Face => faceOf(clusters.states.at(id), parts));
  const membersOf = memoise((id): readonly boolean[] => {
    const { record, members } = mgmtStates.at(id);
    return names.map((name) => members.includes(name) && isMember(record, name));
  });
  const isApart = memoise((id): boolean => partsOf(mgmtStates.at(id).record));
  const origins = [...new Set(options.clusters.map(({ holds }) => holds))];
  const breach = (from: string, one: Face, to: string, other: Face): string =>
    `a workload of ${from} with a leaf of ${parts.roots.lettersOf(one.leaves & ~other.trusted)} is refused by one of ${to}, ` +
    `for not all of them trust more than ${parts.roots.lettersOf(other.trusted)}`;
  const findBreach = (among: readonly { readonly name: string; readonly face: Face }[]): string | undefined => {
    for (const one of among) {
      const refusing = among.find(({ face }) => (one.face.leaves & ~face.trusted) !== 0);
      if (refusing !== undefined) return breach(one.name, one.face, refusing.name, refusing.face);
    }
    return undefined;
  };
  const findApart = (state: State, counted: readonly boolean[]): string | undefined => {
    const all = options.clusters.map(({ name, holds }, place) => ({ name, holds, face: faces(state[place + 1] ?? 0), place }));
    const breaches = origins.map((origin) =>
      findBreach(all.filter(({ holds, place }) => holds === origin && counted[place] === true)),
    );
    return breaches.find((found) => found !== undefined);
  };
  return (state) => {
    const counted = membersOf(state[0] ?? 0);
    let leaves = 0;
    let trusted = everyRoot;
    for (let place = 0; place < names.length; place += 1) {
      const face = faces(state[place + 1] ?? 0);
      if ((face.leaves & ~face.trusted) !== 0) return findBreach([{ name: names[place] ?? '', face }]);
      if (counted[place] !== true) continue;
      leaves |= face.leaves;
      trusted &= face.trusted;
    }
    if ((leaves & ~trusted) === 0) return undefined;
    if (isApart(state[0] ?? 0)) return findApart(state, counted);
    const all = names.map((name, place) => ({ name, face: faces(state[place + 1] ?? 0) }));
    return findBreach(all.filter((_, place) => counted[place] === true));
  };
}

/** Whether clusters of several roots need not verify each other yet, or, on the way back, not any more. */
function partsOf({ rotation, step, state, enteredFrom }: RotationRecord): boolean {
  if (rotation?.origins === undefined || state === 'FINISHED') return false;
  if (step === 'PREVIOUS_CA') return true;
  return step === 'ADDING_NEW_ROOT' && enteredFrom === 'below' && state !== 'VERIFYING' && state !== 'VERIFIED';
}
