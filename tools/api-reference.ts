import { type AnswerBody, errorsOf, nameOfSchema, type Operation, operations } from '../packages/shared/src/api/contract.ts';
import { tags } from '../packages/shared/src/api/openapi/words.ts';
import { ofMeshes, ofRoots, ofWrites } from '../packages/shared/src/api/operations/error-groups.ts';

const preface = `<!-- Generated from packages/shared/src/api/operations by tools/generate-openapi.ts: do not edit. -->

# Paths of the API

[api.md](api.md) says what holds for all of them: errors, credentials, media types. [openapi.json](openapi.json) has the same as this
page with every schema, for programs; mgmt serves it as \`GET /v1/openapi.json\`. \`needs\` is the permission, which
[roles](api-access.md#roles) include.
`;

/** The page of all paths: a table for each chapter, and for each path what it may be refused with. */
export function describeApi(): string {
  const chapters = tags.map(({ name, description }) => {
    const own = Object.values<Operation>(operations).filter(({ tag }) => tag === name);
    const rows = own.map((operation) => `| ${cells(operation).join(' | ')} |`);
    const head = ['| request | needs | what it does | answer |', '|---|---|---|---|'];
    const refused = own.filter((operation) => ownErrors(operation).length > 0).map(refusalOf);
    const listed = refused.length === 0 ? '' : `\nRefused with:\n\n${refused.join('\n')}\n`;
    return `\n## ${name}\n\n${description}\n\n${[...head, ...rows].join('\n')}\n${listed}`;
  });
  return `${preface}${chapters.join('')}${commonRefusals()}`;
}

function cells(operation: Operation): readonly string[] {
  const { permission, summary, description, request, answers, query } = operation;
  const body = request === undefined ? '' : ` with ${schemaName(request.schema)}`;
  const names = Object.keys(query?.shape ?? {}).map((name) => `\`${name}\``);
  const asked = names.length === 0 ? [] : [`The query takes ${names.join(', ')}.`];
  const sentences = [...(description === undefined ? [] : [linked(description)]), ...asked];
  const answered = Object.entries<AnswerBody>(answers).map(([status, { schema }]) => `${status} ${schemaName(schema)}`);
  return [
    `\`${nameOf(operation)}\`${body}`,
    permission === 'open' ? 'nothing' : permission,
    [summary, ...(sentences.length === 0 ? [] : [sentences.join(' ')])].join('. '),
    answered.join(', '),
  ];
}

function nameOf({ method, path }: Operation): string {
  return `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`;
}

/** Pages of docs are named as from the top of the repository. */
function linked(text: string): string {
  return text.replace(/docs\/([\w-]+\.md)/g, '[$1]($1)');
}

function schemaName(schema: AnswerBody['schema']): string {
  const id = nameOfSchema(schema);
  return id === undefined ? '' : `\`${id}\``;
}

function refusalOf(operation: Operation): string {
  const more = operation.errors.includes('RR_VAULT_SEALED') ? ['what is said of roots below'] : [];
  return `- \`${nameOf(operation)}\`: ${[...codesText(ownErrors(operation)), ...more].join(', ')}`;
}

function codesText(codes: readonly string[]): readonly string[] {
  return codes.map((code) => `[\`${code}\`](errors.md#${code.toLowerCase()})`);
}

/** Without those that are said of many at the end of the page. */
function ownErrors(operation: Operation): readonly string[] {
  const groups = [...ofMeshes, ...ofWrites, ...ofRoots];
  const common = new Set<string>([...errorsOf({ ...operation, errors: [] }), ...groups]);
  return errorsOf(operation).filter((code) => !common.has(code));
}

function commonRefusals(): string {
  const anything = errorsOf({ ...operations.readMetrics, errors: [] });
  const bodies = errorsOf({ ...operations.prove, errors: [] }).filter((code) => !anything.includes(code));
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['any request', anything],
    ['a request with a body', bodies],
    ['a path that names a mesh', ofMeshes],
    ['what is written', ofWrites],
    ['what has a root made, fetched or asked for', ofRoots],
  ];
  const lines = rows.map(([what, codes]) => `| ${what} | ${codesText(codes).join(', ')} |`);
  return `\n## What many are refused with\n\n| | codes |\n|---|---|\n${lines.join('\n')}\n`;
}
