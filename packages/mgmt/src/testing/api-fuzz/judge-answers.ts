import type { JsonSchema, OpenApiDocument } from '@reroot/shared/api-contract';
import { isErrorCode } from '@reroot/shared/errors';
import { loadAjv, type Validate } from './load-ajv.ts';
import type { MadeRequest } from './request-of.ts';

/** What came back. */
export interface HeardAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Why an answer is not what the document says; undefined when it is. */
export type Judge = (request: MadeRequest, answer: HeardAnswer) => string | undefined;

/** Holds answers to a document: status, media type, schema, code. Fields that the document does not know are wrong too. */
export function createJudge(document: OpenApiDocument): Judge {
  const ajv = loadAjv();
  ajv.addSchema(closed(document) as object, 'api');
  const compiled = new Map<string, Validate>();
  const validatorOf = (pointer: string): Validate => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  return ({ template, method }, { status, type, text }) => {
    if (status >= 500 && status !== 503) return `answered with ${status}: ${text.slice(0, 300)}`;
    const response = document.paths[template]?.[method.toLowerCase()]?.responses[String(status)];
    if (response === undefined) return `status ${status} is not documented: ${text.slice(0, 300)}`;
    const at =
      '$ref' in response
        ? response.$ref.slice(1)
        : pointerOf('paths', template, method.toLowerCase(), 'responses', String(status));
    const known = '$ref' in response ? document.components.responses[response.$ref.split('/').at(-1) ?? ''] : response;
    if (known?.content === undefined) return text === '' ? undefined : 'a body where there is none';
    const media = Object.keys(known.content).find((name) => type.startsWith(name.split(';')[0] ?? name));
    if (media === undefined) return `media type ${type} is not documented`;
    const value: unknown = media.includes('json') ? JSON.parse(text) : text;
    const validate = validatorOf(`${at}${pointerOf('content', media, 'schema')}`);
    if (!validate(value))
      return `status ${status} is not as documented: ${JSON.stringify(validate.errors)} in ${text.slice(0, 300)}`;
    if (status < 400) return undefined;
    const { code } = value as { code: string };
    return isErrorCode(code) ? undefined : `${code} is no code`;
  };
}

function pointerOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
}

/** Answers leave room for what a later mgmt says; this one says nothing that is not documented. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'allOf' ? part : closed(part)]));
  const schema: JsonSchema = inner;
  const isClosable =
    schema['type'] === 'object' && typeof schema['properties'] === 'object' && schema['additionalProperties'] === undefined;
  return isClosable ? { ...schema, additionalProperties: false } : inner;
}
