/**
 * Why something may happen. `fair` happens in the end when nothing else goes wrong; `fault` need not ever; `rollback`
 * is an operator who wants the old root back; `operator` is anything else that people do.
 */
export type Kind = 'fair' | 'fault' | 'rollback' | 'operator';

/** Something that may happen, and the number of the state after it. */
export interface Move {
  readonly kind: Kind;
  readonly text: string;
  readonly to: number;
}
