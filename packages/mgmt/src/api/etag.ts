import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Precondition } from '../runner/index.ts';

/**
 * The ETag of an answer about a mesh: its revision, which grows with each change of it, and a hash of what is said, for evidence
 * comes without a change. `If-None-Match` compares all of it, `If-Match` the revision: no act rests on a report that is a second
 * newer.
 */
export function etagOf(revision: number, body: string): string {
  return `"${revision}-${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
}

/** Whether a client has this very answer already (RFC 9110 §13.1.2). */
export function isKnown(etag: string, { 'if-none-match': known }: IncomingHttpHeaders): boolean {
  return known !== undefined && (known.trim() === '*' || tagsIn(known).some((tag) => tag.replace(/^W\//, '') === etag));
}

/** What a request asks of the mesh that it is to change (RFC 9110 §13.1.1); undefined when it asks nothing. */
export function preconditionOf(headers: IncomingHttpHeaders): Precondition | undefined {
  const { 'if-match': match, 'if-none-match': none } = headers;
  if (match !== undefined) {
    if (match.trim() === '*') return { kind: 'present' };
    // What is no ETag of ours, a weak one too, is the tag of nothing.
    return { kind: 'revisions', revisions: tagsIn(match).flatMap(revisionIn) };
  }
  return none?.trim() === '*' ? { kind: 'absent' } : undefined;
}

function tagsIn(list: string): readonly string[] {
  return list.match(/(W\/)?"[\x21\x23-\x7e]*"/g) ?? [];
}

function revisionIn(tag: string): readonly number[] {
  const [, digits] = /^"(\d{1,15})(?:-[\w-]*)?"$/.exec(tag) ?? [];
  return digits === undefined ? [] : [Number(digits)];
}
