/** Real certificates, and handshakes by them, for tests of the matrix. Used by tests alone. */
import { duplexPair } from 'node:stream';
import { connect, createSecureContext, createServer, type SecureContext, type Server } from 'node:tls';
import {
  type Certificate,
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  issueLeaf,
  parseCsr,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';

const hourMs = 3_600_000;

/** A CA with its key. */
export interface RealAuthority {
  readonly certificate: Certificate;
  readonly signer: Signer;
}

/** What a workload shows: its leaf, its key, and the chain above it without the root. */
export interface RealLeaf {
  readonly chain: readonly Certificate[];
  readonly certificates: string;
  readonly key: string;
}

/** Since when and until when, from now in hours. */
type Span = readonly [fromHours: number, toHours: number];

const around: Span = [-1, 10];

async function newKey(): Promise<{ readonly signer: Signer; readonly pem: string }> {
  const key = await generateKey({ kind: 'ecdsa', curve: 'P-256' });
  return { signer: signerFromKey(key), pem: exportPrivateKey(key) };
}

function validity([from, to]: Span): { readonly notBeforeMs: number; readonly notAfterMs: number } {
  const nowMs = Date.now();
  return { notBeforeMs: nowMs + from * hourMs, notAfterMs: nowMs + to * hourMs };
}

/** A self-signed root; with a signer, one that renews another of that name. */
export async function makeAuthority(commonName: string, signer?: Signer, span: Span = [-48, 48]): Promise<RealAuthority> {
  const key = signer ?? (await newKey()).signer;
  return { signer: key, certificate: await createRootCertificate({ key, commonName, organization: 'real', ...validity(span) }) };
}

/** An intermediate under a root. */
export async function makeSigner(above: RealAuthority, commonName: string, span: Span = around): Promise<RealAuthority> {
  const { signer } = await newKey();
  const csr = parseCsr(await createCsr({ key: signer, commonName: 'asked' }));
  const issuer = { issuer: above.certificate, issuerKey: above.signer };
  return {
    signer,
    certificate: await issueIntermediate({ csr, ...issuer, commonName, organization: 'real', ...validity(span) }),
  };
}

/** A leaf that an intermediate has signed; or a root by itself, of which then nothing is shown. */
export async function makeRealLeaf(by: RealAuthority, above: 'intermediate' | 'root', span: Span = around): Promise<RealLeaf> {
  const { signer, pem } = await newKey();
  const leaf = await issueLeaf({
    publicKeySpki: signer.publicKeySpki,
    uris: ['spiffe://cluster.local/ns/shop/sa/web'],
    issuer: by.certificate,
    issuerKey: by.signer,
    ...validity(span),
  });
  const chain = above === 'intermediate' ? [by.certificate] : [];
  return { chain, certificates: [leaf, ...chain].map((certificate) => certificate.pem).join(''), key: pem };
}

/** A place that verifies the leaves of others by a bundle of its own, and shows one itself. */
export interface Verifier {
  /** Shakes hands by TLS 1.3 with both sides verifying the other, and says whether this side took the leaf. */
  accepts(leaf: RealLeaf): Promise<boolean>;
}

/**
 * A server of TLS in memory. Whoever comes trusts the root of `shown`, so that a handshake fails through the bundle alone.
 * @param shown the server's own leaf, and the root above it
 */
export function openVerifier(
  bundle: readonly Certificate[],
  shown: { readonly leaf: RealLeaf; readonly root: Certificate },
): Verifier {
  const contexts = new Map<RealLeaf, SecureContext>();
  const contextOf = (leaf: RealLeaf): SecureContext => {
    const { certificates: cert, key } = leaf;
    const context = contexts.get(leaf) ?? createSecureContext({ cert, key, ca: shown.root.pem, minVersion: 'TLSv1.3' });
    contexts.set(leaf, context);
    return context;
  };
  const server = createServer({
    cert: shown.leaf.certificates,
    key: shown.leaf.key,
    ca: bundle.map(({ pem }) => pem),
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
  });
  server.on('secureConnection', (socket) => socket.on('error', () => undefined).end('!'));
  return { accepts: (leaf) => shakeHands(server, contextOf(leaf)) };
}

/** With TLS 1.3 a client has finished before the server has verified it: only what the server sends then shows that it has. */
function shakeHands(server: Server, secureContext: SecureContext): Promise<boolean> {
  const [near, far] = duplexPair();
  return new Promise((resolve, reject) => {
    server.emit('connection', far);
    const client = connect({ socket: near, secureContext, checkServerIdentity: () => undefined });
    const end = (accepted: boolean): void => {
      clearTimeout(deadline);
      client.destroy();
      far.destroy();
      resolve(accepted);
    };
    const deadline = setTimeout(() => reject(new Error('the handshake has not ended within 10 s')), 10_000);
    client.on('data', () => end(true));
    client.on('error', () => end(false));
    // The server hangs up on whom it refuses, and a pair of streams does not carry that over.
    far.on('close', () => end(false));
  });
}
