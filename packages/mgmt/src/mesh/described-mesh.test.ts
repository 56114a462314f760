import { buildOpenApi, type JsonSchema } from '@reroot/shared/api-contract';
import { virtualMeshSchema } from '@reroot/shared/virtual-mesh';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { arbitraryOf } from '../testing/api-fuzz/arbitrary-of.ts';
import { loadAjv, type Validate } from '../testing/api-fuzz/load-ajv.ts';
import { consistentMeshSchema } from './consistent-mesh.ts';
import { specOf } from './mesh-spec.ts';

const { schemas } = buildOpenApi().components;
const described: JsonSchema = { $ref: '#/components/schemas/VirtualMesh' };
/** Documents as they are described; few say all that they may, so that some contradict themselves nowhere. */
const meshes = fc
  .tuple(arbitraryOf(described, schemas), fc.subarray(Object.keys(schemas['CertificateRotationPolicy']?.['properties'] ?? {})))
  .map(([mesh, kept]) => {
    const { shared } = (mesh as { spec: { mtlsConfig: { shared: Record<string, object> } } }).spec.mtlsConfig;
    const { certificateRotation = {} } = shared;
    const few = Object.entries(certificateRotation).filter(([name]) => kept.includes(name));
    Object.assign(shared, { certificateRotation: Object.fromEntries(few) });
    return mesh;
  });

let isDescribed: Validate;
beforeAll(() => {
  const ajv = loadAjv();
  ajv.addSchema({ components: { schemas } }, 'api');
  isDescribed = ajv.compile({ $ref: 'api#/components/schemas/VirtualMesh' });
});

/** What mgmt refuses a document for that no schema can say. */
const beyondForm: readonly RegExp[] = [
  /^must be \w+ to \w+$/, // of a duration
  /^must be (an http or https address|the address of Vault|host:port)/,
  /^must be PEM certificates in base64$/,
  /^must be a time zone of the IANA database/,
  /^(is no cron pattern|describes a time that never comes)/,
  /^must be none of evidence, /,
  /^must have names of their own$/,
  /^must be less than (timeout|the lifetime of a root)/,
  /^has no meaning for (an ECDSA key|an issuer that somebody else makes)$/,
  /^has no meaning with verification (none|automatic)/,
  /^must be EVIDENCE_HELD, or minimumOverlap/,
  /^cannot be NEGATIVE_PROOF_REQUIRED with HANDSHAKES_OFF/,
  /^is not among spec.clusters$/,
  /^makes roots whose keys no Vault has/,
];

/** What reader and description say of a document: `taken`, `described` though what it says is refused, `refused` by both; else where they differ. */
function compare(document: unknown): string {
  const issues = consistentMeshSchema.safeParse(document).error?.issues ?? [];
  if (!isDescribed(document)) return issues.length > 0 ? 'refused' : `read, not described: ${JSON.stringify(isDescribed.errors)}`;
  const ofForm = issues.filter(({ message }) => !beyondForm.some((pattern) => pattern.test(message)));
  if (ofForm.length > 0) return `described, not read: ${JSON.stringify(ofForm)}`;
  return issues.length === 0 ? 'taken' : 'described';
}

const verdicts = ['taken', 'described', 'refused'];

/** How often each verdict came; anything else fails the test with what it says. */
function countVerdicts(documents: fc.Arbitrary<unknown>): Readonly<Record<string, number>> {
  const heard = fc.sample(documents, { numRuns: 300, seed: 1 }).map(compare);
  expect(heard.filter((verdict) => !verdicts.includes(verdict))).toEqual([]);
  return Object.fromEntries(verdicts.map((verdict) => [verdict, heard.filter((each) => each === verdict).length]));
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom<unknown>('', 0, -1, 1.5, 1e9, null, [], {}, 'A b', '\u0000', '1s'),
);

/** Documents that are described but for one place: it holds something else, holds something more, or is not there. */
const mutants = fc.tuple(meshes, fc.nat(), fc.nat(2), odd).map(([document, at, how, value]) => {
  const places = placesIn(document);
  const place = places[at % places.length];
  if (place === undefined) return value;
  const { holder, key } = place;
  if (how === 0) Reflect.deleteProperty(holder, key);
  else Reflect.set(holder, how === 1 ? key : 'more', value);
  return document;
});

interface Place {
  readonly holder: object;
  readonly key: string;
}

