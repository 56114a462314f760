import type { Store } from '../store/index.ts';
import type { Tenure } from './tenure.ts';

/**
 * The store of a leader: it asks before each change whether it leads still. The store's own fence refuses a leader that another one has
 * followed; this one stops before anybody has.
 */
export function guardStore(store: Store, tenure: Pick<Tenure, 'require'>): Store {
  const guarded = <Args extends readonly unknown[], Result>(
    change: (...args: Args) => Promise<Result>,
  ): ((...args: Args) => Promise<Result>) => {
    return async (...args) => {
      tenure.require();
      return change(...args);
    };
  };
  return {
    ...store,
    takeTerm: guarded(() => store.takeTerm()),
    createMesh: guarded((...args) => store.createMesh(...args)),
    compareAndSwap: guarded((...args) => store.compareAndSwap(...args)),
    keepVerdict: guarded((...args) => store.keepVerdict(...args)),
    keepIssued: guarded((...args) => store.keepIssued(...args)),
    putCluster: guarded((...args) => store.putCluster(...args)),
    renameCluster: guarded((...args) => store.renameCluster(...args)),
    keepProof: guarded((...args) => store.keepProof(...args)),
    note: guarded((...args) => store.note(...args)),
    beginRequest: guarded((...args) => store.beginRequest(...args)),
    endRequest: guarded((...args) => store.endRequest(...args)),
    forgetRequest: guarded((...args) => store.forgetRequest(...args)),
  };
}
