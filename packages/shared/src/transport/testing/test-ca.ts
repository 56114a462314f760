import { systemClock } from '../../clock/index.ts';
import { createRootCertificate, exportPrivateKey, generateKey, issueHostLeaf, signerFromKey } from '../../pki/index.ts';
import type { ClientCertificate } from '../connect-options.ts';

/** A CA that signs certificates for hosts. */
export interface TestCa {
  readonly pem: string;
  /** @param notAfterMs in an hour when it is left out */
  issue(hosts: readonly string[], notAfterMs?: number): Promise<ClientCertificate>;
}

const hourMs = 3_600_000;
const ecdsa = { kind: 'ecdsa', curve: 'P-256' } as const;

/** Makes a CA that is valid now. */
export async function createTestCa(): Promise<TestCa> {
  const nowMs = systemClock.now();
  const issuerKey = signerFromKey(await generateKey(ecdsa));
  const validity = { notBeforeMs: nowMs - 2 * hourMs, notAfterMs: nowMs + hourMs };
  const issuer = await createRootCertificate({ key: issuerKey, commonName: 'CA', organization: 'acme', ...validity });
  return {
    pem: issuer.pem,
    issue: async (hosts, notAfterMs = validity.notAfterMs) => {
      const key = await generateKey(ecdsa);
      const { publicKeySpki } = signerFromKey(key);
      const names = { hosts, purpose: 'server-and-client' } as const;
      const leaf = await issueHostLeaf({ issuer, issuerKey, publicKeySpki, ...names, ...validity, notAfterMs });
      return { certPem: leaf.pem, keyPem: exportPrivateKey(key) };
    },
  };
}
