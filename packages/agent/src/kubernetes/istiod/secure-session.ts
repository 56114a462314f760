import { type ClientHttp2Session, connect } from 'node:http2';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/** A replica of istiod to speak to. */
export interface ReplicaAddress {
  /** What it is called in errors. */
  readonly replica: string;
  readonly ip: string;
  readonly port: number;
  /** The name that its certificate must be for. */
  readonly serverName: string;
  /** PEM: what its certificate must chain to. */
  readonly roots: readonly string[];
}

/** A session whose server has proven who it is; to be destroyed by whoever asked for it. */
export function openSecureSession(address: ReplicaAddress, signal: AbortSignal): Promise<ClientHttp2Session> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ClientHttp2Session>();
  const { ip, port, serverName, roots } = address;
  const session = connect(authorityOf(ip, port), {
    ca: [...roots],
    servername: serverName,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
  const onAbort = (): void => {
    session.destroy();
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  session.once('connect', () => {
    signal.removeEventListener('abort', onAbort);
    resolve(session);
  });
  // Stays for the life of the session: an error of a session that nobody listens to would end the process.
  session.on('error', (error) => {
    signal.removeEventListener('abort', onAbort);
    reject(unreachable(address, error));
  });
  session.once('close', () => {
    reject(unreachable(address, new Error('the connection was closed')));
  });
  return promise;
}

function authorityOf(ip: string, port: number): string {
  return ip.includes(':') ? `https://[${ip}]:${port}` : `https://${ip}:${port}`;
}

/** What OpenSSL says when a chain ends at no root that it was given. */
const unknownRoot: readonly string[] = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
];

/** Why a replica cannot be spoken to. */
export function unreachable({ replica, serverName }: ReplicaAddress, error: unknown): RerootError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new RerootError('RR_REPLICA_UNREACHABLE', `replica ${replica} ${describe(code, serverName, error)}`, { cause: error });
}

function describe(code: string, serverName: string, error: unknown): string {
  if (unknownRoot.includes(code)) return `serves with a certificate of no root known here (${code})`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `serves with a certificate for another name than ${serverName}`;
  return `cannot be spoken to: ${errorMessage(error)}`;
}
