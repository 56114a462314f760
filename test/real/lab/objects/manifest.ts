/** A Kubernetes object and the path under which it is applied. */
export interface Manifest {
  readonly path: string;
  readonly object: object;
}

/** Variables of a container. */
export function env(values: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

/** A variable that holds a field of the pod. */
export function field(name: string, fieldPath: string): object {
  return { name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } };
}

/** Who the pod is, under the names that istiod and pilot-agent expect. */
export const podVariables: readonly object[] = [
  field('POD_NAME', 'metadata.name'),
  field('POD_NAMESPACE', 'metadata.namespace'),
  field('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
];
