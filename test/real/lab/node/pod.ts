import type { LabObject } from '../cluster/admin-client.ts';

/** A pod, as far as the stand-in for a kubelet honours what it says. */
export interface Pod extends LabObject {
  readonly metadata: LabObject['metadata'] & { readonly namespace: string; readonly uid: string };
  readonly spec: PodSpec;
}

export interface PodSpec {
  readonly nodeName?: string;
  readonly serviceAccountName?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly readinessProbe?: { readonly httpGet: { readonly path: string; readonly port: number } };
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

export interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly optional?: boolean };
  readonly configMap?: { readonly name: string; readonly optional?: boolean };
  readonly projected?: { readonly sources: readonly ProjectedSource[] };
}

interface ProjectedSource {
  readonly serviceAccountToken?: {
    readonly audience?: string;
    readonly expirationSeconds?: number;
    readonly path: string;
  };
}

/** Where a pod runs. */
export interface PodPlace {
  readonly address: string;
  /** Holds its volumes and the roots of its containers. */
  readonly dir: string;
}

/**
 * The environment and arguments of a container: fields of the pod filled in and `$(NAME)` replaced, as a kubelet does
 * (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
 */
export function expandContainer(
  { metadata, spec }: Pod,
  container: Container,
  address: string,
): { readonly env: Readonly<Record<string, string>>; readonly args: readonly string[] } {
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.serviceAccountName': spec.serviceAccountName ?? 'default',
    'status.podIP': address,
    'status.hostIP': address,
  };
  const env: Record<string, string> = {};
  const expand = (text: string): string => text.replace(/\$\((\w+)\)/g, (whole, name: string) => env[name] ?? whole);
  for (const { name, value = '', valueFrom } of container.env ?? []) {
    const path = valueFrom?.fieldRef?.fieldPath;
    env[name] = path === undefined ? expand(value) : (fields[path] ?? '');
  }
  return { env, args: (container.args ?? []).map(expand) };
}
