import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The port that it came from: the same for all of a connection. */
  readonly fromPort: number;
}

/** What the stand-in does instead of answering well. */
export type Fault =
  /** Refuses everything until it is healed. */
  | { readonly kind: 'sealed' }
  /** Sends everybody to another address, as a standby that cannot forward does. */
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'status'; readonly status: number; readonly errors: readonly string[]; readonly retryAfterSeconds?: number }
  /** Refuses, and quotes all that it was sent. */
  | { readonly kind: 'echo'; readonly status: number }
  /** Takes the request and says nothing. */
  | { readonly kind: 'silent' }
  /** Answers with a text that is no answer of Vault. */
  | { readonly kind: 'text'; readonly text: string }
  /** Begins to answer and breaks the connection. */
  | { readonly kind: 'cut' }
  /** Does what was asked, and breaks the connection instead of saying so. */
  | { readonly kind: 'lost' }
  /** Answers without end. */
  | { readonly kind: 'endless' };

/** Faults that are carried out before the request is looked at. */
export type EarlyFault = Exclude<Fault, { kind: 'lost' }>;

/** Answers a request with a fault. */
export function answerWith(fault: EarlyFault, request: SeenRequest, response: ServerResponse): void {
  switch (fault.kind) {
    case 'sealed':
      sendJson(response, 503, { errors: ['Vault is sealed'] });
      return;
    case 'redirect':
      response.writeHead(307, { location: `${fault.location}${request.url}` }).end();
      return;
    case 'status':
      if (fault.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(fault.retryAfterSeconds));
      sendJson(response, fault.status, { errors: fault.errors });
      return;
    case 'echo':
      sendJson(response, fault.status, {
        errors: [JSON.stringify(request.headers), request.body, request.body.replaceAll('\\n', '\n')],
      });
      return;
    case 'silent':
      return;
    case 'text':
      response.writeHead(200, { 'content-type': 'application/json' }).end(fault.text);
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': '1000' }).write('{"data":');
      setImmediate(() => response.destroy());
      return;
    case 'endless': {
      const more = (): void => {
        while (!response.destroyed && response.write(' '.repeat(65_536)));
      };
      response.writeHead(200).on('drain', more);
      more();
      return;
    }
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body));
}
