import { randomUUID } from 'node:crypto';
import type { ClusterAccounts, MeshStatus } from '@reroot/shared/api';
import { type Clock, monotonicClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import { errorFields, type Log } from '@reroot/shared/log';
import { type ResourceKind, resourceKinds } from '@reroot/shared/resources';
import { type ChangeSignal, describeCondition } from '../api/index.ts';
import { openKubernetes } from '../open-kubernetes.ts';
import type { ClusterOperations, MeshMoment, Operations } from '../runner/index.ts';
import { mgmtVersion } from '../version.ts';
import { createCollection } from './collection.ts';
import { createDeeds } from './deeds.ts';
import { createPacedWriter } from './paced-writer.ts';
import type { ResourceContext } from './resource-context.ts';
import { createResourceController } from './resource-controller.ts';
import { createResourceEvents } from './resource-events.ts';
import { fieldManager } from './resource-object.ts';
import type { ResourcesConfig } from './resources-config.ts';

/** The custom resources of a leader. */
export interface Resources {
  /** The same operations for whoever comes by the API: what an object of others says, the API does not change. */
  guard(operations: Operations): Operations;
  /** The same of what is done with clusters. */
  guardClusters(clusters: ClusterOperations): ClusterOperations;
  /** Begins to carry wishes out, and to write what is. */
  run(lifecycle: Lifecycle): void;
}

/** What the resources work with. */
export interface OpenResourcesOptions {
  readonly config: ResourcesConfig;
  readonly operations: Operations;
  readonly clusters: ClusterOperations;
  readonly describe: (moment: MeshMoment) => MeshStatus;
  readonly describeAccounts: () => Promise<ClusterAccounts>;
  /** Whatever says that a mesh, its verdict or a cluster is another. */
  readonly changes: readonly Pick<ChangeSignal, 'subscribe'>[];
  /** Aborts when mgmt leads no longer. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/**
 * Opens the cluster that has the custom resources. Sends nothing yet.
 * @throws RR_KUBECONFIG_INVALID
 */
export async function openResources(options: OpenResourcesOptions, lifecycle: Lifecycle): Promise<Resources> {
  const { config, operations, clock, random, log, signal } = options;
  const { namespace, kubeconfigFile: kubeconfig, context } = config.kubernetes;
  const program = { name: fieldManager, version: mgmtVersion };
  const api = await openKubernetes('resources.kubernetes', { program, kubeconfig, context, clock, random, log });
  lifecycle.add('resources.kubernetes', () => api.close());
  const wake = (): void => controller.wake();
  const collectionOf = (kind: ResourceKind) => createCollection({ api, namespace, kind, onChange: wake, clock, random, log });
  const collections = {
    virtualMeshes: collectionOf(resourceKinds.virtualMesh),
    managedClusters: collectionOf(resourceKinds.managedCluster),
    certificateRotations: collectionOf(resourceKinds.certificateRotation),
    certificateVerifications: collectionOf(resourceKinds.certificateVerification),
  };
  const writer = createPacedWriter({ perSecond: config.writesPerSecond, clock: monotonicClock, log, onSent: wake });
  const deeds = createDeeds({
    clock: monotonicClock,
    onDone: wake,
    onFailure: (object, error) => log.warn({ object, ...errorFields(error) }, 'what an object asks for cannot be carried out'),
  });
  const tell = createResourceEvents({ api, namespace, writer, newId: randomUUID, clock });
  const via = config.names === 'verified' ? 'kubernetes' : 'kubernetes-claimed';
  const reconciling: ResourceContext = { ...options, ...collections, api, namespace, writer, deeds, tell, via };
  const controller = createResourceController({
    ...reconciling,
    look: async () => {
      const moments = await operations.listMeshes();
      return new Map(moments.map((moment) => [moment.view.stored.spec.mesh, { moment, status: options.describe(moment) }]));
    },
    readHistory: async (mesh) => (await operations.readHistory(mesh)).map(describeCondition),
    steadyClock: monotonicClock,
    log,
  });
  return {
    guard: (guarded) => ({
      ...guarded,
      applyMesh: async (spec, clusters, wanted) => {
        requireUnowned(spec, namespace, controller.findOwner);
        return guarded.applyMesh(spec, clusters, wanted);
      },
    }),
    guardClusters: (guarded) => ({
      ...guarded,
      rename: async (from, to, act) => {
        requireUnnamed(from, namespace, controller.findNaming);
        return guarded.rename(from, to, act);
      },
    }),
    run: (running) => {
      const stopping = new AbortController();
      const until = AbortSignal.any([signal, stopping.signal]);
      const unhook = options.changes.map((signal) => signal.subscribe(wake));
      const runs = [...Object.values(collections), writer, controller].map((part) => part.run(until));
      running.add('resources', async () => {
        for (const undo of unhook) undo();
        stopping.abort();
        await Promise.all([...runs, deeds.idle()]);
      });
    },
  };
}

/** Where objects cannot be listed the API goes on, and the object counts again once it can be read. @throws RR_RESOURCE_OWNED */
function requireUnowned(
  spec: Parameters<ReturnType<typeof createResourceController>['findOwner']>[0],
  namespace: string,
  findOwner: ReturnType<typeof createResourceController>['findOwner'],
): void {
  const owner = whileListed(() => findOwner(spec));
  if (owner === undefined) return;
  const object = `VirtualMesh ${namespace}/${owner.name}`;
  throw new RerootError('RR_RESOURCE_OWNED', `what mesh ${spec.mesh} is to be, ${object} says, which ${owner.writer} writes`, {
    place: object,
    remedy: `change that object where ${owner.writer} has it from; or delete the object, and the API may change the mesh again`,
  });
}

/** It would ask for the former name again: a cluster would be added anew, and the one that was renamed be put out. @throws RR_RESOURCE_OWNED */
function requireUnnamed(
  cluster: string,
  namespace: string,
  findNaming: ReturnType<typeof createResourceController>['findNaming'],
): void {
  const naming = whileListed(() => findNaming(cluster));
  if (naming === undefined) return;
  const { kind, object } = naming;
  const place = `${kind} ${namespace}/${object.name}`;
  throw new RerootError('RR_RESOURCE_OWNED', `cluster ${cluster} is named by ${place}, which ${object.writer} writes`, {
    place,
    remedy: `delete that object, which does the mesh no harm, rename the cluster, and have ${object.writer} write the new name`,
  });
}

/** Of objects that cannot be listed nothing is known. */
function whileListed<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
