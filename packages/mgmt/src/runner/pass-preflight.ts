import type { PreflightOverride, PreflightReport, PreflightRequest, StartRotationRequest } from '@reroot/shared/api';
import { requireKnownChecks, requirePassed } from '../preflight/index.ts';
import { isTarget, requireStartable } from '../rotation/index.ts';
import type { MeshMoment } from './mesh-loop.ts';
import type { Preflight } from './preflight.ts';
import { knownRoot } from './start-rotation.ts';

/** What asking takes. */
export interface PassOptions {
  readonly preflight: Preflight;
  readonly signal: AbortSignal;
}

/** Whether the rotation that is asked for would get through. */
export function askPreflight(
  moment: MeshMoment,
  { strategy, targetRoot, pace = 'usual' }: PreflightRequest,
  { preflight, signal }: PassOptions,
): Promise<PreflightReport> {
  const { rotation } = moment.view.stored.spec;
  return preflight.run(moment, { strategy: strategy ?? rotation.strategy, target: targetRoot, pace }, signal);
}

/**
 * Lets a start pass. One that changes nothing is not looked at.
 * @returns the overrides that were needed
 * @throws RR_ROTATION_IN_PROGRESS, RR_ROTATION_TARGET_INVALID before anybody is asked anything; RR_PREFLIGHT_*
 */
export async function passPreflight(
  moment: MeshMoment,
  request: StartRotationRequest,
  options: PassOptions,
): Promise<readonly PreflightOverride[]> {
  const { overrides = [], targetRoot, emergency } = request;
  requireKnownChecks(overrides);
  const { record } = moment.view.stored;
  if (targetRoot !== undefined && isTarget(record, targetRoot)) return [];
  requireStartable(record);
  if (targetRoot !== undefined) knownRoot(record, targetRoot);
  const pace = emergency === undefined ? 'usual' : 'emergency';
  return requirePassed(await askPreflight(moment, { ...request, pace }, options), overrides);
}
