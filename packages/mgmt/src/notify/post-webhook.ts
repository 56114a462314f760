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

/** What has come of posting. `refused`: the receiver is there and does not take this one; `away`: it takes none at present. */
export type Posted = { readonly kind: 'taken' } | { readonly kind: 'refused' | 'away'; readonly why: string };

/**
 * Posts a notification. It was taken with any status of 2xx; redirects are not followed.
 * @returns never the address, the secret or what the receiver answered
 * @throws the signal's reason
 */
export async function postWebhook(webhook: Webhook, notification: Notification, options: PostOptions): Promise<Posted> {
  const { signal, timeoutMs, timestamp, link } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const url = await addressOf(webhook);
    const body = composeBody(webhook.format, notification, link);
    const secret = await readIfNamed(webhook, 'secretFile');
    const ca = await readIfNamed(webhook, 'caFile');
    const headers = {
      ...{ 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'reroot' },
      ...(secret === undefined ? {} : signBody(secret.trim(), notification.id, timestamp, body)),
    };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, { method: 'POST', agent: false, headers, ca, signal: AbortSignal.any([signal, deadline]) });
    // What fails after the answer has begun is told by the answer, and here a second time.
    request.on('error', () => undefined);
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const { statusCode = 0 } = response;
    // Nobody reads what it says: a receiver must not be able to keep mgmt busy.
    response.destroy();
    return judgeStatus(statusCode);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof RerootError) return { kind: 'away', why: cause.message };
    return { kind: 'away', why: deadline.aborted ? `no answer within ${timeoutMs / 1_000} s` : reasonOf(cause) };
  }
}

/** By these a receiver asks for patience, with whatever it is sent. */
const patience: ReadonlySet<number> = new Set([408, 425, 429]);

function judgeStatus(status: number): Posted {
  if (status >= 200 && status <= 299) return { kind: 'taken' };
  const isRefused = status >= 400 && status <= 499 && !patience.has(status);
  return { kind: isRefused ? 'refused' : 'away', why: `it answers with status ${status}` };
}

async function addressOf(webhook: Webhook): Promise<URL> {
  const url = URL.parse(webhook.url ?? (await readIfNamed(webhook, 'urlFile'))?.trim() ?? '');
  if (url === null || !isHttpsOrLocal(url)) throw new RerootError('RR_WEBHOOK_FAILED', 'its address is not https');
  return url;
}

/** @throws RR_WEBHOOK_FAILED names the key, for a bare ENOENT could be of anything. */
async function readIfNamed(webhook: Webhook, key: 'urlFile' | 'secretFile' | 'caFile'): Promise<string | undefined> {
  const path = webhook[key];
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new RerootError('RR_WEBHOOK_FAILED', `its ${key} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

/** Messages of Node may have the address in them, which is a secret with some receivers; a code has not. */
function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return code ?? (cause instanceof TypeError ? 'a header cannot be sent' : errorMessage(cause).replace(/https?:\S+/g, '…'));
}
