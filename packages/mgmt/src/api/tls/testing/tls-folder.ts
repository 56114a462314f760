import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificate, exportPrivateKey, generateKey, issueHostLeaf, signerFromKey } from '@reroot/shared/pki';
import type { TestRoot } from '../../../testing/certificates.ts';
import type { TlsFiles } from '../tls-files.ts';

/** A certificate for localhost with its key. */
export interface ServerPair {
  readonly certificate: Certificate;
  readonly keyPem: string;
}

/** What a certificate of a test is to be. */
export interface PairPlan {
  /** By the clock of the machine. */
  readonly fromMs?: number;
  /** Ten days when it is left out. */
  readonly untilMs?: number;
}

const dayMs = 86_400_000;

/** Makes a certificate that a root vouches for. */
export async function makePair(root: TestRoot, { fromMs, untilMs }: PairPlan = {}): Promise<ServerPair> {
  const key = await generateKey({ kind: 'ecdsa', curve: 'P-256' });
  const nowMs = Date.now();
  const certificate = await issueHostLeaf({
    publicKeySpki: signerFromKey(key).publicKeySpki,
    issuer: root.certificate,
    issuerKey: root.signer,
    hosts: ['localhost', '127.0.0.1'],
    purpose: 'server',
    notBeforeMs: fromMs ?? nowMs - 60_000,
    notAfterMs: untilMs ?? nowMs + 10 * dayMs,
  });
  return { certificate, keyPem: exportPrivateKey(key) };
}

/** A folder with what `api.tls` names. */
export interface TlsFolder {
  readonly files: Required<TlsFiles>;
  /** Writes files as somebody who renews them; what is left out stays. */
  write(texts: {
    readonly cert?: string;
    readonly key?: string;
    readonly clientCa?: string;
    readonly keyMode?: number;
  }): Promise<void>;
  dispose(): Promise<void>;
}

/** Makes it empty. */
export async function makeTlsFolder(): Promise<TlsFolder> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-api-tls-'));
  const files = { certFile: join(dir, 'tls.crt'), keyFile: join(dir, 'tls.key'), clientCaFile: join(dir, 'ca.crt') };
  return {
    files,
    write: async ({ cert, key, clientCa, keyMode = 0o600 }) => {
      if (cert !== undefined) await writeFile(files.certFile, cert);
      if (clientCa !== undefined) await writeFile(files.clientCaFile, clientCa);
      if (key === undefined) return;
      await writeFile(files.keyFile, key);
      await chmod(files.keyFile, keyMode);
    },
    dispose: () => rm(dir, { recursive: true }),
  };
}

/** The first certificate of a pair, and those that shall follow it. */
export function chainPem({ certificate }: ServerPair, ...issuers: readonly Certificate[]): string {
  return [certificate, ...issuers].map(({ pem }) => pem).join('');
}
