import { type ClientHttp2Session, type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { createCertificatePath, decodeResponse, encodeRequest } from './csr-message.ts';
import { readGrpcStatus, requireOk } from './grpc-status.ts';
import { openSecureSession, type ReplicaAddress, unreachable } from './secure-session.ts';

/** What is asked of istiod's CA. */
export interface CertificateQuestion {
  readonly csrPem: string;
  readonly validitySeconds: number;
  /** Shown to the server only after it has proven who it is. */
  readonly token: string;
  /** The cluster whose API server reviews the token. */
  readonly clusterId: string;
}

/** A larger answer is refused: four Secrets' worth, and a Secret holds one MiB. */
const maxAnswerBytes = 4 * 2 ** 20;

/**
 * Asks one replica to sign, over a TLS connection that is made for this question alone (security/pkg/server/ca/server.go
 * of Istio answers). It is plain gRPC: one POST over HTTP/2, a framed message each way, the status in the trailers.
 * @returns its cert_chain
 * @throws RR_REPLICA_UNREACHABLE, RR_REPLICA_UNAUTHENTICATED, RR_REPLICA_ANSWER_INVALID; the signal's reason
 */
export async function requestCertificate(
  address: ReplicaAddress,
  question: CertificateQuestion,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const session = await openSecureSession(address, signal);
  try {
    const { headers, body, trailers } = await exchange(session, address, question, signal);
    requireOk(readGrpcStatus({ ...headers, ...trailers }), address.replica);
    return decode(body, address.replica);
  } finally {
    session.destroy();
  }
}

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly trailers: IncomingHttpHeaders;
}

async function exchange(
  session: ClientHttp2Session,
  address: ReplicaAddress,
  question: CertificateQuestion,
  signal: AbortSignal,
): Promise<Answer> {
  const stream = session.request({
    [constants.HTTP2_HEADER_METHOD]: 'POST',
    [constants.HTTP2_HEADER_PATH]: createCertificatePath,
    [constants.HTTP2_HEADER_AUTHORITY]: address.serverName,
    [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
    [constants.HTTP2_HEADER_TE]: 'trailers',
    authorization: `Bearer ${question.token}`,
    clusterid: question.clusterId,
  });
  const onAbort = (): void => {
    stream.destroy();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const answer = collect(stream, address);
    stream.end(encodeRequest(question.csrPem, question.validitySeconds));
    return await answer;
  } finally {
    signal.removeEventListener('abort', onAbort);
    signal.throwIfAborted();
  }
}

function collect(stream: ClientHttp2Stream, address: ReplicaAddress): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let headers: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders = {};
  stream.on('response', (received) => {
    headers = received;
  });
  stream.on('trailers', (received: IncomingHttpHeaders) => {
    trailers = received;
  });
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) {
      reject(invalid(address.replica, `with more than ${maxAnswerBytes} bytes`));
      stream.destroy();
    } else chunks.push(chunk);
  });
  stream.on('error', (error) => {
    reject(unreachable(address, error));
  });
  stream.on('close', () => {
    if (stream.readableEnded && headers[':status'] !== undefined) resolve({ headers, body: Buffer.concat(chunks), trailers });
    else reject(unreachable(address, new Error('the connection ended before the answer')));
  });
  return promise;
}

function decode(body: Buffer, replica: string): readonly string[] {
  try {
    return decodeResponse(body);
  } catch (error) {
    throw invalid(replica, `with something that is no certificate response: ${errorMessage(error)}`, error);
  }
}

function invalid(replica: string, how: string, cause?: unknown): RerootError {
  return new RerootError('RR_REPLICA_ANSWER_INVALID', `replica ${replica} answered ${how}`, { cause });
}
