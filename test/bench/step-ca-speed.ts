import {
  createCsr,
  csrToPem,
  generateKey,
  type KeyAlgorithm,
  parseCertificate,
  signerFromKey,
  verifyChain,
} from '@reroot/shared/pki';
import { type Authority, makeAuthority } from './authority.ts';
import type { Result } from './frame/bench.ts';
import { measureRate, requestCount } from './request-rate.ts';
import { findStepCa, startStepCa } from './step-ca.ts';

const intermediates: readonly (readonly [what: string, keyAlgorithm: KeyAlgorithm])[] = [
  ['RSA-4096', { kind: 'rsa', bits: 4096 }],
  ['ECDSA P-256', { kind: 'ecdsa', curve: 'P-256' }],
];

/** How fast a step-ca signs leaves on the same machine, by intermediates of these kinds; nothing where none is installed. */
export async function measureStepCa(signal: AbortSignal): Promise<readonly Result[]> {
  const command = findStepCa();
  if (command === undefined) return [];
  const results: Result[] = [];
  for (const [what, keyAlgorithm] of intermediates) {
    const authority = await makeAuthority(keyAlgorithm, keyAlgorithm);
    results.push(await measureOne(command, `step-ca, sign, ${what}`, authority, signal));
  }
  return results;
}

async function measureOne(command: string, what: string, authority: Authority, stop: AbortSignal): Promise<Result> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(60_000)]);
  const stepCa = await startStepCa(command, authority, signal);
  try {
    const dnsName = 'workload.example';
    const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
    const csrPem = csrToPem(await createCsr({ key, commonName: dnsName }));
    // Made beforehand, so that only step-ca's own time counts.
    const prepared = Array.from({ length: requestCount }, () => stepCa.prepare({ csrPem, dnsName }));
    let last = '';
    const result = await measureRate(what, async (index) => {
      last = await stepCa.sign(prepared[index] ?? '', signal);
    });
    const chain = [parseCertificate(last), authority.intermediate];
    const verified = verifyChain(chain, [authority.root], Date.now());
    if (!verified.ok) throw new Error(`what step-ca signed does not verify: ${verified.message}`);
    return result;
  } finally {
    await stepCa.stop();
  }
}
