import { isDeepStrictEqual } from 'node:util';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { VirtualMeshResourceStatus } from '@reroot/shared/resources';
import { actAs } from '../audit/index.ts';
import { documentOf, type MeshSpec, readMesh } from '../mesh/index.ts';
import { type Finding, finding } from './conditions.ts';
import { mergePatchOf } from './merge-patch.ts';
import { type Projection, projectMesh } from './project-mesh.ts';
import { putStatus } from './put-status.ts';
import type { ResourceContext, SeenMesh } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';
import { sentenceOf } from './sentence-of.ts';

/** With `held-back` a mesh that is created tells its clusters nothing: docs/adoption.md. */
export const clustersAnnotation = 'reroot.dev/clusters';

/** Brings VirtualMeshes and meshes together. */
export interface MeshReconciler {
  reconcile(meshes: ReadonlyMap<string, SeenMesh>): void;
  /** The object by which others say what a mesh is to be, where it says something else than a spec that was asked for. */
  findOwner(spec: MeshSpec): ResourceObject | undefined;
}

const pace = { urgency: 'soon', gapMs: 1_000 } as const;

/** Has seen nothing yet. */
export function createMeshReconciler(context: ResourceContext): MeshReconciler {
  const { virtualMeshes, writer, tell } = context;
  const read = createSpecReader(context.namespace);
  let known: ReadonlySet<string> = new Set();

  const reconcileOne = (object: ResourceObject, seen: SeenMesh | undefined): void => {
    const root = seen === undefined ? rootSaid(object) : undefined;
    if (root !== undefined) {
      putStatus(context, virtualMeshes, object, lostOf(object, root), pace);
      return;
    }
    const wanted = read(object);
    const stored = seen?.moment.view.stored.spec;
    const same = !('code' in wanted) && isDeepStrictEqual(wanted, stored);
    if (!same && object.author === 'reroot') offerSpec(object, stored);
    if (!same && object.author === 'others' && !('code' in wanted)) wish(context, object, wanted);
    const status: Projection<VirtualMeshResourceStatus> =
      seen === undefined ? { status: {}, findings: [] } : projectMesh(seen.status);
    const accepted = same
      ? finding('SpecAccepted', true, 'Accepted', 'the mesh is to be what spec says')
      : refusedOf(context, object, wanted);
    putStatus(context, virtualMeshes, object, { ...status, findings: [accepted, ...status.findings] }, pace);
  };
  /** The object says what the mesh is to be, for nobody else has said it there. */
  const offerSpec = (object: ResourceObject, stored: MeshSpec | undefined): void => {
    if (stored === undefined) return;
    const patch = mergePatchOf(object.spec as object, documentOf(stored).spec);
    if (patch === undefined) return;
    const send = (signal: AbortSignal): Promise<void> => virtualMeshes.patch(object, { spec: patch }, signal);
    writer.put(`VirtualMesh/${object.name}`, { urgency: 'soon', gapMs: 0, send });
  };
  const make = (mesh: string, { moment }: SeenMesh): void => {
    const spec = documentOf(moment.view.stored.spec).spec;
    const again = known.has(mesh);
    const send = async (signal: AbortSignal): Promise<void> => {
      await virtualMeshes.create(mesh, spec, signal);
      const made = virtualMeshes.find(mesh);
      if (made === undefined || !again) return;
      const note = `mesh ${mesh} is there whether this object is or not: it was deleted, and reroot has made it anew`;
      tell('VirtualMesh', made, { type: 'Warning', reason: 'MadeAnew', note });
    };
    writer.put(`VirtualMesh/${mesh}`, { urgency: 'soon', gapMs: 1_000, send });
  };
  return {
    reconcile: (meshes) => {
      const objects = virtualMeshes.list();
      for (const object of objects) if (object.deletion === 'none') reconcileOne(object, meshes.get(object.name));
      const names = new Set(objects.map(({ name }) => name));
      for (const [mesh, seen] of meshes) if (!names.has(mesh)) make(mesh, seen);
      known = new Set([...known, ...names]);
    },
    findOwner: (spec) => {
      const object = virtualMeshes.find(spec.mesh);
      if (object === undefined || object.author === 'reroot' || object.deletion !== 'none') return undefined;
      return isDeepStrictEqual(read(object), spec) ? undefined : object;
    },
  };
}

/**
 * The root that a mesh had, by the status of its object. Where the store has no such mesh then, it is another store, or has lost it: a mesh
 * that was made anew would have another root, while its clusters hold the former one. An object of reroot's own makes none; but it says so
 * still when somebody writes its spec, which is what comes to mind first when a mesh is gone.
 */
function rootSaid({ status }: ResourceObject): string | undefined {
  const root = status['currentRoot'];
  return typeof root === 'string' ? root : undefined;
}

/** What was known last stays: it is what tells that the mesh was there. */
function lostOf({ name, status }: ResourceObject, root: string): Projection<VirtualMeshResourceStatus> {
  const lost = new RerootError(
    'RR_RESOURCE_MESH_LOST',
    `mesh ${name} had root ${root}, and the store of mgmt has no such mesh that it can read`,
  );
  const message = sentenceOf(lost);
  const { currentRootNotAfter } = status as VirtualMeshResourceStatus;
  return {
    status: {
      ...{ currentRoot: root, reason: lost.code, message },
      ...(currentRootNotAfter === undefined ? {} : { currentRootNotAfter }),
    },
    findings: [finding('SpecAccepted', false, lost.code, message), finding('Ready', false, lost.code, message)],
  };
}

/** Has the mesh become what the object says. */
function wish({ deeds, operations, tell, via }: ResourceContext, object: ResourceObject, spec: MeshSpec): void {
  const { name, uid, generation, writer, annotations } = object;
  const clusters = annotations[clustersAnnotation] === 'held-back' ? 'held-back' : 'told';
  deeds.attempt(`VirtualMesh/${uid}`, String(generation), () =>
    actAs({ name: writer, via, why: `VirtualMesh ${name}` }, async () => {
      const { outcome } = await operations.applyMesh(spec, clusters);
      if (outcome === 'unchanged') return;
      tell('VirtualMesh', object, { type: 'Normal', reason: 'Applied', note: `the mesh was ${outcome}` });
    }),
  );
}

function refusedOf({ deeds }: ResourceContext, object: ResourceObject, wanted: MeshSpec | RerootError): Finding {
  const failure = 'code' in wanted ? wanted : deeds.failure(`VirtualMesh/${object.uid}`, String(object.generation));
  if (failure !== undefined) return finding('SpecAccepted', false, failure.code, sentenceOf(failure));
  if (object.author === 'others')
    return { type: 'SpecAccepted', status: 'Unknown', reason: 'Pending', message: 'spec is being applied' };
  const message =
    'the mesh is not what this object of reroot says; where the store has no such mesh, write the spec as yours, or delete the object';
  return finding('SpecAccepted', false, 'NotApplied', message);
}

/** Reads each spec once: an object stays the same until it is written. */
function createSpecReader(namespace: string): (object: ResourceObject) => MeshSpec | RerootError {
  const known = new WeakMap<object, MeshSpec | RerootError>();
  return ({ name, spec }) => {
    const written = spec as object;
    const before = known.get(written);
    if (before !== undefined) return before;
    const document = { apiVersion: 'reroot.dev/v1', kind: 'VirtualMesh', metadata: { name }, spec };
    let made: MeshSpec | RerootError;
    try {
      made = readMesh(JSON.stringify(document), name, `VirtualMesh ${namespace}/${name}`);
    } catch (error) {
      made = toRerootError(error);
    }
    known.set(written, made);
    return made;
  };
}
