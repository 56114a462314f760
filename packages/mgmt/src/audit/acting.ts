import { AsyncLocalStorage } from 'node:async_hooks';
import { type Actor, itself } from '../store/index.ts';

/**
 * Who acts, for the journal. It goes along with the work that a request begins, wherever that leads: no operation can forget to hand
 * it on, and so no change is without a name. docs/decisions/0020 has the reasons.
 */
const acting = new AsyncLocalStorage<Actor>();

/** Does something in the name of somebody. */
export function actAs<T>(actor: Actor, act: () => T): T {
  return acting.run(actor, act);
}

/** Does something in reroot's own name, whoever gave the occasion. */
export function actByItself<T>(act: () => T): T {
  return acting.run(itself, act);
}

/** Who acts at present. */
export function whoActs(): Actor {
  return acting.getStore() ?? itself;
}
