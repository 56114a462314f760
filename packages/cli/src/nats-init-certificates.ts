import {
  type Certificate,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueHostLeaf,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';

const dayMs = 86_400_000;
const caMs = 3650 * dayMs;
const serverMs = 730 * dayMs;

/** Clocks of servers differ from ours; a certificate from the future would be refused. */
const backdateMs = dayMs / 24;

/** Who issues the servers' certificates. */
export interface ServerIssuer {
  readonly certificate: Certificate;
  readonly key: Signer;
}

/** The CA of the servers' certificates; nothing else is issued by it. */
export interface ServerCa extends ServerIssuer {
  /** PKCS#8. */
  readonly keyPem: string;
}

/** A certificate with its key. */
export interface ServerCertificate {
  readonly certificate: Certificate;
  /** PKCS#8. */
  readonly keyPem: string;
}

const p256 = { kind: 'ecdsa', curve: 'P-256' } as const;

/** Makes the CA, for ten years. */
export async function createServerCa(nowMs: number): Promise<ServerCa> {
  const privateKey = await generateKey(p256);
  const key = signerFromKey(privateKey);
  const validity = { notBeforeMs: nowMs - backdateMs, notAfterMs: nowMs + caMs };
  const certificate = await createRootCertificate({ key, commonName: 'reroot NATS servers', ...validity });
  return { certificate, key, keyPem: exportPrivateKey(privateKey) };
}

/**
 * Issues a server's certificate, for two years.
 * @param purpose a member of a cluster is also a client, of the other members' routes; a leaf node must not pass for one
 * @throws RR_PKI_CANNOT_ISSUE when a host is neither a DNS name nor an address
 */
export async function issueServerCertificate(
  { certificate: issuer, key: issuerKey }: ServerIssuer,
  hosts: readonly string[],
  purpose: 'server' | 'server-and-client',
  nowMs: number,
): Promise<ServerCertificate> {
  const privateKey = await generateKey(p256);
  const { publicKeySpki } = signerFromKey(privateKey);
  const validity = { notBeforeMs: nowMs - backdateMs, notAfterMs: nowMs + serverMs };
  const certificate = await issueHostLeaf({ issuer, issuerKey, publicKeySpki, hosts, purpose, ...validity });
  return { certificate, keyPem: exportPrivateKey(privateKey) };
}
