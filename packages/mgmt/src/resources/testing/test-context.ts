import type { KubeApi, KubeObject } from '@reroot/kube-api';
import type { ClusterAccount } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { FakeClock } from '@reroot/shared/testing';
import type { Collection } from '../collection.ts';
import { createDeeds, type Deeds } from '../deeds.ts';
import type { PacedWrite } from '../paced-writer.ts';
import type { ResourceContext } from '../resource-context.ts';
import type { ResourceEvent } from '../resource-events.ts';
import type { ResourceObject } from '../resource-object.ts';

/** What the reconcilers work with, without a cluster: objects that a test puts there, and a note of what is asked for. */
export interface TestContext extends ResourceContext {
  readonly deeds: Deeds;
  /** The objects that are there, by kind. */
  readonly objects: {
    virtualMeshes: ResourceObject[];
    managedClusters: ResourceObject[];
    certificateRotations: ResourceObject[];
    certificateVerifications: ResourceObject[];
  };
  /** The Secrets that are there, by path. */
  readonly secrets: Map<string, KubeObject>;
  /** What `api` refuses, by method; nothing at first. */
  readonly refused: Set<'create' | 'mergePatch'>;
  accounts: readonly ClusterAccount[];
  /** Told what of a status is to be changed. */
  patched: (change: object) => void;
  /** What waits to be written, by key. */
  readonly writes: Map<string, PacedWrite>;
  /** What was asked of the operations, oldest first. */
  readonly asked: { readonly operation: string; readonly facts: readonly unknown[] }[];
  readonly told: ResourceEvent[];
  /** Names of the objects that were removed. */
  readonly removed: string[];
}

/** Has nothing in it. */
export function createTestContext(clock: FakeClock): TestContext {
  const objects: TestContext['objects'] = {
    ...{ virtualMeshes: [], managedClusters: [], certificateRotations: [], certificateVerifications: [] },
  };
  const asked: TestContext['asked'][number][] = [];
  const [told, removed]: [ResourceEvent[], string[]] = [[], []];
  const writes = new Map<string, PacedWrite>();
  const secrets = new Map<string, KubeObject>();
  const refused: TestContext['refused'] = new Set();
  const operation =
    (name: string) =>
    (...facts: readonly unknown[]) => {
      asked.push({ operation: name, facts });
      return Promise.resolve({ outcome: 'started', moment: {} } as never);
    };
  const collectionOf = (kind: string, list: () => readonly ResourceObject[]): Collection => ({
    ...{ kind, list },
    find: (name) => list().find((object) => object.name === name),
    create: () => Promise.resolve(),
    patch: () => Promise.resolve(),
    patchStatus: async (_, change) => context.patched(change),
    remove: ({ name }) => {
      removed.push(name);
      return Promise.resolve();
    },
    run: () => Promise.resolve(),
    untilListed: () => Promise.resolve(),
  });
  const context: TestContext = {
    ...{ objects, secrets, refused, writes, asked, told, removed, clock, accounts: [], patched: () => undefined },
    operations: {
      ...{ readMesh: operation('readMesh'), readHistory: operation('readHistory'), applyMesh: operation('applyMesh') },
      ...{ startRotation: operation('startRotation'), adopt: operation('adopt'), abortRotation: operation('abortRotation') },
      ...{ retryRotation: operation('retryRotation'), answerVerification: operation('answerVerification') },
    },
    clusters: { add: operation('add'), revoke: operation('revoke') },
    describeAccounts: () => Promise.resolve({ clusters: context.accounts } as never),
    api: apiOf(secrets, refused),
    namespace: 'reroot',
    virtualMeshes: collectionOf('VirtualMesh', () => objects.virtualMeshes),
    managedClusters: collectionOf('ManagedCluster', () => objects.managedClusters),
    certificateRotations: collectionOf('CertificateRotation', () => objects.certificateRotations),
    certificateVerifications: collectionOf('CertificateVerification', () => objects.certificateVerifications),
    writer: {
      put: (key, write) => void writes.set(key, write),
      drop: (key) => void writes.delete(key),
      run: () => Promise.resolve(),
    },
    deeds: createDeeds({ clock, onDone: () => undefined, onFailure: () => undefined }),
    tell: (_, __, event) => void told.push(event),
    via: 'kubernetes',
    signal: new AbortController().signal,
  };
  return context;
}

/** An object that somebody has just written, but for what a test changes. */
export function resourceObject(name: string, spec: object, change: Partial<ResourceObject> = {}): ResourceObject {
  return {
    ...{ name, uid: `uid-of-${name}`, resourceVersion: '1', generation: 1, createdAtMs: 0, deletion: 'none' },
    ...{ author: 'others', writer: 'kubectl', annotations: {}, spec, status: {} },
    ...change,
  };
}

/** As far as Secrets go. */
function apiOf(secrets: Map<string, KubeObject>, refused: TestContext['refused']): KubeApi {
  const put = (method: 'create' | 'mergePatch', path: string, body: KubeObject): Promise<KubeObject> => {
    if (refused.has(method)) return Promise.reject(new RerootError('RR_CLUSTER_FORBIDDEN', `${method} is forbidden`));
    secrets.set(path, body);
    return Promise.resolve(body);
  };
  return {
    find: (path: string) => Promise.resolve(secrets.get(path)),
    create: (path: string, body: KubeObject) => put('create', `${path}/${body.metadata.name}`, body),
    mergePatch: (path: string, body: KubeObject) => put('mergePatch', path, body),
    delete: (path: string) =>
      secrets.delete(path) ? Promise.resolve() : Promise.reject(new RerootError('RR_OBJECT_NOT_FOUND', `${path} is gone`)),
  } as unknown as KubeApi;
}
