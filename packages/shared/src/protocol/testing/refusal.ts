import { decodeMessage } from '../codec.ts';
import type { Message } from '../message.ts';

/** Code, field and message of the refusal of a body; `accepted` when there is none. */
export function refusalOf(kind: Message['kind'], bytes: Uint8Array): string {
  try {
    decodeMessage(kind, bytes);
    return 'accepted';
  } catch (error) {
    const { code, message, place } = error as { code: string; message: string; place: string };
    return `${code} ${place}: ${message}`;
  }
}