/** Every place in a document. */
function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...placesIn(inner)]);
}

interface Field {
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

function resolve(schema: JsonSchema): JsonSchema {
  const { $ref } = schema;
  return typeof $ref === 'string' ? { ...schemas[$ref.split('/').at(-1) ?? ''], ...schema } : schema;
}

/** Every field of a message, and of those in it; the first of a list stands for all. */
function fieldsOf(schema: JsonSchema, path: readonly string[] = []): readonly Field[] {
  const { properties = {}, items } = resolve(schema);
  if (items !== undefined) return fieldsOf(items as JsonSchema, [...path, '0']);
  return Object.entries(properties as Readonly<Record<string, JsonSchema>>).flatMap(([name, inner]) => [
    { path: [...path, name], schema: resolve(inner) },
    ...fieldsOf(inner, [...path, name]),
  ]);
}

const server = 'https://vault.example.org:8200';
const kubernetesAuth = { role: 'mesh', serviceAccountRef: { name: 'vault', namespace: 'mesh' } };
const checks = [
  { name: 'errors', prometheus: { url: 'https://prometheus.example.org', query: 'up', baseline: { ratio: 2 } } },
  { name: 'gate', webhook: { url: 'https://gate.example.org' } },
];

/** Documents that between them hold every message of which a field has a default. */
const wholes = [
  meshOf({
    rootCertificateAuthority: { generated: {} },
    intermediateCertOptions: {},
    certificateRotation: {
      verification: { automatic: { checks: checks.slice(0, 1) } },
      ...{ waves: {}, stepTimeout: { after: '1h' }, approvals: {}, emergency: {}, silentClusters: { excludeAfter: '1h' } },
      maintenanceWindows: [{ cron: '0 9 * * *', duration: '1h' }],
    },
  }),
  meshOf({
    rootCertificateAuthority: { vault: { server, kubernetesAuth, options: {} } },
    intermediateCertificateAuthority: { vault: { server, kubernetesAuth } },
    certificateRotation: { verification: { automatic: { checks: checks.slice(1) } } },
  }),
];

function meshOf(shared: object): object {
  const spec = { clusters: ['east'], mtlsConfig: { shared } };
  return { apiVersion: 'reroot.dev/v1', kind: 'VirtualMesh', metadata: { name: 'demo' }, spec };
}

/** What holds the field that a path leads to; undefined in a document without it. */
function holderIn(document: object, path: readonly string[]): object | undefined {
  return path.slice(0, -1).reduce<object | undefined>((holder, key) => {
    const inner: unknown = holder === undefined ? undefined : Reflect.get(holder, key);
    return typeof inner === 'object' && inner !== null ? inner : undefined;
  }, document);
}

/** What a document means with a field of it set, or left out. */
function specWith(path: readonly string[], value: unknown): unknown {
  const document = structuredClone(wholes.find((whole) => holderIn(whole, path) !== undefined));
  if (document === undefined) return `no document holds ${path.join('.')}`;
  Object.assign(holderIn(document, path) ?? {}, { [path.at(-1) ?? '']: value });
  return specOf(virtualMeshSchema.parse(document));
}

describe('the VirtualMesh that the document of the API describes', () => {
  it('is read, but for what no schema can say', () => {
    const { taken, described: beyond } = countVerdicts(meshes);
    expect(taken).toBeGreaterThan(30);
    expect(beyond).toBeGreaterThan(30);
  });

  it('is not to be had in any form that is not described', () => {
    const { refused } = countVerdicts(mutants);
    expect(refused).toBeGreaterThan(100);
  });

  it('means the same with each default as without it', () => {
    const fields = fieldsOf(described).filter(({ schema }) => schema['default'] !== undefined);
    expect(fields.length).toBeGreaterThan(30);
    for (const { path, schema } of fields) {
      expect([path.join('.'), specWith(path, schema['default'])]).toEqual([path.join('.'), specWith(path, undefined)]);
    }
  });

  it('says of every field what it is', () => {
    const plain = ['apiVersion', 'kind', 'metadata', 'spec', 'mtlsConfig', 'name', 'namespace'];
    const silent = fieldsOf(described).filter(
      ({ path, schema }) => schema['description'] === undefined && !plain.includes(path.at(-1) ?? ''),
    );
    expect(silent.map(({ path }) => path.join('.'))).toEqual([]);
  });
});
