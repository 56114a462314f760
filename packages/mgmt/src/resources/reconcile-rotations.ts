import type { Condition, MeshStatus, RotationStatus } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import {
  type CertificateRotationResourceStatus,
  type CertificateRotationSpec,
  certificateRotationSpecSchema,
} from '@reroot/shared/resources';
import { type AnsweredAction, actByObject } from './act-by-object.ts';
import { type Finding, finding } from './conditions.ts';
import { isResting, type Projection } from './project-mesh.ts';
import { projectRotation } from './project-rotation.ts';
import { putStatus } from './put-status.ts';
import type { ResourceContext, SeenMesh } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';
import { sentenceOf } from './sentence-of.ts';
import { startByObject } from './start-by-object.ts';

/** Which rotation an object stands for, once that was started: it goes along where an object is copied, and a copy starts nothing. */
export const rotationAnnotation = 'reroot.dev/rotation';
/** With which code a start was refused. */
export const refusedAnnotation = 'reroot.dev/refused';

/** How many ended rotations of a mesh reroot keeps objects of, of those that it has made itself. */
export const keptRotations = 10;

/** Brings CertificateRotations and rotations together. */
export interface RotationReconciler {
  reconcile(meshes: ReadonlyMap<string, SeenMesh>, histories: ReadonlyMap<string, readonly Condition[]>): void;
}

const pace = { urgency: 'soon', gapMs: 1_000 } as const;

/** An object and what is known of its mesh. */
interface Place {
  readonly object: ResourceObject;
  readonly spec: CertificateRotationSpec;
  readonly seen: SeenMesh | undefined;
  readonly history: readonly Condition[];
}

/** Has seen nothing yet. */
export function createRotationReconciler(context: ResourceContext): RotationReconciler {
  const { certificateRotations, writer } = context;
  const actions = new Map<string, AnsweredAction>();
  const refusals = new Map<string, RerootError>();

  const reconcileOne = (place: Place): void => {
    const { object, seen, history } = place;
    const id = rotationOf(place);
    if (id === undefined) {
      const refused = refusals.get(object.uid) ?? refusalOf(object);
      if (refused === undefined) startByObject(context, object, place.spec, (error) => refusals.set(object.uid, error));
      else if (refusals.has(object.uid)) mark(context, object, refusedAnnotation, refused.code);
      const failure = refused ?? context.deeds.failure(`CertificateRotation/${object.uid}/start`, object.uid);
      putStatus(context, certificateRotations, object, unstarted(failure, refused === undefined), pace);
      return;
    }
    mark(context, object, rotationAnnotation, id);
    const entries = history.filter(({ rotationId }) => rotationId === id);
    const projection = projectRotation(id, seen?.status, entries);
    const action = actByObject(context, { object, spec: place.spec, rotation: id, entries }, actions);
    // Of a rotation that nobody knows any more, what was said last stands.
    if (projection === undefined) return;
    const answered = action === undefined ? {} : { action };
    putStatus(context, certificateRotations, object, { ...projection, status: { ...projection.status, ...answered } }, pace);
  };
  return {
    reconcile: (meshes, histories) => {
      const objects = certificateRotations.list();
      const places = objects.flatMap((object): readonly Place[] => {
        const parsed = certificateRotationSpecSchema.safeParse(object.spec);
        if (!parsed.success || object.deletion !== 'none') return [];
        const { mesh } = parsed.data;
        return [{ object, spec: parsed.data, seen: meshes.get(mesh), history: histories.get(mesh) ?? [] }];
      });
      for (const place of places) reconcileOne(place);
      const shown = new Set(places.map(rotationOf));
      const names = new Set(objects.map(({ name }) => name));
      for (const { status } of meshes.values()) {
        const { rotation } = status;
        if (rotation === undefined || shown.has(rotation.id)) continue;
        const name = nameOf(status.mesh, rotation, names);
        const send = (signal: AbortSignal): Promise<void> =>
          certificateRotations.create(name, specOf(status.mesh, rotation), signal);
        writer.put(`CertificateRotation/${name}`, { urgency: 'soon', gapMs: 1_000, send });
      }
      for (const { object } of surplus(places)) {
        const send = (signal: AbortSignal): Promise<void> => certificateRotations.remove(object, signal);
        writer.put(`CertificateRotation/${object.name}`, { urgency: 'whenever', gapMs: 1_000, send });
      }
    },
  };
}

