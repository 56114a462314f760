import { awaitsApproval, awaitsDecision, awaitsVerification, type MeshStatus } from '@reroot/shared/api';
import { maxListedAlarms, type VirtualMeshResourceStatus } from '@reroot/shared/resources';
import { type Finding, finding } from './conditions.ts';

/** A status before its conditions are dated. */
export interface Projection<Status> {
  readonly status: Omit<Status, 'conditions' | 'observedGeneration'>;
  readonly findings: readonly Finding[];
}

/** States in which no rotation is under way. */
const resting: ReadonlySet<string> = new Set(['NOT_ROTATING', 'PREVIOUS_CA', 'FINISHED']);

/** Whether no rotation is under way. */
export function isResting({ state }: Pick<MeshStatus, 'state'>): boolean {
  return resting.has(state);
}

/** Whether nothing moves before a person has acted. */
export function needsPerson(mesh: MeshStatus): boolean {
  return awaitsApproval(mesh) || awaitsVerification(mesh) || awaitsDecision(mesh);
}

/** What a VirtualMesh says of its mesh. Pure. */
export function projectMesh(mesh: MeshStatus): Projection<VirtualMeshResourceStatus> {
  const { state, step, direction, generation, rotation, roots, verdict, alarms, clusters } = mesh;
  const current = roots.find(({ role }) => role === 'current') ?? roots.find(({ role }) => role === 'old');
  const target = roots.find(({ role }) => role === 'new');
  const passing = clusters.filter((cluster) => cluster.verdict.passed).length;
  return {
    status: {
      ...{ state, step, direction, generation },
      ...(rotation === undefined ? {} : { rotation: rotation.id }),
      ...(current === undefined ? {} : { currentRoot: current.fingerprint, currentRootNotAfter: current.notAfter }),
      ...(target === undefined ? {} : { targetRoot: target.fingerprint }),
      ...{ clusters: { reached: passing, total: clusters.length }, ready: `${passing}/${clusters.length}` },
      ...{ reason: verdict.reason, message: verdict.message },
      ...{ alarms: alarms.slice(0, maxListedAlarms).map((alarm) => ({ ...alarm })), alarmCount: alarms.length },
    },
    findings: [readyOf(mesh), rotatingOf(mesh), blockedOf(mesh), degradedOf(mesh)],
  };
}

function readyOf(mesh: MeshStatus): Finding {
  const { state, verdict } = mesh;
  if (!isResting(mesh)) return finding('Ready', false, 'Rotating', `a rotation is under way, in ${state}: ${verdict.message}`);
  return finding('Ready', verdict.passed, verdict.reason, verdict.message);
}

function rotatingOf(mesh: MeshStatus): Finding {
  const { state, step, rotation } = mesh;
  if (isResting(mesh)) return finding('Rotating', false, state, 'no rotation is under way');
  return finding('Rotating', true, state, `rotation ${rotation?.id ?? ''} is in ${state} at ${step}`);
}

/** Whether a person is needed. */
export function blockedOf(mesh: MeshStatus): Finding {
  const { verdict } = mesh;
  if (needsPerson(mesh)) return finding('Blocked', true, verdict.reason, verdict.message);
  return finding('Blocked', false, 'NotBlocked', 'nobody is waited for');
}

function degradedOf({ alarms }: MeshStatus): Finding {
  const [first] = alarms;
  if (first === undefined) return finding('Degraded', false, 'NoAlarms', 'nothing needs an eye');
  const more = alarms.length === 1 ? '' : ` (and ${alarms.length - 1} more)`;
  return finding('Degraded', true, first.reason, `${first.message}${more}`);
}
