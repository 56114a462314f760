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

/** ObjectRef. */
export const objectRefSchema = z.strictObject({ name: z.string().min(1), namespace: z.string().min(1) });