/** Which rotation an object stands for. One that an object starts has the uid of that object for its id. */
function rotationOf({ object, spec, seen, history }: Place): string | undefined {
  const named = object.annotations[rotationAnnotation] ?? spec.rotation;
  if (named !== undefined) return named;
  const started = seen?.status.rotation?.id === object.uid || history.some(({ rotationId }) => rotationId === object.uid);
  return started ? object.uid : undefined;
}

function refusalOf({ annotations }: ResourceObject): RerootError | undefined {
  const code = annotations[refusedAnnotation];
  return code === undefined ? undefined : new RerootError('RR_RESOURCE_WISH_STALE', `its start was refused before, with ${code}`);
}

function unstarted(failure: RerootError | undefined, again: boolean): Projection<CertificateRotationResourceStatus> {
  if (failure === undefined) {
    const pending: Finding = { type: 'Started', status: 'Unknown', reason: 'Pending', message: 'the rotation is being started' };
    return { status: { reason: 'Pending', message: pending.message }, findings: [pending] };
  }
  const sentence = sentenceOf(failure);
  const findings = [finding('Started', false, failure.code, sentence)];
  if (!again) findings.push(finding('Failed', true, failure.code, sentence));
  return { status: { reason: failure.code, message: sentence }, findings };
}

/** Notes something on the object itself: unlike a status, it goes along where the object is copied or restored. */
function mark(
  { certificateRotations, writer }: ResourceContext,
  object: ResourceObject,
  annotation: string,
  value: string,
): void {
  if (object.annotations[annotation] === value || object.author === 'reroot') return;
  const change = { metadata: { annotations: { [annotation]: value } } };
  const send = (signal: AbortSignal): Promise<void> => certificateRotations.patch(object, change, signal);
  writer.put(`CertificateRotation/${object.name}/${annotation}`, { urgency: 'soon', gapMs: 1_000, send });
}

/** Short where that is free. */
function nameOf(mesh: string, { id }: RotationStatus, taken: ReadonlySet<string>): string {
  const whole = `${mesh}-${id.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')}`;
  const short = `${mesh}-${id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 8)}`;
  return taken.has(short) ? whole : short;
}

/** Of a rotation that was started otherwise. */
function specOf(
  mesh: MeshStatus['mesh'],
  { id, strategy, verification, startedBy, emergency, origins }: RotationStatus,
): CertificateRotationSpec {
  const start = origins === undefined ? 'rotation' : 'adoption';
  return {
    ...{ mesh, start, verification, requestedBy: startedBy, rotation: id },
    ...(start === 'adoption' ? {} : { strategy }),
    ...(start === 'adoption' || emergency === undefined ? {} : { emergency: { reason: emergency.reason } }),
  };
}

/** The oldest ended ones that reroot has made itself, beyond those that are kept. */
function surplus(places: readonly Place[]): readonly Place[] {
  const byMesh = Map.groupBy(places.filter(isEnded), ({ spec }) => spec.mesh);
  return [...byMesh.values()].flatMap((ended) =>
    ended
      .toSorted((a, b) => b.object.createdAtMs - a.object.createdAtMs)
      .slice(keptRotations)
      .filter(({ object }) => object.author === 'reroot'),
  );
}

function isEnded(place: Place): boolean {
  const id = rotationOf(place);
  const status = place.seen?.status;
  return id !== undefined && status !== undefined && (status.rotation?.id !== id || isResting(status));
}
