import { type ResourceKind, resourceGroup, resourceKinds, resourceVersion } from './resource-kinds.ts';
import { structuralSchemaOf } from './structural-schema.ts';

/** A CustomResourceDefinition as it is installed. */
export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

/** The definitions of every kind, by plural. The same each time: they are committed, and compared. */
export function buildCrds(): readonly CustomResourceDefinition[] {
  return Object.values(resourceKinds).map(buildCrd);
}

function buildCrd({
  kind,
  plural,
  singular,
  shortName,
  description,
  spec,
  status,
  columns,
}: ResourceKind): CustomResourceDefinition {
  const version = {
    ...{ name: resourceVersion, served: true, storage: true, subresources: { status: {} } },
    additionalPrinterColumns: columns,
    schema: {
      openAPIV3Schema: {
        ...{ type: 'object', description, required: ['spec'] },
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: metadataOf(kind),
          spec: structuralSchemaOf(spec),
          status: structuralSchemaOf(status),
        },
      },
    },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${resourceGroup}` },
    spec: {
      group: resourceGroup,
      names: { kind, listKind: `${kind}List`, plural, singular, shortNames: [shortName], categories: ['reroot'] },
      scope: 'Namespaced',
      versions: [version],
    },
  };
}

/** The names of meshes and clusters are those of their objects, and shorter than Kubernetes allows. */
function metadataOf(kind: string): object {
  if (kind !== 'VirtualMesh' && kind !== 'ManagedCluster') return { type: 'object' };
  const name = { type: 'string', maxLength: 63, pattern: '^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$' };
  return { type: 'object', properties: { name } };
}
