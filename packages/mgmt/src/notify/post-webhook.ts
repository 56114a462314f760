import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isHttpsOrLocal } from '@reroot/shared/config';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { composeBody } from './compose-body.ts';
import type { Notification } from './notification.ts';
import type { Webhook } from './notifications-schema.ts';
import { signBody } from './sign-body.ts';

/** What posting takes. */
export interface PostOptions {
  readonly link: string | undefined;
  /** UNIX time. */
  readonly timestamp: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Posts a notification, and resolves when it was taken: any status of 2xx. Redirects are not followed.
 * @throws RR_WEBHOOK_FAILED, never with the address, the secret or what the receiver answered; the signal's reason
 */
export async function postWebhook(webhook: Webhook, notification: Notification, options: PostOptions): Promise<void> {
  const { signal, timeoutMs, timestamp, link } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const url = await addressOf(webhook);
    const body = composeBody(webhook.format, notification, link);
    const secret = webhook.secretFile === undefined ? undefined : (await readFile(webhook.secretFile, 'utf8')).trim();
    const ca = webhook.caFile === undefined ? {} : { ca: await readFile(webhook.caFile, 'utf8') };
    const headers = {
      ...{ 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'reroot' },
      ...(secret === undefined ? {} : signBody(secret, notification.id, timestamp, body)),
    };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, { method: 'POST', agent: false, headers, ...ca, signal: AbortSignal.any([signal, deadline]) });
    // What fails after the answer has begun is told by the answer, and here a second time.
    request.on('error', () => undefined);
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const { statusCode = 0 } = response;
    // Nobody reads what it says: a receiver must not be able to keep mgmt busy.
    response.destroy();
    if (statusCode < 200 || statusCode > 299) throw new RerootError('RR_WEBHOOK_FAILED', `it answers with status ${statusCode}`);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof RerootError) throw cause;
    throw new RerootError('RR_WEBHOOK_FAILED', deadline.aborted ? `no answer within ${timeoutMs / 1_000} s` : reasonOf(cause), {
      cause,
    });
  }
}

async function addressOf({ url: given, urlFile }: Webhook): Promise<URL> {
  const url = URL.parse(given ?? (await readFile(urlFile ?? '', 'utf8')).trim());
  if (url === null || !isHttpsOrLocal(url)) throw new RerootError('RR_WEBHOOK_FAILED', 'its address is not https');
  return url;
}

/** Messages of Node may have the address in them, which is a secret with some receivers; a code has not. */
function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return code ?? (cause instanceof TypeError ? 'a header cannot be sent' : errorMessage(cause).replace(/https?:\S+/g, '…'));
}
