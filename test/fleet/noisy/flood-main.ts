/**
 * One agent that sends far too many reports. Spawned with an IPC channel; on a `FloodOrder` it makes the reports first and says
 * `armed`, on `go` it sends them, and says when it did.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fewGroups, openVoice, type VoiceOptions } from './agent-voice.ts';

/** What is to be sent. */
export interface FloodOrder {
  /** Reports that are newer than every one before and well signed, the same of a quarter of a megabyte, or bytes of nothing. */
  readonly what: 'valid' | 'large' | 'garbage';
  readonly perSecond: number;
  readonly seconds: number;
}

/** When so many were sent, in milliseconds since the Unix epoch. */
export interface Flooded {
  readonly fromMs: number;
  readonly toMs: number;
  readonly sent: number;
}

const manyGroups = 1_000;
/** How many milliseconds' worth is sent at once. */
const gulpMs = 5;

const options = JSON.parse(process.argv[2] ?? '') as VoiceOptions;
const voice = await openVoice(options);

process.on('message', (message: FloodOrder | 'go') => {
  if (message !== 'go') void flood(message);
});
process.send?.('ready');

async function flood({ what, perSecond, seconds }: FloodOrder): Promise<void> {
  const garbage = randomBytes(voice.seal(fewGroups).length);
  const make = { valid: () => voice.seal(fewGroups), large: () => voice.seal(manyGroups), garbage: () => garbage }[what];
  const payloads = Array.from({ length: perSecond * seconds }, make);
  const go = once(process, 'message');
  process.send?.('armed');
  await go;
  process.send?.(await send(payloads, perSecond));
}

async function send(payloads: readonly Uint8Array[], perSecond: number): Promise<Flooded> {
  const fromMs = Date.now();
  for (let sent = 0; sent < payloads.length; ) {
    const due = Math.min(payloads.length, ((Date.now() - fromMs + gulpMs) / 1_000) * perSecond);
    for (; sent < due; sent += 1) voice.connection.publish(voice.subject, payloads[sent]);
    await voice.connection.flush();
    await delay(gulpMs);
  }
  return { fromMs, toMs: Date.now(), sent: payloads.length };
}
