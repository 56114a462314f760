import { isObjectName } from '@reroot/shared/protocol';
import { z } from 'zod';

/** google.protobuf.Empty. */
export const empty = z.strictObject({});

/** A `oneof` of which one must be set. */
export function exactlyOne<K extends string>(...keys: readonly K[]): (value: Partial<Record<K, unknown>>) => boolean {
  return (value) => keys.filter((key) => value[key] !== undefined).length === 1;
}

/** A `oneof` that may be left unset. */
export function atMostOne<K extends string>(...keys: readonly K[]): (value: Partial<Record<K, unknown>>) => boolean {
  return (value) => keys.filter((key) => value[key] !== undefined).length <= 1;
}

const objectName = z.string().refine(isObjectName, 'must be a name of Kubernetes: lower-case letters, digits, hyphens and dots');

/** ObjectRef. */
export const objectRefSchema = z.strictObject({ name: objectName, namespace: objectName });
