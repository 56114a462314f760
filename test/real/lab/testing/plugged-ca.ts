import type { CaFiles } from '@reroot/agent';
import { systemClock } from '@reroot/shared/clock';
import {
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  parseCsr,
  signerFromKey,
} from '@reroot/shared/pki';

const algorithm = { kind: 'ecdsa', curve: 'P-256' } as const;
const dayMs = 24 * 3_600_000;

/** CAs for so many clusters, under one root: what an operator would have put into `cacerts` by hand. */
export async function createPluggedCas(count: number): Promise<readonly CaFiles[]> {
  const nowMs = systemClock.now();
  const validity = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 365 * dayMs };
  const rootKey = signerFromKey(await generateKey(algorithm));
  const root = await createRootCertificate({ key: rootKey, commonName: 'a root of the lab', ...validity });
  const cas: CaFiles[] = [];
  for (let index = 1; index <= count; index += 1) {
    const key = await generateKey(algorithm);
    const commonName = `intermediate ${index}`;
    const csr = parseCsr(await createCsr({ key: signerFromKey(key), commonName }));
    const { pem } = await issueIntermediate({ issuer: root, issuerKey: rootKey, csr, commonName, ...validity });
    cas.push({ caCert: pem, caKey: exportPrivateKey(key), certChain: pem, rootCert: root.pem });
  }
  return cas;
}
