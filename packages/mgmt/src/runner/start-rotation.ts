import type { PreflightOverride, StartRotationRequest } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type KeptRoot, type RootAuthority, type RootRequest, withAgents } from '../authorities/index.ts';
import type { MeshSpec } from '../mesh/index.ts';
import {
  type Emergency,
  emergencyPolicyOf,
  type NewRoot,
  type RotationRecord,
  requestStart,
  requireConsistent,
  requireMember,
  requireStartable,
  type StartPolicy,
} from '../rotation/index.ts';
import type { MeshChange, StoredRoot } from '../store/index.ts';
import type { MeshView } from './mesh-view.ts';
import { withOverrides } from './with-overrides.ts';

/** What a start works with. */
export interface StartOptions {
  readonly authority: RootAuthority;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Makes the change that starts a rotation; asked again after a conflict, it obtains no second root.
 * @param overridden the checks of preflight that fail, and why the rotation starts all the same: they go into the history
 */
export type Start = (
  view: MeshView,
  request: Omit<StartRotationRequest, 'emergency'>,
  overridden: readonly PreflightOverride[],
  signal: AbortSignal,
  emergency?: Omit<Emergency, 'approval'>,
) => Promise<MeshChange>;

/**
 * The start of one rotation.
 * @throws (the function it gives) RR_ROTATION_IN_PROGRESS, RR_ROTATION_NO_MEMBER, RR_ROTATION_UNSAFE, RR_ROTATION_TARGET_INVALID, and
 *   what the authority throws
 */
export function createStart({ authority, clock, newId }: StartOptions): Start {
  let obtained: KeptRoot | undefined;
  return async ({ stored: { spec, record }, roots }, request, overridden, signal, emergency) => {
    requireStartable(record);
    requireMember(record, spec.clusters);
    const { by, why, targetRoot } = request;
    const policy = emergency === undefined ? policyOf(spec, request) : emergencyPolicyOf(spec.rotation, request);
    const start = { by, ...(why === undefined ? {} : { why }), ...(emergency === undefined ? {} : { emergency }) };
    requireConsistent(policy);
    if (targetRoot !== undefined) {
      const known = { rotationId: newId(), target: knownRoot(record, targetRoot), ...start };
      return withOverrides(requestStart(record, known, policy, clock.now()), overridden);
    }
    // The key is on disk before the record names the root; a crash in between leaves a key that nobody uses.
    const known = [...roots.values()].map(({ certificate }) => certificate);
    obtained ??= await authority.obtain(rootRequestOf(spec, known), signal);
    const transition = requestStart(record, { rotationId: newId(), target: newRootOf(obtained), ...start }, policy, clock.now());
    return { ...withOverrides(transition, overridden), root: storedRootOf(obtained, spec) };
  };
}

function policyOf({ rotation }: MeshSpec, { strategy, verification }: Omit<StartRotationRequest, 'emergency'>): StartPolicy {
  return { ...rotation, strategy: strategy ?? rotation.strategy, verification: verification ?? rotation.verification };
}

/** What to ask the authority for. */
export function rootRequestOf(spec: MeshSpec, known: RootRequest['known']): RootRequest {
  const { mesh, rootSource, root, intermediateSource, trustDomain } = spec;
  const { keyAlgorithm, organization, ttlDays } = root;
  const signing = intermediateSource.kind === 'mgmt' ? 'mgmt' : 'agents';
  return { mesh, source: rootSource, signing, keyAlgorithm, organization, ttlDays, trustDomain, known };
}

/** What a record keeps of a root that was just obtained. */
export function newRootOf({ certificate: { fingerprint, notBeforeMs, notAfterMs } }: KeptRoot): NewRoot {
  return { fingerprint, notBeforeMs, notAfterMs };
}

/** What the store keeps of it. */
export function storedRootOf(
  { certificate: { fingerprint, pem }, custody }: KeptRoot,
  { intermediateSource }: MeshSpec,
): StoredRoot {
  return { fingerprint, certificatePem: pem, custody: withAgents(custody, intermediateSource) };
}

/** @throws RR_ROTATION_TARGET_INVALID */
export function knownRoot({ mesh, roots }: RotationRecord, fingerprint: string): NewRoot {
  const root = roots.find((each) => each.fingerprint === fingerprint);
  if (root !== undefined) return root;
  throw new RerootError('RR_ROTATION_TARGET_INVALID', `mesh ${mesh} knows no root ${fingerprint}`);
}
