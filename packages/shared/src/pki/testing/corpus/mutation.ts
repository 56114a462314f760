import type { ChainProblem } from '../../chain-problem.ts';
import type { Plan, PlanKeys } from './plan.ts';

/** What reroot says of a chain of the corpus; `Unreadable` where one of its certificates is refused before any chain is looked at. */
export type CorpusVerdict = 'ok' | ChainProblem | 'Unreadable';

/** One way in which a sound chain is made another one, sound or not. */
export interface Mutation {
  readonly expected: CorpusVerdict;
  readonly change: (plan: Plan, keys: PlanKeys) => Plan;
  /** The least number of CAs between leaf and root that it needs; 1 where it is left out. */
  readonly depth?: number;
  /** Where it makes sense below a root of one kind only. */
  readonly rootKind?: 'RSA';
}

export type MutationTable = Readonly<Record<string, Mutation>>;
