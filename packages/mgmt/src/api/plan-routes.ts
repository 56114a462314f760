import type { RootOffer } from '@reroot/shared/api';
import { type PlanFacts, planRotation } from '../plan/index.ts';
import type { RotationCondition } from '../rotation/index.ts';
import type { Budgets, MeshMoment, Operations, PlanStarted } from '../runner/index.ts';
import { alarmsOf } from './describe-mesh.ts';
import { readPlanQuery } from './plan-query.ts';
import { meshOf, type Route, reply, route } from './route.ts';

/** What plans are made from. */
export interface PlanRouteOptions {
  readonly operations: Pick<Operations, 'readMesh' | 'readHistory' | 'foreseeEmergency'>;
  /** What the source of a mesh's roots offers. */
  readonly readOffer: (mesh: string) => RootOffer | undefined;
  /** The disruption budgets that the last preflight of a mesh has seen. */
  readonly budgetsOf: (mesh: string) => Budgets;
}

/** What a rotation would do. It changes nothing, so whoever may read may ask. */
export function planRoutes({ operations, readOffer, budgetsOf }: PlanRouteOptions): readonly Route[] {
  return [
    route('plan', async (request) => {
      const mesh = meshOf(request);
      const [moment, history] = [await operations.readMesh(mesh), await operations.readHistory(mesh)];
      const ask = readPlanQuery(request.query, moment.nowMs);
      const plan = planRotation({ ...planFactsOf(moment, history), offer: readOffer(mesh), budgets: budgetsOf(mesh) }, ask);
      if (plan.of === 'rest' || ask.pace !== 'emergency') return reply(200, plan);
      const { strategy, verification } = ask;
      const question = { ...(strategy && { strategy }), ...(verification && { verification }) };
      return reply(200, { ...plan, emergency: await operations.foreseeEmergency(mesh, question) });
    }),
  ];
}

/** The plan of a rotation that has just started, for whoever keeps what stood at its start. */
export function createPlanStarted({ readOffer, budgetsOf }: Pick<PlanRouteOptions, 'readOffer' | 'budgetsOf'>): PlanStarted {
  return (moment, record, history) => {
    const { mesh } = record;
    const facts = { ...planFactsOf(moment, history), record, offer: readOffer(mesh), budgets: budgetsOf(mesh) };
    return planRotation(facts, { offline: [], exclude: [] });
  };
}

function planFactsOf(moment: MeshMoment, history: readonly RotationCondition[]): Omit<PlanFacts, 'offer' | 'budgets'> {
  const { view, snapshot, policy, decision, nowMs } = moment;
  const { record, spec } = view.stored;
  const about = { record, spec, snapshot, policy, verdict: decision.verdict, alarms: alarmsOf(moment) };
  return { ...about, roots: view.roots, history, nowMs };
}
