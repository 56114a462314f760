import { isDeepStrictEqual } from 'node:util';

/**
 * The JSON merge patch (RFC 7386) that makes one value of another.
 * @returns undefined where they are the same
 */
export function mergePatchOf(before: object, after: object): object | undefined {
  const [old, next] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
    const [was, is] = [old[key], next[key]];
    if (isDeepStrictEqual(was, is)) continue;
    patch[key] = is === undefined ? null : isRecord(was) && isRecord(is) ? mergePatchOf(was, is) : is;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
