import { createCsr, csrToPem, generateKey, type KeyAlgorithm, signerFromKey } from '@reroot/shared/pki';
import { generateRoot, signIntermediate } from '@reroot/vault';
import { operate } from '@reroot/vault/testing';
import { startAlone } from '../real/lab/vault/start-alone.ts';
import { startVault } from '../real/lab/vault/start-vault.ts';
import { vaultPrograms } from '../real/servers/find-servers.ts';
import type { Result } from './frame/bench.ts';
import { missingServers } from './missing-servers.ts';
import { measureRate } from './request-rate.ts';

const dayMs = 86_400_000;

const roots: readonly (readonly [what: string, keyAlgorithm: KeyAlgorithm])[] = [
  ['RSA-4096', { kind: 'rsa', bits: 4096 }],
  ['ECDSA P-256', { kind: 'ecdsa', curve: 'P-256' }],
];

/** How fast a real Vault signs intermediates on the same machine; nothing where none is installed. */
export async function measureVault(stop: AbortSignal): Promise<readonly Result[]> {
  if (missingServers(vaultPrograms) !== undefined) return [];
  const signal = AbortSignal.any([stop, AbortSignal.timeout(120_000)]);
  const running = await startAlone(startVault, signal);
  const operator = operate(running, signal);
  try {
    const results: Result[] = [];
    for (const [what, keyAlgorithm] of roots) {
      const mount = await operator.mount('pki', { max_lease_ttl: '87600h' });
      const named = { commonName: 'bench root', ttlDays: 365, issuerName: 'bench', notBeforeDurationMs: 0, keyAlgorithm };
      const { issuerId } = await generateRoot(operator.root, mount, named, signal);
      const path = `${mount}/issuer/${issuerId}/sign-intermediate`;
      const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
      const csrPem = csrToPem(await createCsr({ key, commonName: 'cluster' }));
      const asked = { csrPem, commonName: 'cluster', notBeforeDurationMs: 0 };
      const ask = () => signIntermediate(operator.root, path, { ...asked, notAfterMs: Date.now() + dayMs }, signal);
      results.push(await measureRate(`Vault, sign-intermediate, ${what}`, ask));
    }
    return results;
  } finally {
    await operator.close();
    await running.stop();
  }
}
