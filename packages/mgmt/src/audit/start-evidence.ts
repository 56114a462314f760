import type { PreflightReport, RotationPlan } from '@reroot/shared/api';
import { canonicalJson } from '@reroot/shared/audit';
import type { RerootError } from '@reroot/shared/errors';
import { describeMoment, type StepMoment } from './step-evidence.ts';

/** What runs in a cluster, as its agent said when preflight asked it. */
export interface ClusterVersions {
  readonly agent: string;
  /** Of each replica of istiod; undefined where the agent could not tell. */
  readonly istiods: readonly IstiodVersion[] | undefined;
}

/** What a replica of istiod is. */
export interface IstiodVersion {
  readonly name: string;
  /** Empty where nothing says it. */
  readonly version: string;
  readonly revision: string;
}

/** What stood when a rotation started. */
export interface StartFacts {
  /** Of the mesh before it. */
  readonly moment: StepMoment;
  readonly rotationId: string | undefined;
  readonly preflight: PreflightReport;
  /** Of clusters that answered preflight. */
  readonly versions: ReadonlyMap<string, ClusterVersions>;
  /** Of what was started; an error where none could be made. */
  readonly plan: RotationPlan | RerootError;
}

/**
 * What a rotation started from, as JSON for the evidence pack: what `describeStep` has of the clusters, with the versions that they
 * run, what preflight found, and the plan. Pure.
 */
export function describeStart({ moment, rotationId, preflight, versions, plan }: StartFacts): string {
  const { clusters, ...stood } = describeMoment(moment, 'start');
  return canonicalJson({
    ...stood,
    rotationId,
    clusters: clusters.map((each) => withVersions(each, versions)),
    preflight,
    ...('code' in plan ? { planMissing: `${plan.code}: ${plan.message}` } : { plan }),
  });
}

function withVersions(each: object, versions: StartFacts['versions']): object {
  const told = 'cluster' in each && typeof each.cluster === 'string' ? versions.get(each.cluster) : undefined;
  return told === undefined ? each : { ...each, agentVersion: told.agent, istiods: told.istiods };
}
