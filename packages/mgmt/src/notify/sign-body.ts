import { createHmac } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';

const leastBytes = 24;

/**
 * Headers by which a receiver knows who sent a body, in the manner of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`.
 * @param secret `whsec_` and base64, or any text; 24 bytes or more
 * @param timestamp UNIX time; receivers refuse what is old, so that nothing can be played back
 * @throws RR_WEBHOOK_FAILED when the secret is too short
 */
export function signBody(secret: string, id: string, timestamp: number, body: string): Readonly<Record<string, string>> {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  if (key.length < leastBytes) throw new RerootError('RR_WEBHOOK_FAILED', `its secret has less than ${leastBytes} bytes`);
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}
