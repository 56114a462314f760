/** A schema of JSON Schema 2020-12, as far as zod writes it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly [key: string]: unknown;
}

/** Where the references of a schema lead. */
export interface Side {
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** How two schemas are compared. */
export interface Comparison {
  readonly given: Side;
  readonly taking: Side;
  /** `open`: whoever takes it passes over values and fields that it does not know, and misses none that it does. */
  readonly enums: 'closed' | 'open';
}

/** Keywords by which a schema takes less the smaller, or the larger, their value is. */
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const;
const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const;
const exact = ['pattern', 'format', 'uniqueItems', 'not', 'oneOf'] as const;

/**
 * Why what one schema describes is not all taken by another, as sentences with the place; none when it is. Pure.
 * @param given what is said
 * @param taking what is understood
 */
export function subsetProblems(given: Schema, taking: Schema, comparison: Comparison): readonly string[] {
  return problemsAt('', given, taking, comparison, new Set());
}

function problemsAt(
  place: string,
  givenOrRef: Schema,
  takingOrRef: Schema,
  comparison: Comparison,
  seen: ReadonlySet<string>,
): readonly string[] {
  const pair = `${givenOrRef.$ref ?? ''} ${takingOrRef.$ref ?? ''}`;
  const isNamed = givenOrRef.$ref !== undefined && takingOrRef.$ref !== undefined;
  // A schema that holds itself is compared once.
  if (isNamed && seen.has(pair)) return [];
  const within = isNamed ? new Set([...seen, pair]) : seen;
  const given = resolve(givenOrRef, comparison.given);
  const taking = resolve(takingOrRef, comparison.taking);
  const choices = choicesOf(taking);
  const offered = choicesOf(given);
  if (choices !== undefined || offered !== undefined) {
    return compareChoices(place, offered ?? [given], choices ?? [taking], comparison, within);
  }
  const typeProblems = compareTypes(place, given, taking);
  if (typeProblems.length > 0) return typeProblems;
  return [
    ...compareValues(place, given, taking, comparison),
    ...compareBounds(place, given, taking),
    ...compareProperties(place, given, taking, comparison, within),
    ...compareInner(place, given, taking, comparison, within),
  ];
}

function resolve(schema: Schema, { schemas }: Side): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : resolve(schemas[name] ?? {}, { schemas });
}

/** Forms of which a value has one; which keys of an object go together is a rule about that object. */
function choicesOf({ oneOf, anyOf, properties }: Schema): readonly Schema[] | undefined {
  return properties === undefined ? (oneOf ?? anyOf) : undefined;
}

function compareChoices(
  place: string,
  offered: readonly Schema[],
  choices: readonly Schema[],
  comparison: Comparison,
  seen: ReadonlySet<string>,
): readonly string[] {
  return offered.flatMap((one) => {
    const attempts = choices.map((choice) => problemsAt(place, one, choice, comparison, seen));
    if (attempts.some((problems) => problems.length === 0)) return [];
    return attempts.toSorted((a, b) => a.length - b.length)[0] ?? [said(place, 'takes nothing')];
  });
}

function compareTypes(place: string, given: Schema, taking: Schema): readonly string[] {
  if (taking.type === undefined) return [];
  const known = [taking.type].flat();
  const foreign = (given.type === undefined ? ['anything'] : [given.type].flat()).filter(
    (type) => !(known.includes(type) || (type === 'integer' && known.includes('number'))),
  );
  return foreign.length === 0 ? [] : [said(place, `${foreign.join(', ')} where ${known.join(', ')} is understood`)];
}

function compareValues(place: string, given: Schema, taking: Schema, { enums }: Comparison): readonly string[] {
  const known = valuesOf(taking);
  if (known === undefined) return [];
  const possible = valuesOf(given);
  if (possible === undefined) return [said(place, `any value where ${known.map(String).join(', ')} are understood`)];
  if (enums === 'open' && taking.const === undefined) return [];
  const foreign = possible.filter((value) => !known.includes(value));
  return foreign.length === 0
    ? []
    : [said(place, `${foreign.map(String).join(', ')} is not among the values that are understood`)];
}

function valuesOf(schema: Schema): readonly unknown[] | undefined {
  return schema.const === undefined ? schema.enum : [schema.const];
}

function compareBounds(place: string, given: Schema, taking: Schema): readonly string[] {
  const bound = (schema: Schema, key: string, none: number): number => (typeof schema[key] === 'number' ? schema[key] : none);
  // A value of a closed list is within bounds of its own.
  if (valuesOf(given) !== undefined) return [];
  const narrower = [
    ...upperBounds.filter((key) => bound(taking, key, Infinity) < bound(given, key, Infinity)),
    ...lowerBounds.filter((key) => bound(taking, key, -Infinity) > bound(given, key, -Infinity)),
    ...exact.filter((key) => taking[key] !== undefined && JSON.stringify(taking[key]) !== JSON.stringify(given[key])),
  ];
  return narrower.map((key) => said(place, `${key} is ${textOf(taking[key])} where it was ${textOf(given[key])}`));
}

function compareProperties(
  place: string,
  given: Schema,
  taking: Schema,
  comparison: Comparison,
  seen: ReadonlySet<string>,
): readonly string[] {
  const [of, to] = [given.properties ?? {}, taking.properties ?? {}];
  const dropped = comparison.enums === 'open' ? Object.keys(to).filter((name) => of[name] === undefined) : [];
  const missing = (taking.required ?? []).filter((name) => !(given.required ?? []).includes(name) && !dropped.includes(name));
  return [
    ...missing.map((name) => said(inside(place, name), 'is needed, and may be left out')),
    ...dropped.map((name) => said(inside(place, name), 'is gone')),
    ...Object.entries(of).flatMap(([name, schema]) => {
      const known = to[name];
      if (known !== undefined) return problemsAt(inside(place, name), schema, known, comparison, seen);
      return taking.additionalProperties === false ? [said(inside(place, name), 'is not known')] : [];
    }),
  ];
}

function compareInner(
  place: string,
  given: Schema,
  taking: Schema,
  comparison: Comparison,
  seen: ReadonlySet<string>,
): readonly string[] {
  const [of, to] = [given.additionalProperties, taking.additionalProperties];
  const others = typeof of === 'object' && typeof to === 'object' ? problemsAt(inside(place, '*'), of, to, comparison, seen) : [];
  const closed =
    to === false && of !== false && given.type === 'object' && comparison.enums === 'closed'
      ? [said(place, 'keys that are not known are refused')]
      : [];
  const items =
    given.items === undefined || taking.items === undefined
      ? []
      : problemsAt(`${place}[]`, given.items, taking.items, comparison, seen);
  return [...others, ...closed, ...items];
}

function textOf(bound: unknown): string {
  if (bound === undefined) return 'none';
  return typeof bound === 'string' ? bound : JSON.stringify(bound);
}

function inside(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}

function said(place: string, what: string): string {
  return place === '' ? what : `${place}: ${what}`;
}
