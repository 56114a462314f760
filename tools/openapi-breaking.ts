import { type Schema, type Side, subsetProblems } from './schema-subset.ts';

/** What of a document of OpenAPI is compared. */
export interface ComparedDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ComparedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses?: Readonly<Record<string, ComparedResponse>>;
  };
}

interface ComparedOperation {
  readonly 'x-permission'?: string;
  readonly parameters?: readonly ComparedParameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, ComparedResponse>>;
}

interface ComparedParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface ComparedResponse {
  readonly content?: Content;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/**
 * What breaks whoever was written for the earlier document, as sentences: requests that are no longer taken, and answers that
 * are no longer what they were. What is new in answers breaks nobody: clients pass over fields and values that they do not know.
 */
export function findBreaks(before: ComparedDocument, after: ComparedDocument): readonly string[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      return now === undefined
        ? [`${name} is gone`]
        : compareOperations(operation, now, before, after).map((what) => `${name}: ${what}`);
    }),
  );
}

function compareOperations(
  before: ComparedOperation,
  after: ComparedOperation,
  all: ComparedDocument,
  allNow: ComparedDocument,
): readonly string[] {
  const asked: Side = { schemas: all.components.schemas };
  const taken: Side = { schemas: allNow.components.schemas };
  return [
    ...comparePermissions(before['x-permission'], after['x-permission']),
    ...compareParameters(before.parameters ?? [], after.parameters ?? [], asked, taken),
    ...compareBodies(before.requestBody?.content, after.requestBody?.content, asked, taken),
    ...compareAnswers(before.responses, after.responses, asked, taken),
  ];
}

function comparePermissions(before: string | undefined, after: string | undefined): readonly string[] {
  return before === after ? [] : [`needs ${after ?? 'nothing'} where ${before ?? 'nothing'} was enough`];
}

function compareParameters(
  before: readonly ComparedParameter[],
  after: readonly ComparedParameter[],
  asked: Side,
  taken: Side,
): readonly string[] {
  const same = (a: ComparedParameter) => (b: ComparedParameter) => a.name === b.name && a.in === b.in;
  const added = after.filter((parameter) => parameter.required === true && !before.some(same(parameter)));
  return [
    ...added.map(({ name }) => `parameter ${name} is asked for`),
    ...before.flatMap((parameter) => {
      const now = after.find(same(parameter));
      if (now === undefined) return [`parameter ${parameter.name} is gone`];
      const required = now.required === true && parameter.required !== true ? [`parameter ${now.name} is asked for`] : [];
      const narrowed = subsetProblems(parameter.schema, now.schema, { given: asked, taking: taken, enums: 'closed' });
      return [...required, ...narrowed.map((what) => `parameter ${now.name}: ${what}`)];
    }),
  ];
}

function compareBodies(before: Content | undefined, after: Content | undefined, asked: Side, taken: Side): readonly string[] {
  if (after === undefined) return [];
  if (before === undefined) return ['a body is asked for'];
  return Object.entries(before).flatMap(([type, { schema }]) => {
    const now = after[type];
    if (now === undefined) return [`bodies of ${type} are not taken`];
    return subsetProblems(schema, now.schema, { given: asked, taking: taken, enums: 'closed' }).map((what) => `body: ${what}`);
  });
}

/** Refusals are problem documents, and any code may come to them. */
function compareAnswers(
  before: ComparedOperation['responses'],
  after: ComparedOperation['responses'],
  asked: Side,
  taken: Side,
): readonly string[] {
  const successes = (responses: ComparedOperation['responses']) =>
    Object.keys(responses).filter((status) => /^[23]/.test(status));
  const gone = successes(before).filter((status) => after[status] === undefined);
  const added = successes(after).filter((status) => before[status] === undefined && !status.startsWith('3'));
  return [
    ...gone.map((status) => `is no longer answered with ${status}`),
    ...added.map((status) => `is answered with ${status}, which nobody knows of`),
    ...successes(before).flatMap((status) =>
      Object.entries(before[status]?.content ?? {}).flatMap(([type, { schema }]) => {
        if (after[status] === undefined) return [];
        const now = after[status].content?.[type];
        if (now === undefined) return [`answer ${status} is no longer ${type}`];
        const problems = subsetProblems(now.schema, schema, { given: taken, taking: asked, enums: 'open' });
        return problems.map((what) => `answer ${status}: ${what}`);
      }),
    ),
  ];
}
