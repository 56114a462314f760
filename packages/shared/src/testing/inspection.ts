import { type Inspection, known, unknown } from '../protocol/index.ts';

/** What an agent says of a cluster that it could not look at. Used by tests alone. */
export function blindInspection(why = 'nobody looked'): Inspection {
  const fact = unknown(why);
  return {
    agentVersion: '1',
    takenAtMs: 1,
    ...{ istiods: fact, proxies: fact, caFiles: fact, webhooks: fact, meshRoots: fact },
    ...{ outsideWorkloads: fact, budgets: fact, rights: fact },
    rootsReadFrom: known('config-map'),
  };
}
