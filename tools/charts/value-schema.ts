import type { JsonSchema } from '../../packages/shared/src/config/index.ts';

/** One value of a chart, as JSON Schema, with what it means. */
export type ValueSchema = JsonSchema;

export const text = (description: string, rules: JsonSchema = {}): ValueSchema => ({ type: 'string', description, ...rules });
export const flag = (description: string): ValueSchema => ({ type: 'boolean', description });
export const count = (description: string, minimum: number, maximum: number): ValueSchema => ({
  ...{ type: 'integer', description, minimum, maximum },
});
export const oneOf = (description: string, values: readonly string[]): ValueSchema => ({
  type: 'string',
  enum: values,
  description,
});
export const listOf = (description: string, items: ValueSchema, rules: JsonSchema = {}): ValueSchema => ({
  ...{ type: 'array', description, items, ...rules },
});
/** What Kubernetes itself judges: its schema is the API server's. */
export const asKubernetes = (description: string, type: 'object' | 'array' = 'object'): ValueSchema => ({
  ...{ type, description, 'x-kubernetes': true },
});
export const labels = (description: string): ValueSchema => ({
  ...{ type: 'object', description, additionalProperties: { type: 'string' }, 'x-kubernetes': true },
});

/**
 * A group of values, of which no other is known. Each stands in values.yaml, so that only a `null` of somebody's values can take it
 * away; what Kubernetes itself judges may be taken away.
 */
export function group(
  description: string,
  properties: Readonly<Record<string, ValueSchema>>,
  rules: JsonSchema = {},
): ValueSchema {
  const required = Object.keys(properties).filter((key) => key !== 'global' && properties[key]?.['x-kubernetes'] !== true);
  return { type: 'object', description, properties, required, additionalProperties: false, ...rules };
}

/** A name of an object of Kubernetes. */
export const objectName = { pattern: '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$' } as const;
/** A name that a Service, a label and an address of DNS can have too. */
export const serviceName = { pattern: '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$' } as const;
/** A key of a Secret. */
export const secretKey = { pattern: '^[-._a-zA-Z0-9]{1,253}$' } as const;
/** The same, or none. */
export const optionalSecretKey = { pattern: '^[-._a-zA-Z0-9]{0,253}$' } as const;
/** The same as `objectName`, or none. */
export const optionalName = { pattern: '^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)?$' } as const;

/** What both charts say of their pods. */
export const podValues = (program: string): Readonly<Record<string, ValueSchema>> => ({
  image: group('the image', {
    repository: text('where it is', { minLength: 1 }),
    tag: text('its tag; the version of the chart where it is empty'),
    digest: text('`sha256:…`, which counts before the tag', { pattern: '^(sha256:[0-9a-f]{64})?$' }),
    pullPolicy: oneOf('when it is pulled', ['Always', 'IfNotPresent', 'Never']),
  }),
  imagePullSecrets: asKubernetes('Secrets to pull it with, `[{name: …}]`', 'array'),
  resources: asKubernetes('what it may take'),
  podAnnotations: labels('more annotations of the pod'),
  podLabels: labels('more labels of the pod'),
  nodeSelector: labels('labels of nodes that it may run on'),
  tolerations: asKubernetes('taints of nodes that it bears', 'array'),
  affinity: asKubernetes('where it would rather run'),
  priorityClassName: text('its priority class', optionalName),
  serviceAccount: group('the ServiceAccount', {
    annotations: labels(`more annotations of it, such as those of a cloud's identities`),
  }),
  extraEnv: asKubernetes(`more of the environment of ${program}, such as HTTPS_PROXY`, 'array'),
  extraVolumes: asKubernetes('more volumes', 'array'),
  extraVolumeMounts: asKubernetes('where they are mounted', 'array'),
});

export const serviceMonitorValues = group('a ServiceMonitor of the Prometheus operator, or PodMonitor for the agent', {
  enabled: flag('whether there is one; its CRD must be in the cluster'),
  interval: text('how often it is asked', { pattern: '^[0-9]+(ms|s|m)$' }),
  labels: labels('labels by which your Prometheus selects it'),
});
