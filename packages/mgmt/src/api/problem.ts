import type { ProblemDocument } from '@reroot/shared/api';
import { type ErrorCode, RerootError, toRerootError } from '@reroot/shared/errors';
import { retryAfterSecondsOf } from './access/rate-limited.ts';

/** An error as application/problem+json (RFC 9457). */
export function problemOf(error: RerootError): ProblemDocument {
  const { code, message, remedy, place, entry } = error;
  return {
    type: `urn:reroot:error:${code}`,
    title: entry.means,
    status: entry.status,
    // What nobody foresaw may say anything; the log has it.
    detail: code === 'RR_INTERNAL' ? 'mgmt failed in a way that its code does not foresee; its log says more' : message,
    code,
    remedy,
    ...(place === undefined ? {} : { place }),
  };
}

/** What mends itself, and when it is worth another try. */
const passesWithinSeconds: Partial<Record<ErrorCode, number>> = {
  RR_API_NOT_READY: 5,
  RR_API_ACCESS_UNAVAILABLE: 5,
  RR_LEADER_NONE: 2,
  RR_LEADER_UNREACHABLE: 2,
  RR_LEADERSHIP_LOST: 1,
};

/** What stands in the head of such an answer, besides its media type. */
export function problemHeaders(error: RerootError): Readonly<Record<string, string>> {
  const retryAfterSeconds = retryAfterSecondsOf(error) ?? passesWithinSeconds[error.code];
  return {
    ...(error.entry.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
}

/** Errors of the HTTP server in our codes. */
export function fromHttpError(thrown: unknown): RerootError {
  if (thrown instanceof RerootError) return thrown;
  switch (thrown instanceof Error && 'code' in thrown ? thrown.code : undefined) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new RerootError('RR_API_BODY_TOO_LARGE', 'the body exceeds 1 MiB', { cause: thrown });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new RerootError('RR_API_MEDIA_TYPE', 'the body has a media type that this path does not read', { cause: thrown });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new RerootError('RR_API_BODY_MALFORMED', 'the body has another length than was announced', { cause: thrown });
    case 'FST_ERR_BAD_URL':
      return new RerootError('RR_API_BODY_MALFORMED', 'the path cannot be decoded', { cause: thrown });
    default:
      return toRerootError(thrown);
  }
}
