/** Segments that every server reads alike: nothing that it would decode, split at or resolve. */
const plainSegment = /^[A-Za-z0-9._~!$&'()*+,=:@-]+$/;

/** Whether a text is a path that may stand for all below it, such as `/teams/mesh`: plain segments, and no `.` or `..`. */
export function isPathPrefix(text: string): boolean {
  return text.startsWith('/') && areSegments(text.replace(/\/$/, '').slice(1));
}

/**
 * Whether an address is at a path or below it, by whole segments. The rest of it must be as plain: of `%2e%2e`, `%2f`, `;` or `//`
 * a server behind may make another path than what stands there.
 * @param prefix without a slash in the end; empty for the whole origin, where any path will do
 */
export function isUnder({ pathname }: URL, prefix: string): boolean {
  if (prefix === '' || pathname === prefix) return true;
  if (!pathname.startsWith(`${prefix}/`)) return false;
  const rest = pathname.slice(prefix.length + 1).replace(/\/$/, '');
  return rest === '' || areSegments(rest);
}

function areSegments(text: string): boolean {
  return text.split('/').every((segment) => plainSegment.test(segment) && segment !== '.' && segment !== '..');
}
