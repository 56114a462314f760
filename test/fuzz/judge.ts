import { type ErrorCode, RerootError } from '@reroot/shared/errors';

/** The status of an answer over HTTP/1.1 as it came in; 0 where the server hung up without one. */
export function statusOf(heard: string): number {
  const [, status = '0'] = /^HTTP\/1\.1 (\d{3})/.exec(heard) ?? [];
  return Number(status);
}

/**
 * Whether a server refuses in its own words: 5xx for what a client sent is a bug.
 * @throws the code of its problem document; RR_API_UNEXPECTED where node refused before there was a request
 */
export function judge(status: number, answer: string): void {
  // 505 is what a version of HTTP that there is none of is to be answered with (RFC 9110 §15.6.6).
  if (status >= 500 && status !== 505) throw new Error(`answered with ${status}: ${answer.slice(0, 500)}`);
  if (status >= 400) throw new RerootError(codeIn(answer) ?? 'RR_API_UNEXPECTED', answer.slice(0, 200));
}

function codeIn(answer: string): ErrorCode | undefined {
  return /"code":"(RR_[A-Z_]+)"/.exec(answer)?.[1] as ErrorCode | undefined;
}
