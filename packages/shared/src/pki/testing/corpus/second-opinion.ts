import type { CorpusCase } from './corpus.ts';

/** Mutations on which another verifier differs from us, each with the reason. */
export type Deviations = Readonly<Record<string, string>>;

/**
 * Lists where another verifier says what was not expected of it. It must agree with us on every case, but for those of the
 * mutations that are listed: on every one of these it must differ, so that no reason stays there when it is gone.
 * @param accepted whether the other one holds each case for good, in order
 */
export function findSurprises(
  cases: readonly CorpusCase[],
  accepted: readonly boolean[],
  deviations: Deviations,
): readonly string[] {
  const mutations = new Set(cases.map(({ mutation }) => mutation));
  const lost = Object.keys(deviations).filter((mutation) => !mutations.has(mutation));
  const surprises = cases.flatMap(({ name, mutation, expected }, index) => {
    const agrees = accepted[index] === (expected === 'ok');
    const mustAgree = deviations[mutation] === undefined;
    return agrees === mustAgree
      ? []
      : [`${name}: we say ${expected}, the other ${accepted[index] === true ? 'accepts' : 'refuses'}`];
  });
  return [...lost.map((mutation) => `no such mutation: ${mutation}`), ...surprises];
}
