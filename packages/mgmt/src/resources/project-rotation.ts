import type { Condition, MeshStatus, RotationStatus } from '@reroot/shared/api';
import { type CertificateRotationResourceStatus, maxResourceLaggards } from '@reroot/shared/resources';
import { type Finding, finding } from './conditions.ts';
import { blockedOf, isResting, needsPerson, type Projection } from './project-mesh.ts';

/** How a rotation stands. */
type Outcome = 'under-way' | 'failed' | 'finished' | 'rolled-back';

/**
 * What a CertificateRotation says of its rotation. Pure.
 * @param mesh where it is the one under way or the last one that is shown
 * @param entries those of the history that are about it, oldest first
 * @returns undefined where nothing is known of it any more
 */
export function projectRotation(
  id: string,
  mesh: MeshStatus | undefined,
  entries: readonly Condition[],
): Projection<CertificateRotationResourceStatus> | undefined {
  const shown = mesh?.rotation?.id === id ? mesh : undefined;
  if (shown?.rotation !== undefined) return projectShown(shown, shown.rotation, entries);
  const last = entries.at(-1);
  if (last === undefined) return undefined;
  const { timestamp, state, step, generation, message } = last;
  const finished = entries.some((entry) => entry.state === 'FINISHED');
  return {
    status: {
      ...{ rotation: id, state: finished ? 'FINISHED' : state, step, generation, message, endedAt: timestamp },
      ...{ reason: finished ? 'Finished' : 'RolledBack' },
    },
    findings: findingsOf(finished ? 'finished' : 'rolled-back', message),
  };
}

function projectShown(
  mesh: MeshStatus,
  rotation: RotationStatus,
  entries: readonly Condition[],
): Projection<CertificateRotationResourceStatus> {
  const { state, step, direction, generation, enteredAt, clusters, wave, verdict } = mesh;
  const passing = clusters.filter((cluster) => cluster.verdict.passed).length;
  const outcome = outcomeOf(mesh, entries);
  const ended = outcome === 'finished' || outcome === 'rolled-back';
  return {
    status: {
      ...{ rotation: rotation.id, state, step, direction, generation, enteredAt },
      ...{ strategy: rotation.strategy, verification: rotation.verification, approvals: rotation.approvals },
      ...{ startedBy: rotation.startedBy, startedAt: rotation.startedAt },
      ...(ended ? { endedAt: endOf(entries) ?? enteredAt } : {}),
      ...{ oldRoot: rotation.oldRoot, newRoot: rotation.newRoot },
      ...(rotation.emergency === undefined ? {} : { emergency: structuredClone(rotation.emergency) as never }),
      ...{ clusters: { reached: passing, total: clusters.length }, ready: `${passing}/${clusters.length}` },
      wave: { index: wave.index, released: { ...wave.released } },
      ...{ reason: verdict.reason, message: verdict.message, laggardCount: verdict.laggardCount },
      laggards: verdict.laggards.slice(0, maxResourceLaggards).map((laggard) => ({ ...laggard })),
    },
    findings: [...findingsOf(outcome, verdict.message, state, needsPerson(mesh)), awaitedOf(mesh, rotation)],
  };
}

/** With what an answer has to name: `kubectl describe` is where a person looks. */
function awaitedOf(mesh: MeshStatus, { id }: RotationStatus): Finding {
  const blocked = blockedOf(mesh);
  if (blocked.status !== 'True') return blocked;
  const named = `rotation ${id}, step ${mesh.step}, generation ${mesh.generation}`;
  return { ...blocked, message: `${blocked.message}; a CertificateVerification of it names ${named}` };
}

function outcomeOf(mesh: MeshStatus, entries: readonly Condition[]): Outcome {
  if (mesh.state === 'FAILED') return 'failed';
  if (!isResting(mesh)) return 'under-way';
  return mesh.state === 'FINISHED' || entries.some(({ state }) => state === 'FINISHED') ? 'finished' : 'rolled-back';
}

/** When it came to its end: the first entry from which on it was at rest. */
function endOf(entries: readonly Condition[]): string | undefined {
  const last = entries.findLastIndex((entry) => !isResting(entry));
  return entries[last + 1]?.timestamp;
}

function findingsOf(outcome: Outcome, message: string, state = '', blocked = false): readonly Finding[] {
  const moving = outcome === 'under-way' && !blocked;
  const is = (type: string, holds: boolean, reason: string, said: string): Finding =>
    holds ? finding(type, true, reason, said) : finding(type, false, `Not${type}`, `it ${noes[type] ?? ''}`);
  return [
    finding('Started', true, 'Started', 'the rotation was started'),
    is('Progressing', moving, state, message),
    is('Failed', outcome === 'failed', 'Failed', message),
    is('RolledBack', outcome === 'rolled-back', 'RolledBack', 'the mesh is on the root that it was on before'),
    is('Finished', outcome === 'finished', 'Finished', 'the mesh is on its new root'),
  ];
}

const noes: Readonly<Record<string, string>> = {
  Progressing: 'does not go on by itself',
  Failed: 'has not failed',
  RolledBack: 'has not been rolled back',
  Finished: 'has not finished',
};
