/** One request over HTTP. */
export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
}

/** What came back, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** The header Retry-After, as it stands there. */
  readonly retryAfter?: string | undefined;
}

/**
 * Sends a request and waits for the whole answer. A redirect is an error: it would carry the token to another host.
 * @throws whatever says why no answer came; the signal's reason
 */
export type Exchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** By what every platform has, with the CAs of the machine. */
export const fetchExchange: Exchange = async ({ url, method, headers, body, signal }) => {
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }), redirect: 'error', signal });
  const retryAfter = response.headers.get('retry-after') ?? undefined;
  return { status: response.status, text: await response.text(), retryAfter };
};
