import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { checkServerIdentity, connect as connectTls } from 'node:tls';
import type { NatsCredentials } from '@reroot/shared/nats-auth';
import { writeCredsText } from '@reroot/shared/nats-auth';
import { connect, credsAuthenticator, type NatsConnection, NatsError } from 'nats';

/** A connection, and what the server forbade on it. */
export interface TestClient {
  readonly connection: NatsConnection;
  /** `publish SUBJECT` and `subscription SUBJECT`, in the order of the server's words. */
  readonly refused: readonly string[];
  /** Resolves with the server's reason when it ends the connection; the client never reconnects. */
  readonly ended: Promise<string>;
}

/** How a client connects. */
export interface ClientOptions {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** PEM. */
  readonly ca: string;
  readonly user: NatsCredentials;
  readonly inboxPrefix?: string;
}

/** Connects once, by TLS; throws what the client throws. */
export async function connectClient({ host, ca, user, inboxPrefix = '_INBOX' }: ClientOptions): Promise<TestClient> {
  // The client tells TLS no name where the host is an address.
  const tls = { ca, checkServerIdentity: (_: string, certificate: never) => checkServerIdentity('127.0.0.1', certificate) };
  const connection = await connect({
    servers: host,
    tls,
    reconnect: false,
    inboxPrefix,
    authenticator: credsAuthenticator(Buffer.from(writeCredsText(user))),
  });
  const refused: string[] = [];
  void follow(connection, refused);
  return {
    connection,
    refused,
    ended: connection.closed().then((reason) => (reason instanceof Error ? reason.message : 'closed')),
  };
}

async function follow(connection: NatsConnection, refused: string[]): Promise<void> {
  for await (const { permissionContext } of connection.status()) {
    if (permissionContext !== undefined) refused.push(`${permissionContext.operation} ${permissionContext.subject}`);
  }
}

/** Why a connection does not come about; undefined, and closed again, when it does. */
export async function refusalOf(options: ClientOptions): Promise<string | undefined> {
  try {
    const { connection } = await connectClient(options);
    await connection.close();
    return undefined;
  } catch (error) {
    return error instanceof NatsError ? `${error.code} ${error.message}` : String(error);
  }
}

/** SHA-256 of the certificate that a server shows to clients. */
export async function fingerprintOf(host: string, ca: string): Promise<string> {
  const [address, port] = host.split(':');
  const plain = connectTcp(Number(port), address);
  // The server begins with INFO, and takes TLS afterwards.
  await once(plain, 'data');
  const socket = connectTls({ socket: plain, host: address, ca });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}
