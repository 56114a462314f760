import { RerootError } from '@reroot/shared/errors';
import { limits } from '@reroot/shared/protocol';
import { carriedOrigins } from './adopted.ts';
import type { NewRoot } from './new-record.ts';
import { requireConsistent, requireStartable, type StartPolicy } from './operator.ts';
import type { Origin, RootGeneration, Rotation, RotationRecord, Transition } from './record.ts';
import { objectToRoot } from './root-life.ts';
import { perform } from './transition.ts';

/** What is asked for when clusters are adopted. */
export interface AdoptionRequest {
  /** Fresh and unique; approvals name it. */
  readonly rotationId: string;
  /** What each of them holds now. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** Every root that an origin trusts, whether the record knows it or not; `foreign` where nobody here has its key. */
  readonly roots: readonly (NewRoot & Pick<RootGeneration, 'source'>)[];
  /** The highest generation that any of them has seen, from whomever. */
  readonly above: number;
  readonly by: string;
  /** Undefined where nobody said it. */
  readonly why?: string;
}

/**
 * Starts the rotation that brings clusters from elsewhere under the root of the mesh: from the set of all roots in the fleet to that
 * one. The clusters count from now on, each with a row of its own before the first; members go along, for they must trust the others
 * as long as those sign under roots of their own.
 * @throws RR_ROTATION_IN_PROGRESS while a rotation is under way; RR_ROTATION_UNSAFE when the policy does not go together;
 *   RR_ROTATION_TARGET_INVALID when the root of the mesh cannot serve; RR_ADOPT_NOTHING, RR_ADOPT_TOO_MANY_ROOTS
 */
export function requestAdoption(
  record: RotationRecord,
  request: AdoptionRequest,
  policy: StartPolicy,
  nowMs: number,
): Transition {
  requireStartable(record);
  requireConsistent(policy);
  requireServing(record, policy, nowMs);
  const origins = { ...carriedOrigins(record), ...request.origins };
  const clusters = Object.keys(request.origins);
  if (clusters.length === 0) throw new RerootError('RR_ADOPT_NOTHING', `no cluster of mesh ${record.mesh} is to be adopted`);
  const rotation: Rotation = {
    id: request.rotationId,
    // One leap from a set of roots to another would leave every pair without trust in one another.
    strategy: 'MULTI_ROOT',
    verification: policy.verification,
    approvals: policy.approvals.by,
    canaries: policy.waves.canaries,
    old: record.currentRoot,
    target: record.currentRoot,
    origins,
    alsoOld: requireFew(
      Object.values(origins).flatMap(({ roots }) => roots),
      record,
    ),
    startedBy: request.by,
    startedAtMs: nowMs,
    failedIn: undefined,
    failedBecause: undefined,
  };
  const because = request.why === undefined ? '' : `: ${request.why}`;
  const message = `adoption started by ${request.by} of ${clusters.join(', ')}, from ${rotation.alsoOld?.length ?? 0} other roots${because}`;
  const roots = withForeign(record.roots, request, nowMs);
  return perform(record, { move: 'start', rotation, roots, above: request.above }, nowMs, { message });
}

function requireServing({ roots, currentRoot }: RotationRecord, { minimumRootValidityMs }: StartPolicy, nowMs: number): void {
  const current = roots.find(({ fingerprint }) => fingerprint === currentRoot);
  const problem = current === undefined ? 'is not known' : objectToRoot(current, minimumRootValidityMs, nowMs);
  if (problem !== undefined) throw new RerootError('RR_ROTATION_TARGET_INVALID', `root ${currentRoot} ${problem}`);
}

/** Every message and every bundle holds all of them, and the root of the mesh. */
function requireFew(named: readonly string[], { currentRoot }: RotationRecord): readonly string[] {
  const others = [...new Set(named)].filter((root) => root !== currentRoot);
  if (others.length < limits.trustedRoots) return others;
  const most = `a bundle holds ${limits.trustedRoots} at the most`;
  throw new RerootError('RR_ADOPT_TOO_MANY_ROOTS', `the clusters trust ${others.length} roots besides that of the mesh; ${most}`);
}

/** A foreign root that signs in a cluster is in force; one that is only trusted is on its way out from the beginning. */
function withForeign(
  known: readonly RootGeneration[],
  { roots, origins }: AdoptionRequest,
  nowMs: number,
): readonly RootGeneration[] {
  const signers = new Set(Object.values(origins).map(({ signer }) => signer));
  const phaseOf = (fingerprint: string) => (signers.has(fingerprint) ? 'active' : 'retired');
  const names = new Set(known.map(({ fingerprint }) => fingerprint));
  const again = known.map((root) =>
    root.source === 'foreign' && signers.has(root.fingerprint) && root.phase !== 'active'
      ? ({ ...root, phase: 'active', phaseAtMs: nowMs } as const)
      : root,
  );
  const found = roots
    .filter(({ fingerprint }) => !names.has(fingerprint))
    .map(({ fingerprint, notBeforeMs, notAfterMs, source }): RootGeneration => {
      const root = { fingerprint, notBeforeMs, notAfterMs, phaseAtMs: nowMs };
      // A record forgets roots of the mesh whose keys are gone; some cluster may trust one of them still.
      return source === undefined ? { ...root, phase: 'destroyed' } : { ...root, phase: phaseOf(fingerprint), source };
    });
  return [...again, ...found];
}
