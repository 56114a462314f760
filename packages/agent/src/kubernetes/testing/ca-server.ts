import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createSecureServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate that is its own root, with its key. */
export interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
}

/** What a request to the server looked like. */
export interface SeenRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A gRPC server over TLS on 127.0.0.1, as istiod's secure one. */
export interface CaServer {
  readonly port: number;
  readonly seen: SeenRequest[];
  /** How many TLS connections have been made. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Makes an identity for a DNS name by openssl: our own code issues none for such names. */
export async function makeServerIdentity(dnsName: string): Promise<ServerIdentity> {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const names = ['-subj', '/O=test', '-addext', `subjectAltName=DNS:${dnsName}`];
  const { stdout } = await run('openssl', [
    'req',
    '-x509',
    '-nodes',
    '-days',
    '2',
    ...curve,
    ...names,
    '-keyout',
    '-',
    '-out',
    '-',
  ]);
  const blocks = stdout.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n/g) ?? [];
  const block = (label: string): string => blocks.find((each) => each.includes(label)) ?? '';
  return { cert: block('CERTIFICATE'), key: block('PRIVATE KEY') };
}

/** Starts a server that lets `respond` answer each request once its body is in. */
export async function startCaServer(
  identity: ServerIdentity,
  respond: (stream: ServerHttp2Stream, request: SeenRequest) => void,
): Promise<CaServer> {
  const seen: SeenRequest[] = [];
  const streams = new Set<ServerHttp2Stream>();
  let connections = 0;
  const server = createSecureServer(identity);
  server.on('secureConnection', () => {
    connections += 1;
  });
  server.on('stream', (stream, headers) => {
    streams.add(stream);
    stream.on('error', () => undefined);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const request = { headers: { ...headers }, body: Buffer.concat(chunks) };
      seen.push(request);
      respond(stream, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, seen, connections: () => connections, close: () => close(server, streams) };
}

/** Answers as gRPC does: a framed message, if there is one, and the status in the trailers. */
export function answerGrpc(stream: ServerHttp2Stream, message: Uint8Array | undefined, status: number, text = ''): void {
  const trailers = { 'grpc-status': String(status), 'grpc-message': encodeURIComponent(text) };
  if (message === undefined) {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...trailers }, { endStream: true });
    return;
  }
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => {
    stream.sendTrailers(trailers);
  });
  stream.end(message);
}

async function close(server: Http2Server, streams: Iterable<ServerHttp2Stream>): Promise<void> {
  for (const stream of streams) stream.session?.destroy();
  server.close();
  await once(server, 'close');
}
