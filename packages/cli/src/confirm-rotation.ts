import {
  type ApiClient,
  type MeshStatus,
  type PreflightOverride,
  type PreflightRequest,
  renderPlanSummary,
  type StartRotationRequest,
} from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { askToGoOn } from './ask.ts';
import { askPreflight, requireNothingFatal } from './preflight.ts';
import { charsetOf, renderDoubts } from './preflight-text.ts';
import { say } from './print.ts';
import type { Shell } from './shell.ts';

/** What is asked for, before a person has seen what it means. */
export type Intended = Pick<StartRotationRequest, 'strategy' | 'verification' | 'targetRoot' | 'overrides'>;

/**
 * Shows what a rotation would do and what stands in its way, and has the person agree.
 * @returns why there is nothing to start, where that is so
 * @throws RR_NOT_CONFIRMED; RR_ROTATION_IN_PROGRESS; RR_PREFLIGHT_FAILED; what a start would be refused for
 */
export async function confirmRotation(
  client: ApiClient,
  before: MeshStatus,
  intended: Intended,
  shell: Shell,
): Promise<string | undefined> {
  const idle = unchangedText(before, intended.targetRoot);
  if (idle !== undefined) return idle;
  requireRest(before);
  const { mesh } = before;
  const { strategy, verification, targetRoot, overrides = [] } = intended;
  const target = { ...(strategy === undefined ? {} : { strategy }), ...(targetRoot === undefined ? {} : { targetRoot }) };
  const query = { ...target, ...(verification === undefined ? {} : { verification }) };
  for (const line of renderPlanSummary(await client.readPlan(mesh, query, shell.signal), shell.err.paint)) say(shell, line);
  await showDoubts(client, mesh, target, overrides, shell);
  await askToGoOn(`This replaces the root of mesh ${mesh}. \`reroot plan\` and \`reroot preflight\` show all of it.`, shell);
  return undefined;
}

/**
 * Has preflight look, and shows a person what it doubts.
 * @throws RR_PREFLIGHT_FAILED for a fatal check that is not overridden
 */
export async function showDoubts(
  client: ApiClient,
  mesh: string,
  request: PreflightRequest,
  overrides: readonly PreflightOverride[],
  shell: Shell,
): Promise<void> {
  const report = await askPreflight(shell, mesh, client.preflight(mesh, request, shell.signal));
  const { paint } = shell.err;
  for (const line of renderDoubts(report, { paint, charset: charsetOf(shell.env), detail: 'table' })) say(shell, line);
  requireNothingFatal({ ...report, checks: report.checks.filter(({ id }) => !isOverridden(id, overrides)) });
}

/** Why a rotation to a root would change nothing; undefined where it would, or where a new root is asked for. */
export function unchangedText({ mesh, state, rotation, roots }: MeshStatus, root: string | undefined): string | undefined {
  if (root === undefined) return undefined;
  if (isAtRest(state)) {
    const isCurrent = roots.some(({ fingerprint, role }) => fingerprint === root && role === 'current');
    return isCurrent ? `mesh ${mesh} is on root ${root} already; nothing was started` : undefined;
  }
  if (rotation?.newRoot !== root) return undefined;
  return `rotation ${rotation.id} of mesh ${mesh} to root ${root} is under way already; nothing was changed`;
}

/** Whether no rotation is under way. */
export function isAtRest(state: MeshStatus['state']): boolean {
  return state === 'NOT_ROTATING' || state === 'PREVIOUS_CA' || state === 'FINISHED';
}

function requireRest({ mesh, state, rotation }: MeshStatus): void {
  if (isAtRest(state)) return;
  throw new RerootError('RR_ROTATION_IN_PROGRESS', `rotation ${rotation?.id ?? '?'} of mesh ${mesh} is in ${state}`);
}

function isOverridden(id: string, overrides: readonly PreflightOverride[]): boolean {
  return overrides.some(({ check }) => check === id);
}
