import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildOpenApi } from '../packages/shared/src/api/contract.ts';
import { repository } from './generated-files.ts';
import { type ComparedDocument, findBreaks } from './openapi-breaking.ts';

type Path = readonly (string | number)[];
type Edit = { readonly drop: Path } | { readonly set: Path; readonly to: unknown } | { readonly add: unknown; readonly at: Path };

const compared = (document: unknown): ComparedDocument => document as ComparedDocument;

/** What is found when the document of now is edited. */
function breaksOf(...edits: readonly Edit[]): readonly string[] {
  const after: unknown = structuredClone(buildOpenApi());
  for (const edit of edits) apply(after, edit);
  return findBreaks(compared(buildOpenApi()), compared(after));
}

function apply(document: unknown, edit: Edit): void {
  if ('add' in edit) {
    (find(document, edit.at) as unknown[]).push(edit.add);
    return;
  }
  const path = 'drop' in edit ? edit.drop : edit.set;
  const parent = find(document, path.slice(0, -1)) as Record<string | number, unknown>;
  const key = path.at(-1) ?? '';
  if ('set' in edit) parent[key] = edit.to;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

function find(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

const schema = (name: string, ...rest: Path): Path => ['components', 'schemas', name, ...rest];
const operation = (method: string, path: string, ...rest: Path): Path => ['paths', path, method, ...rest];
const exclude = '/v1/meshes/{mesh}/clusters/{cluster}/exclude';

describe('what breaks clients of the API', () => {
  it('is nothing where nothing has changed', () => {
    expect(breaksOf()).toEqual([]);
  });

  it.each<[string, Edit, string]>([
    ['a path that is gone', { drop: ['paths', '/v1/clusters'] }, 'GET /v1/clusters is gone'],
    ['a method that is gone', { drop: operation('post', '/v1/clusters') }, 'POST /v1/clusters is gone'],
    [
      'a permission that was not needed',
      { set: operation('post', exclude, 'x-permission'), to: 'administer' },
      `POST ${exclude}: needs administer where operate was enough`,
    ],
    [
      'a field of a request that is gone',
      { drop: schema('OperatorAct', 'properties', 'by') },
      `POST ${exclude}: body: by: is not known`,
    ],
    [
      'a field of a request that must be there',
      { add: 'by', at: schema('OperatorAct', 'required') },
      `POST ${exclude}: body: by: is needed, and may be left out`,
    ],
    [
      'a value of a request that is gone',
      { drop: schema('VerificationAnswer', 'properties', 'action', 'enum', 1) },
      'POST /v1/meshes/{mesh}/verification: body: action: ROLLBACK is not among the values that are understood',
    ],
    [
      'a bound of a request that is narrower',
      { set: schema('OperatorAct', 'properties', 'why', 'maxLength'), to: 10 },
      `POST ${exclude}: body: why: maxLength is 10 where it was 2000`,
    ],
    [
      'another pattern of a request',
      { set: schema('RenameClusterRequest', 'properties', 'to', 'pattern'), to: '^x$' },
      'POST /v1/clusters/{cluster}/rename: body: to: pattern is ^x$ where it was ^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$',
    ],
    [
      'another rule of which keys go together',
      { set: schema('WavePolicy', 'not'), to: { required: ['maxPercent', 'soak'] } },
      'PUT /v1/meshes/{mesh}: body: spec.mtlsConfig.shared.certificateRotation.waves: not is {"required":["maxPercent","soak"]} where it was {"required":["maxClusters","maxPercent"]}',
    ],
    [
      'a field that is gone of a message with such a rule',
      { drop: schema('VaultCA', 'properties', 'caPath') },
      'PUT /v1/meshes/{mesh}: body: spec.mtlsConfig.shared.intermediateCertificateAuthority.vault.caPath: is not known',
    ],
    [
      'another type in a request',
      { set: schema('VerificationAnswer', 'properties', 'generation'), to: { type: 'string' } },
      'POST /v1/meshes/{mesh}/verification: body: generation: integer where string is understood',
    ],
    [
      'a media type that is no longer read',
      { drop: operation('put', '/v1/meshes/{mesh}', 'requestBody', 'content', 'text/yaml') },
      'PUT /v1/meshes/{mesh}: bodies of text/yaml are not taken',
    ],
    [
      'a parameter that is gone',
      { drop: operation('get', '/v1/meshes/{mesh}/plan', 'parameters', 1) },
      'GET /v1/meshes/{mesh}/plan: parameter strategy is gone',
    ],
    [
      'a parameter that must be there',
      { set: operation('get', '/v1/meshes/{mesh}/plan', 'parameters', 1, 'required'), to: true },
      'GET /v1/meshes/{mesh}/plan: parameter strategy is asked for',
    ],
    [
      'a field of an answer that is gone',
      { drop: schema('Condition', 'properties', 'message') },
      'GET /v1/meshes/{mesh}/history: answer 200: conditions[].message: is gone',
    ],
    [
      'a field of an answer that may be left out now',
      { drop: schema('Condition', 'required', 0) },
      'GET /v1/meshes/{mesh}/history: answer 200: conditions[].timestamp: is needed, and may be left out',
    ],
    [
      'another type in an answer',
      { set: schema('Condition', 'properties', 'generation'), to: { type: 'string' } },
      'GET /v1/meshes/{mesh}/history: answer 200: conditions[].generation: string where integer is understood',
    ],
    [
      'a success that is gone',
      { drop: operation('get', '/v1/clusters', 'responses', '200') },
      'GET /v1/clusters: is no longer answered with 200',
    ],
    [
      'another success',
      { set: operation('get', '/v1/clusters', 'responses', '206'), to: { description: 'a part' } },
      'GET /v1/clusters: is answered with 206, which nobody knows of',
    ],
  ])('is %s', (_, edit, said) => {
    expect(breaksOf(edit)).toContain(said);
  });

  it.each<[string, Edit]>([
    ['a path', { set: ['paths', '/v1/more'], to: { get: { responses: {} } } }],
    ['a field of a request that may be left out', { set: schema('OperatorAct', 'properties', 'more'), to: {} }],
    ['a value of a request', { add: 'THIRD', at: schema('Strategy', 'enum') }],
    ['a field of an answer', { set: schema('Condition', 'properties', 'more'), to: { type: 'string' } }],
    ['a value of an answer', { add: 'PAUSED', at: schema('State', 'enum') }],
    ['a wider bound', { set: schema('OperatorAct', 'properties', 'why', 'maxLength'), to: 3_000 }],
    ['a refusal', { set: ['components', 'responses', 'Refused422'], to: { description: '' } }],
    ['a word', { set: schema('OperatorAct', 'description'), to: 'other ones' }],
  ])('is not %s that is new', (_, edit) => {
    expect(breaksOf(edit)).toEqual([]);
  });

  it('has not happened since the baseline', async () => {
    const baseline: unknown = JSON.parse(await readFile(join(repository, 'docs/openapi-baseline.json'), 'utf8'));
    expect(findBreaks(compared(baseline), compared(buildOpenApi()))).toEqual([]);
  });
});
