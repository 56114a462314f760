import { connect, type IncomingHttpHeaders } from 'node:http2';
import { createCsr, csrToPem, generateKey, signerFromKey } from '@reroot/shared/pki';

/** Whom to ask, and as whom. */
export interface Question {
  readonly address: string;
  readonly clusterId: string;
  /** For the audience `istio-ca`. */
  readonly token: string;
}

const port = 15_012;
const timeoutMs = 3_000;
const path = '/istio.v1.auth.IstioCertificateService/CreateCertificate';
const validityS = 3_600n;

/**
 * Asks one istiod to sign a request, over gRPC by hand: `string csr = 1; int64 validity_duration = 3` goes there and
 * `repeated string cert_chain = 1` comes back (istio.v1.auth, security/v1alpha1/ca.proto). It is written apart from the
 * agent's probe on purpose. Who answers is not verified: what is asked is what it holds.
 */
export async function askIstiod({ address, clusterId, token }: Question): Promise<readonly string[]> {
  const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  const csr = Buffer.from(csrToPem(await createCsr({ key, commonName: 'judge' })));
  const message = Buffer.concat([Buffer.of(0x0a), varint(BigInt(csr.length)), csr, Buffer.of(0x18), varint(validityS)]);
  const frame = Buffer.concat([Buffer.alloc(5), message]);
  frame.writeUInt32BE(message.length, 1);
  return readStrings((await send({ address, clusterId, token }, frame)).subarray(5));
}

async function send({ address, clusterId, token }: Question, frame: Buffer): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const session = connect(`https://${address}:${port}`, { rejectUnauthorized: false, servername: 'istiod.istio-system.svc' });
  session.on('error', reject);
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    authorization: `Bearer ${token}`,
    clusterid: clusterId,
  });
  const chunks: Buffer[] = [];
  stream.setTimeout(timeoutMs, () => stream.destroy(new Error(`${address} does not answer`)));
  stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
  // A refusal comes without a body, its status among the headers or the trailers.
  const refuse = (headers: IncomingHttpHeaders): void => {
    const [status, message] = [headers['grpc-status'] ?? '0', headers['grpc-message'] ?? ''];
    if (status !== '0') reject(new Error(`${address} answered with gRPC status ${status.toString()}: ${message.toString()}`));
  };
  stream.on('response', refuse).on('trailers', refuse);
  stream.on('end', () => resolve(Buffer.concat(chunks)));
  stream.end(frame);
  try {
    return await promise;
  } finally {
    session.destroy();
  }
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.of(...bytes, Number(rest));
}

/** Every field 1 of a message that has no others. */
function readStrings(message: Buffer): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < message.length; ) {
    let length = 0;
    at += 1;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    found.push(message.toString('utf8', at, at + length));
    at += length;
  }
  return found;
}
