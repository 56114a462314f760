import type { KubeObject, ManagedFields } from '@reroot/kube-api';
import type { ResourceCondition } from '@reroot/shared/resources';

/** The field manager of everything that mgmt writes in Kubernetes. */
export const fieldManager = 'reroot-mgmt';

/** Says which objects reroot has made by itself. */
export const managedByLabel = 'app.kubernetes.io/managed-by';
export const managedBy = 'reroot';

/** What is kept of a custom resource. */
export interface ResourceObject {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  readonly createdAtMs: number;
  readonly deletion: 'none' | 'under-way';
  /** `reroot` as long as nobody else has written its spec. */
  readonly author: 'reroot' | 'others';
  /** The field manager of others that wrote its spec last. */
  readonly writer: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: unknown;
  readonly status: ResourceStatus;
}

/** A status as it is in Kubernetes; whatever it says, nothing is decided by it. */
export interface ResourceStatus {
  readonly conditions?: readonly ResourceCondition[];
  readonly [key: string]: unknown;
}

/** Reduces an object of Kubernetes to what is needed of it. */
export function readResource(object: unknown): ResourceObject {
  const { metadata, spec, status } = object as KubeObject & { readonly spec?: unknown; readonly status?: ResourceStatus };
  const writers = specWriters(metadata.managedFields ?? []);
  const others = writers.filter(({ manager }) => manager !== fieldManager);
  const made = metadata.labels?.[managedByLabel] === managedBy;
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    generation: metadata.generation ?? 0,
    createdAtMs: Date.parse(metadata.creationTimestamp ?? ''),
    deletion: metadata.deletionTimestamp === undefined ? 'none' : 'under-way',
    author: made && others.length === 0 ? 'reroot' : 'others',
    writer: others.at(-1)?.manager ?? 'unknown',
    annotations: metadata.annotations ?? {},
    spec,
    status: status ?? {},
  };
}

/** Who has written parts of the spec, the last one last. */
function specWriters(managed: readonly ManagedFields[]): readonly ManagedFields[] {
  return managed
    .filter(
      ({ subresource = '', fieldsV1 }) =>
        subresource === '' && typeof fieldsV1 === 'object' && fieldsV1 !== null && 'f:spec' in fieldsV1,
    )
    .toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
}
