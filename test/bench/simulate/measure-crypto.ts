import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { processorMsOf } from '../frame/processor-time.ts';
import { repeat } from '../frame/sample.ts';
import type { CryptoCosts } from './calibrate.ts';

const signaturesOfRoot = 50;
const messages = 1_000;
/** About as much as a report. */
const messageBytes = 3_000;

/** What one signature takes OpenSSL in one thread, with nothing of ours around it. */
export async function measureCrypto(repeats: number, signal: AbortSignal): Promise<CryptoCosts> {
  const text = Buffer.alloc(messageBytes, 7);
  const ed25519 = generateKeyPairSync('ed25519');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 4_096 });
  const signature = sign(null, text, ed25519.privateKey);
  const each = async (count: number, act: () => unknown): Promise<number> =>
    (await repeat(() => processorMsOf(count, act), { repeats, signal })).median;
  return {
    sealMs: await each(messages, () => sign(null, text, ed25519.privateKey)),
    openMs: await each(messages, () => verify(null, text, ed25519.publicKey, signature)),
    issueMs: await each(signaturesOfRoot, () => sign('sha256', text, rsa.privateKey)),
  };
}
