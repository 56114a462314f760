import type {
  PreflightedStart,
  PreflightOverride,
  PreflightReport,
  PreflightRequest,
  StartRotationRequest,
} from '@reroot/shared/api';
import { requireKnownChecks, requirePassed } from '../preflight/index.ts';
import { isTarget, requireMember, requireStartable } from '../rotation/index.ts';
import { askAdoption, awaitsAdoption } from './adopt.ts';
import type { MeshMoment } from './mesh-loop.ts';
import type { Preflight, Preflighted } from './preflight.ts';
import { knownRoot } from './start-rotation.ts';

/** What asking takes. */
export interface PassOptions {
  readonly preflight: Preflight;
  readonly signal: AbortSignal;
}

/**
 * Whether what is asked for would get through: a rotation, or the adoption of clusters that come from elsewhere.
 * @param options with the term of mgmt, which an adoption must not be below
 * @throws RR_ADOPT_NOTHING
 */
export async function askPreflight(
  moment: MeshMoment,
  request: PreflightRequest,
  options: PassOptions & { readonly term: number },
): Promise<PreflightReport> {
  const asked =
    startOf(moment, request, options.term) === 'adoption' ? askAdoption(moment, options) : askRotation(moment, request, options);
  return (await asked).report;
}

/** Whoever names how a rotation goes means one. */
function startOf(moment: MeshMoment, asked: PreflightRequest, term: number): PreflightedStart {
  const { start, strategy, targetRoot, pace } = asked;
  if (start !== undefined) return start;
  const named = (strategy ?? targetRoot ?? pace) !== undefined;
  return !named && awaitsAdoption(moment, term) ? 'adoption' : 'rotation';
}

function askRotation(
  moment: MeshMoment,
  { strategy, targetRoot, pace = 'usual' }: PreflightRequest,
  { preflight, signal }: PassOptions,
): Promise<Preflighted> {
  const { rotation } = moment.view.stored.spec;
  return preflight.run(moment, { strategy: strategy ?? rotation.strategy, target: targetRoot, pace }, signal);
}

/** What let a start pass. */
export interface Passed {
  /** The overrides that were needed. */
  readonly overridden: readonly PreflightOverride[];
  /** Undefined for a start that changes nothing. */
  readonly preflighted: Preflighted | undefined;
}

/**
 * Lets a start pass. One that changes nothing is not looked at.
 * @throws RR_ROTATION_IN_PROGRESS, RR_ROTATION_NO_MEMBER, RR_ROTATION_TARGET_INVALID before anybody is asked anything; RR_PREFLIGHT_*
 */
export async function passPreflight(moment: MeshMoment, request: StartRotationRequest, options: PassOptions): Promise<Passed> {
  const { overrides = [], targetRoot, emergency } = request;
  requireKnownChecks(overrides);
  const { record, spec } = moment.view.stored;
  if (targetRoot !== undefined && isTarget(record, targetRoot)) return { overridden: [], preflighted: undefined };
  requireStartable(record);
  requireMember(record, spec.clusters);
  if (targetRoot !== undefined) knownRoot(record, targetRoot);
  const pace = emergency === undefined ? 'usual' : 'emergency';
  const preflighted = await askRotation(moment, { ...request, pace }, options);
  return { overridden: requirePassed(preflighted.report, overrides), preflighted };
}
