import { type VirtualMeshDocument, virtualMeshSchema } from '../api/virtual-mesh/index.ts';
import { readYamlObjects } from '../config/index.ts';
import { type Draft, documentOfDraft } from './draft.ts';
import { type FieldReport, fieldsOf, invalid, isRecord, mapped, taken, unknown, unsupported } from './report.ts';
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
    if (known === undefined) {
      others.push(nameOf(object));
      continue;
    }
    const own = `${place}:${line} (${nameOf(object)})`;
    const mesh = importOne(object, known.rules, own, clusters);
    requireOther(mesh, meshes, own);
    meshes.push(mesh);
  }
  return { meshes, others };
}

function importOne(object: Readonly<Record<string, unknown>>, rules: Rules, place: string, clusters: ClusterNames): ImportedMesh {
  const { status } = object;
  const { meshes, ...own } = fieldsOf(object['spec'], 'spec', place);
  const metadata = fieldsOf(object['metadata'], 'metadata', place);
  const draft: Draft = { place, clusters: [], rotation: {} };
  const report = [
    ...importMetadata(metadata),
    ...clustersOf(meshes, draft, clusters),
    ...Object.entries(own).flatMap(([key, value]) => applyRules(rules, value, `spec.${key}`, draft)),
    ...Object.keys(object)
      .filter((key) => !ofObjects.includes(key))
      .map((key) => unknown(key)),
    ...(status === undefined ? [] : [unsupported('status', 'says how the object was, and not what it is to be')]),
  ];
  if (isRecord(own['mtlsConfig']) && own['mtlsConfig']['limited'] !== undefined) {
    throw invalid('it has limited trust: its clusters share no root', place);
  }
  requireKnownRoot(draft, report);
  const name = typeof metadata['name'] === 'string' ? metadata['name'] : '';
  const document = documentOfDraft(name, draft);
  requireValid(document, place);
  return { source: nameOf(object), document, report };
}

/** A mesh that was to have a root of its own kind must not be given one of reroot's making. */
function requireKnownRoot({ root, vaultRoot, otherCa, place }: Draft, report: readonly FieldReport[]): void {
  if (root !== undefined || vaultRoot !== undefined) return;
  const other = otherCa ?? report.find(({ field, outcome }) => outcome === 'unknown' && ofRoot.test(field))?.field;
  if (other === undefined) return;
  throw invalid(`${other} is a root of a kind that reroot does not know`, place, 'name a root that docs/gloo-import.md has');
}

/** Whoever signs the intermediates has the root, where none is named. */
const ofRoot = /\.(rootCertificateAuthority|intermediateCertificateAuthority|mgmtServerCa)\.[^.]+$/;

/** Of two documents of one name, the second mesh would take the place of the first. */
function requireOther({ document, source }: ImportedMesh, before: readonly ImportedMesh[], place: string): void {
  const { name } = document.metadata;
  const same = before.find((each) => each.document.metadata.name === name);
  if (same === undefined) return;
  throw invalid(
    `${same.source} and ${source} both make mesh ${name}`,
    place,
    'import them one by one, and name one of them anew',
  );
}

/** What every object has. */
const ofObjects = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** What the API server writes by itself says nothing. */
const ofServer = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'];

function importMetadata(metadata: Readonly<Record<string, unknown>>): readonly FieldReport[] {
  return Object.keys(metadata)
    .filter((key) => !ofServer.includes(key))
    .map((key) => {
      const field = `metadata.${key}`;
      return key === 'name' ? taken(field, field) : unsupported(field, 'a mesh of reroot has a name alone');
    });
}

/** As Gloo names the Mesh of an istiod: `istiod-NAMESPACE-CLUSTER`. */
const ofIstiod = /^istiod-istio-system-([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)$/;

function clustersOf(meshes: unknown, draft: Draft, { byMesh, otherwise }: ClusterNames): readonly FieldReport[] {
  const { place, clusters } = draft;
  if (meshes !== undefined && meshes !== null && !Array.isArray(meshes)) throw invalid('spec.meshes must be a list', place);
  const listed: readonly unknown[] = meshes ?? [];
  if (listed.length === 0) {
    clusters.push(...otherwise);
    if (otherwise.length > 0) return [];
    throw invalid('it names no clusters', place, 'name them by --clusters NAME,NAME');
  }
  return listed.flatMap((each, index) => {
    const field = `spec.meshes[${index}]`;
    const said = fieldsOf(each, field, place);
    const { name } = said;
    if (typeof name !== 'string') throw invalid(`${field}.name must be a text`, place);
    const cluster = (Object.hasOwn(byMesh, name) ? byMesh[name] : undefined) ?? ofIstiod.exec(name)?.[1];
    if (cluster === undefined) {
      throw invalid(`it does not say of which cluster mesh ${name} is`, place, `add --cluster ${name}=CLUSTER`);
    }
    clusters.push(cluster);
    const more = Object.keys(said).filter((key) => key !== 'name' && key !== 'namespace');
    return [mapped(field, `${name} to cluster ${cluster}`), ...more.map((key) => unknown(`${field}.${key}`))];
  });
}

/** What reroot does not take is said as reroot says it. */
function requireValid(document: VirtualMeshDocument, place: string): void {
  const issue = virtualMeshSchema.safeParse(document).error?.issues[0];
  if (issue === undefined) return;
  throw invalid(`${issue.path.join('.')} ${issue.message}`, place);
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
