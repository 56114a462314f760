import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Credential } from '../cluster/certificate.ts';
import type { PodRun } from './pod-run.ts';

/** The server of a kubelet, as far as kube-apiserver asks it: port-forwarding to a pod. */
export interface KubeletServer {
  close(): Promise<void>;
}

/** What it is made of. */
export interface KubeletServerOptions {
  readonly address: string;
  readonly port: number;
  readonly credential: Credential;
  /** Whose clients are let in. */
  readonly caPem: string;
  readonly pods: () => ReadonlyMap<string, PodRun>;
}

const subprotocol = 'v4.channel.k8s.io';
const dataChannel = 0;
const errorChannel = 1;
const dialTimeoutMs = 2_000;

/** Serves `/portForward/NAMESPACE/POD?port=N` over WebSocket, as a kubelet does for kube-apiserver. */
export async function startKubeletServer({
  address,
  port,
  credential,
  caPem,
  pods,
}: KubeletServerOptions): Promise<KubeletServer> {
  const server = createServer({
    cert: credential.certPem,
    key: credential.keyPem,
    ca: caPem,
    requestCert: true,
    rejectUnauthorized: true,
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => subprotocol, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const found = findTarget(request, pods());
    if (typeof found === 'string') {
      socket.end(`HTTP/1.1 ${found}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      forward(webSocket, found);
    });
  });
  server.listen(port, address);
  await once(server, 'listening');
  return { close: () => closeAll(server, sockets) };
}

interface Target {
  readonly address: string;
  readonly port: number;
}

/** The pod's address and port, or the status that refuses. A pod's loopback is its own address here: pods share the host's. */
function findTarget({ url = '' }: IncomingMessage, pods: ReadonlyMap<string, PodRun>): Target | string {
  const { pathname, searchParams } = new URL(url, 'https://kubelet');
  const [, verb, namespace, name] = pathname.split('/');
  const port = Number(searchParams.get('port'));
  if (verb !== 'portForward' || !Number.isInteger(port) || port < 1 || port > 65_535) return '400 Bad Request';
  const run = pods.get(`${namespace}/${name}`);
  return run === undefined ? '404 Not Found' : { address: run.address, port };
}

/**
 * The first byte of a message is its channel, and the first message on each gives the port
 * (kubelet, pkg/cri/streaming/portforward/websocket.go).
 */
function forward(webSocket: WebSocket, { address, port }: Target): void {
  const portBytes = Buffer.of(port & 0xff, port >> 8);
  webSocket.send(Buffer.concat([Buffer.of(dataChannel), portBytes]));
  webSocket.send(Buffer.concat([Buffer.of(errorChannel), portBytes]));
  const socket = connect(port, address);
  socket.setTimeout(dialTimeoutMs, () => {
    if (socket.connecting) socket.destroy(new Error('it does not answer'));
  });
  socket.on('data', (chunk) => {
    webSocket.send(Buffer.concat([Buffer.of(dataChannel), chunk]));
  });
  socket.on('error', (error) => {
    webSocket.send(Buffer.concat([Buffer.of(errorChannel), Buffer.from(`error forwarding port ${port}: ${error.message}`)]));
  });
  socket.on('close', () => {
    webSocket.close();
  });
  webSocket.on('message', (message: Buffer) => {
    if (message[0] === dataChannel) writeTo(socket, message.subarray(1));
  });
  webSocket.on('close', () => socket.destroy());
  webSocket.on('error', () => socket.destroy());
}

function writeTo(socket: Socket, bytes: Uint8Array): void {
  if (!socket.destroyed && bytes.length > 0) socket.write(bytes);
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  const closed = once(server, 'close');
  for (const client of sockets.clients) client.terminate();
  server.close();
  server.closeAllConnections();
  await closed;
}
