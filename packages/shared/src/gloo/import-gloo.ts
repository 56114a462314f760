import { type VirtualMeshDocument, virtualMeshSchema } from '../api/virtual-mesh/index.ts';
import { readYamlObjects } from '../config/index.ts';
import { RerootError } from '../errors/index.ts';
import { type Draft, documentOfDraft } from './draft.ts';
import { type FieldReport, isRecord, mapped, taken, unsupported } from './report.ts';
import { applyRules, type Rules, rootTrustPolicyRules, virtualMeshRules } from './rules.ts';

/** What whoever imports says of the clusters. */
export interface ClusterNames {
  /** Clusters by the name of a Mesh of Gloo. */
  readonly byMesh: Readonly<Record<string, string>>;
  /** Of a document that names none. */
  readonly otherwise: readonly string[];
}

/** A document that was read. */
export interface ImportedMesh {
  /** As Gloo calls it: kind and name. */
  readonly source: string;
  /** What `reroot apply` reads. */
  readonly document: VirtualMeshDocument;
  readonly report: readonly FieldReport[];
}

/** What was in a file. */
export interface GlooImport {
  readonly meshes: readonly ImportedMesh[];
  /** Objects of other kinds, which say nothing of trust between clusters: `kind name`. */
  readonly others: readonly string[];
}

const kinds: readonly { readonly group: string; readonly kind: string; readonly rules: Rules }[] = [
  { group: 'networking.mesh.gloo.solo.io/', kind: 'VirtualMesh', rules: virtualMeshRules },
  { group: 'admin.gloo.solo.io/', kind: 'RootTrustPolicy', rules: rootTrustPolicyRules },
];

/**
 * Reads VirtualMeshes and RootTrustPolicies of the public API of Gloo Mesh. Every field of them is in the report. Pure.
 * @param place names the text in errors
 * @throws RR_CONFIG_INVALID, RR_GLOO_INVALID
 */
export function importGloo(text: string, place: string, clusters: ClusterNames): GlooImport {
  const objects = readYamlObjects(text, place).flatMap(({ value, line }) => itemsOf(value).map((object) => ({ object, line })));
  const meshes: ImportedMesh[] = [];
  const others: string[] = [];
  for (const { object, line } of objects) {
    const known = kinds.find(({ group, kind }) => object['kind'] === kind && String(object['apiVersion']).startsWith(group));
    if (known === undefined) others.push(nameOf(object));
    else meshes.push(importOne(object, known.rules, `${place}:${line} (${nameOf(object)})`, clusters));
  }
  return { meshes, others };
}

function importOne(object: Readonly<Record<string, unknown>>, rules: Rules, place: string, clusters: ClusterNames): ImportedMesh {
  const { metadata, spec, status } = object;
  const draft: Draft = { clusters: [], rotation: {} };
  const { meshes, ...own } = isRecord(spec) ? spec : {};
  const report = [
    ...importMetadata(metadata),
    ...clustersOf(meshes, draft, clusters, place),
    ...Object.entries(own).flatMap(([key, value]) => applyRules(rules, value, `spec.${key}`, draft)),
    ...Object.keys(object)
      .filter((key) => !ofObjects.includes(key))
      .flatMap((key) => applyRules(rules, undefined, key, draft)),
    ...(status === undefined ? [] : [unsupported('status', 'says how the object was, and not what it is to be')]),
  ];
  if (isRecord(own['mtlsConfig']) && own['mtlsConfig']['limited'] !== undefined) {
    throw new RerootError('RR_GLOO_INVALID', 'it has limited trust: its clusters share no root', { place });
  }
  const name = isRecord(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : '';
  const document = documentOfDraft(name, draft);
  requireValid(document, place);
  return { source: nameOf(object), document, report };
}

/** What every object has. */
const ofObjects = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** What the API server writes by itself says nothing. */
const ofServer = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'];

function importMetadata(metadata: unknown): readonly FieldReport[] {
  return Object.keys(isRecord(metadata) ? metadata : {})
    .filter((key) => !ofServer.includes(key))
    .map((key) => {
      const field = `metadata.${key}`;
      return key === 'name' ? taken(field, field) : unsupported(field, 'a mesh of reroot has a name alone');
    });
}

/** As Gloo names the Mesh of an istiod: `istiod-NAMESPACE-CLUSTER`. */
const ofIstiod = /^istiod-istio-system-([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)$/;

function clustersOf(meshes: unknown, draft: Draft, { byMesh, otherwise }: ClusterNames, place: string): readonly FieldReport[] {
  const names = Array.isArray(meshes) ? meshes.map((each: unknown) => (isRecord(each) ? String(each['name']) : '')) : [];
  if (names.length === 0) {
    draft.clusters.push(...otherwise);
    if (otherwise.length > 0) return [];
    throw new RerootError('RR_GLOO_INVALID', 'it names no clusters', { place, remedy: 'name them by --clusters NAME,NAME' });
  }
  return names.map((name, index) => {
    const cluster = byMesh[name] ?? ofIstiod.exec(name)?.[1];
    if (cluster === undefined) {
      throw new RerootError('RR_GLOO_INVALID', `it does not say of which cluster mesh ${name} is`, {
        place,
        remedy: `add --cluster ${name}=CLUSTER`,
      });
    }
    draft.clusters.push(cluster);
    return mapped(`spec.meshes[${index}]`, `${name} to cluster ${cluster}`);
  });
}

/** What reroot does not take is said as reroot says it. */
function requireValid(document: VirtualMeshDocument, place: string): void {
  const issue = virtualMeshSchema.safeParse(document).error?.issues[0];
  if (issue === undefined) return;
  throw new RerootError('RR_GLOO_INVALID', `${issue.path.join('.')} ${issue.message}`, { place });
}

function nameOf(object: Readonly<Record<string, unknown>>): string {
  const { kind, metadata } = object;
  return `${String(kind)} ${isRecord(metadata) ? String(metadata['name']) : ''}`.trim();
}

/** An object, or those of a List. */
function itemsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!isRecord(value)) return [];
  const { kind, items } = value;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items.filter(isRecord) : [value];
}
