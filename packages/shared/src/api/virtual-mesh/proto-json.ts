import { z } from 'zod';

/** google.protobuf.Empty. */
export const empty = z.strictObject({});

/** Of some keys of a message one must be set, or one at the most: a `oneof` of proto3. */
interface Choice<K extends string> {
  /** Whether a message keeps the rule. */
  readonly holds: (value: Partial<Record<K, unknown>>) => boolean;
  /** The rule in JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A `oneof` of which one must be set. */
export function exactlyOne<K extends string>(...keys: readonly K[]): Choice<K> {
  return { holds: (value) => countSet(value, keys) === 1, schema: { oneOf: keys.map((key) => ({ required: [key] })) } };
}

/** A `oneof` of two that may be left unset. */
export function atMostOne<K extends string>(one: K, other: K): Choice<K> {
  return { holds: (value) => countSet(value, [one, other]) <= 1, schema: { not: { required: [one, other] } } };
}

function countSet<K extends string>(value: Partial<Record<K, unknown>>, keys: readonly K[]): number {
  return keys.filter((key) => value[key] !== undefined).length;
}

/** A DNS-1123 subdomain, as `isObjectName` of the protocol has it. */
const objectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'must be a name of Kubernetes: lower-case letters, digits, hyphens and dots');

/** ObjectRef. */
export const objectRefSchema = z
  .strictObject({ name: objectName, namespace: objectName })
  .meta({ id: 'ObjectRef', description: 'An object of Kubernetes.' });
