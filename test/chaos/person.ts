import { awaitsDecision, awaitsVerification, type MeshStatus } from '@reroot/shared/api';
import { toRerootError } from '@reroot/shared/errors';
import type { ChaosFleet } from './chaos-fleet.ts';
import { meshName } from './mesh.ts';
import type { Plan } from './plan.ts';

/** Somebody who wants a rotation to come to the goal of the plan. */
export interface Person {
  isAsked(status: MeshStatus): boolean;
  /** Answers, as planned. A rotation that has failed is taken up again, or else taken back. */
  decide(status: MeshStatus): Promise<void>;
  /** Lets every cluster come back that is excluded. */
  include(status: MeshStatus): Promise<void>;
}

export function createPerson(
  { fleet, plan, tell }: { readonly fleet: ChaosFleet; readonly plan: Plan; readonly tell: (text: string) => void },
  signal: AbortSignal,
): Person {
  const { api } = fleet;
  const told = new Set<string>();
  /** What is tried again and again is told once. */
  const tellOnce = (text: string): void => {
    if (!told.has(text)) tell(text);
    told.add(text);
  };
  return {
    isAsked: (status) => awaitsVerification(status) || awaitsDecision(status),
    decide: async (status) => {
      const { rotation, step, generation, state } = status;
      const about = { rotationId: rotation?.id ?? '', by: 'chaos', why: 'as planned' };
      const action = turnsBack(plan, status) ? 'ROLLBACK' : 'CONTINUE';
      try {
        if (state === 'FAILED') await api.retryRotation(meshName, about, signal);
        else await api.answerVerification(meshName, { ...about, step, generation, action }, signal);
        tellOnce(`a person answers ${step} ${generation}: ${state === 'FAILED' ? 'retry' : action}`);
      } catch (thrown) {
        signal.throwIfAborted();
        tellOnce(`a person is refused in ${state} ${step} ${generation}: ${toRerootError(thrown).code}`);
        if (state !== 'FAILED') return;
        const back = { ...about, step, generation, action: 'ROLLBACK' } as const;
        await api.answerVerification(meshName, back, signal).catch(() => undefined);
      }
    },
    include: async ({ clusters }) => {
      for (const { name, membership } of clusters) {
        if (membership !== 'excluded') continue;
        try {
          await api.includeCluster(meshName, name, { by: 'chaos', why: 'nothing is wrong any more' }, signal);
          tell(`a person includes ${name}`);
        } catch (thrown) {
          signal.throwIfAborted();
          tellOnce(`a person may not include ${name}: ${toRerootError(thrown).code}`);
        }
      }
    },
  };
}

function turnsBack({ goal }: Plan, { step, direction }: MeshStatus): boolean {
  return goal.kind === 'back' && (step === goal.from || (direction === 'back' && step !== 'PREVIOUS_CA'));
}
