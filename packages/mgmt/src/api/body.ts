import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { z } from 'zod';
import { actorOf } from './access/principal.ts';
import { fit } from './fit.ts';
import type { RouteRequest } from './route.ts';

/** Media types that the API reads, and what is in them. */
export const mediaTypes: Readonly<Record<string, 'json' | 'yaml'>> = {
  'application/json': 'json',
  'application/yaml': 'yaml',
  'application/x-yaml': 'yaml',
  'text/yaml': 'yaml',
};

/**
 * Which format a body has.
 * @throws RR_API_MEDIA_TYPE
 */
export function formatOf(contentType: string | undefined): 'json' | 'yaml' {
  const name = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const format = mediaTypes[name];
  if (format === undefined) {
    throw new RerootError('RR_API_MEDIA_TYPE', name === '' ? 'the media type is missing' : `${name} is not read here`);
  }
  requireUtf8(contentType ?? '');
  return format;
}

/** Everything is read as UTF-8, of which ASCII is a part. @throws RR_API_MEDIA_TYPE */
function requireUtf8(contentType: string): void {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType)?.[1] ?? 'utf-8';
  if (/^(utf-?8|us-ascii)$/i.test(charset)) return;
  throw new RerootError('RR_API_MEDIA_TYPE', 'the body is announced in another charset than UTF-8', {
    remedy: 'send it in UTF-8',
  });
}

/** What is compressed is not unpacked: a body is small, and a bomb would not be. @throws RR_API_MEDIA_TYPE */
export function requireUncoded(contentEncoding: string | undefined): void {
  if (contentEncoding === undefined || /^\s*(identity)?\s*$/i.test(contentEncoding)) return;
  const remedy = 'send it as it is, without Content-Encoding';
  throw new RerootError('RR_API_MEDIA_TYPE', 'the body is compressed, which this API does not read', { remedy });
}

/**
 * Reads a JSON body and fits it to a schema.
 * @throws RR_API_MEDIA_TYPE, RR_API_BODY_MALFORMED, RR_API_BODY_INVALID
 */
export function readJsonBody<T>(schema: z.ZodType<T>, body: unknown, contentType: string | undefined): T {
  if (formatOf(contentType) !== 'json') throw new RerootError('RR_API_MEDIA_TYPE', 'this path reads application/json only');
  return fit(schema, parseJson(body), 'body');
}

/**
 * Reads the JSON body of an act, and says who acts: by the credentials of the request where these name somebody, else by the body.
 * @throws RR_API_MEDIA_TYPE, RR_API_BODY_MALFORMED, RR_API_BODY_INVALID
 */
export function readAct<T extends { readonly by?: string }>(
  schema: z.ZodType<T>,
  { body, headers, principal }: RouteRequest,
): Omit<T, 'by'> & { readonly by: string } {
  const said = readJsonBody(schema, body, headers['content-type']);
  return { ...said, by: actorOf(principal, said.by) };
}

/**
 * Takes the text of a document that is parsed further on; what is sent as JSON must be JSON.
 * @throws RR_API_MEDIA_TYPE, RR_API_BODY_MALFORMED
 */
export function readDocumentBody(body: unknown, contentType: string | undefined): string {
  if (formatOf(contentType) === 'json') parseJson(body);
  return textOf(body);
}

function parseJson(body: unknown): unknown {
  try {
    return JSON.parse(textOf(body));
  } catch (cause) {
    // The parser quotes what stands around the place, and that may be a secret.
    const why = errorMessage(cause).replace(/, (\.\.\.)?".*$/s, '');
    throw new RerootError('RR_API_BODY_MALFORMED', `the body is not JSON: ${why}`, { place: 'body', cause });
  }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : '';
}
