import { once } from 'node:events';
import { RerootError } from '@reroot/shared/errors';
import { createLifecycle, type Lifecycle } from '@reroot/shared/lifecycle';
import { errorFields } from '@reroot/shared/log';
import type { Forward } from './api/index.ts';
import { guardStore, type Tenure } from './leadership/index.ts';
import type { Ground } from './open-ground.ts';
import { openLeader } from './open-leader.ts';
import { openStandby } from './open-standby.ts';
import { loseStage, type ReplicaFacts, type Stages } from './stage.ts';
import { createTurn } from './store/index.ts';

/** Goes from one stage to the other. */
export interface ReplicaStages {
  /** Follows the leader, anew where it does already. @throws RR_STORE_*, RR_IDENTITY_*, RR_CLUSTER_TWICE */
  standBy(): Promise<void>;
  /** Leads until the tenure is over, or `end` is called; stands by again then, but for the latter. Resolves when it acts no longer. */
  readonly lead: (tenure: Tenure) => Promise<void>;
  /** Has it lead no longer, and not stand by again either. */
  end(): void;
  /** Stops what it does. */
  close(): Promise<void>;
}

/** How long each part of a stage may take to stop. */
const stopTimeoutMs = 10_000;
/** A store that cannot be read may be well again. */
const againAfterMs = 1_000;

/** Is at no stage yet. */
export function createReplicaStages(ground: Ground & ReplicaFacts, stages: Stages, forward: Forward): ReplicaStages {
  const { clock, log } = ground;
  const ending = new AbortController();
  const turn = createTurn();
  let present: Lifecycle | undefined;

  const openNext = async (open: (lifecycle: Lifecycle) => Promise<void>): Promise<Lifecycle> => {
    const lifecycle = createLifecycle({ log, stopTimeoutMs });
    try {
      await open(lifecycle);
      return lifecycle;
    } catch (error) {
      await lifecycle.stop();
      throw error;
    }
  };
  /** The one before goes on until the next one answers. */
  const replace = async (next: Lifecycle): Promise<void> => {
    const before = present;
    present = next;
    await before?.stop();
  };
  const standBy = (): Promise<void> =>
    turn.take(async () => {
      const onTerm = (): void => void standByAgain();
      const next = await openNext(async (lifecycle) => {
        const stage = await openStandby({ ...ground, forward, onTerm }, lifecycle);
        await stage.run(lifecycle);
        stages.enter(stage);
      });
      await replace(next);
    });
  let leading = false;
  /** Until it succeeds: a replica that shows what was true once is worse than one that shows nothing. */
  const standByAgain = async (): Promise<void> => {
    while (!ending.signal.aborted && !leading) {
      try {
        await standBy();
        return;
      } catch (error) {
        log.warn(errorFields(error), 'this replica cannot stand by yet');
        stages.enter(loseStage(stages.current()));
        await clock.sleep(againAfterMs, ending.signal).catch(() => undefined);
      }
    }
  };
  const openAndLead = (tenure: Tenure): Promise<void> =>
    turn.take(async () => {
      const onDeposed = (): void => tenure.end(new RerootError('RR_STORE_DEPOSED', 'another replica has taken a higher term'));
      const next = await openNext(async (lifecycle) => {
        const store = guardStore(ground.store, tenure);
        const stage = await openLeader({ ...ground, store, requireLeading: () => tenure.require(), onDeposed }, lifecycle);
        tenure.require();
        stages.enter(stage);
        await stage.run(lifecycle);
      });
      await replace(next);
    });
  return {
    standBy,
    lead: async (tenure) => {
      leading = true;
      try {
        await openAndLead(tenure);
        const over = AbortSignal.any([tenure.signal, ending.signal]);
        if (!over.aborted) await once(over, 'abort');
        // What still runs of it acts no longer: it is asked before each act. So what follows can be opened before it has stopped.
        if (ending.signal.aborted) await present?.stop();
      } finally {
        leading = false;
        if (!ending.signal.aborted) await standByAgain();
      }
    },
    end: () => ending.abort(new Error('mgmt stops')),
    close: async () => {
      await turn.take(async () => undefined);
      await present?.stop();
    },
  };
}
