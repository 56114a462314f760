import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { KubeObject } from '@reroot/kube-api';
import { type WebSocket, WebSocketServer } from 'ws';

/** What the kubelet's side of a port forward does: it refuses with a status and a message, or has the open socket to itself. */
export type Forward =
  | number
  | { readonly status: number; readonly message: string }
  | ((socket: WebSocket, port: number) => void);

/** A stand-in for an API server and the kubelets behind it: pods to list and to watch, and their port forwards. */
export interface PodApiServer {
  /** Path of a kubeconfig that leads here. */
  readonly kubeconfig: string;
  /** Puts a pod there, or changes it. */
  putPod(pod: KubeObject, forward: Forward): void;
  removePod(namespace: string, name: string): void;
  /** How often the forward of each pod was asked for, by `NAMESPACE/NAME`. */
  readonly asked: Map<string, number>;
  /** The most forwards that were open at one time. */
  mostTogether(): number;
  close(): Promise<void>;
}

/** Starts one without pods on 127.0.0.1. */
export async function startPodApiServer(): Promise<PodApiServer> {
  const pods = new Map<string, KubeObject>();
  const forwards = new Map<string, Forward>();
  const watchers = new Set<ServerResponse>();
  const asked = new Map<string, number>();
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'v4.channel.k8s.io' });
  let version = 1;
  let together = 0;
  let mostTogether = 0;

  const tellWatchers = (type: string, object: KubeObject): void => {
    version += 1;
    const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    for (const watcher of watchers) watcher.write(`${JSON.stringify({ type, object: stamped })}\n`);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { searchParams } = new URL(request.url ?? '', 'http://server');
    response.writeHead(200, { 'content-type': 'application/json' });
    if (searchParams.get('watch') === null) {
      response.end(
        JSON.stringify({ kind: 'PodList', metadata: { resourceVersion: String(version) }, items: [...pods.values()] }),
      );
      return;
    }
    response.flushHeaders();
    watchers.add(response);
    response.on('close', () => watchers.delete(response));
  };
  const upgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://server');
    const [, namespace = '', name = ''] = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/portforward$/.exec(pathname) ?? [];
    const key = `${namespace}/${name}`;
    const forward = forwards.get(key) ?? 404;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    if (typeof forward !== 'function') {
      const message = `pods "${name}" is forbidden: User "agent" cannot get resource "pods/portforward"`;
      raw.end(refusalOf(typeof forward === 'number' ? { status: forward, message } : forward));
      return;
    }
    sockets.handleUpgrade(request, raw, head, (socket) => {
      together += 1;
      mostTogether = Math.max(mostTogether, together);
      socket.on('close', () => {
        together -= 1;
      });
      forward(socket, Number(searchParams.get('ports')));
    });
  };

  const server = createServer(answer).on('upgrade', upgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const directory = await mkdtemp(join(tmpdir(), 'reroot-pods-'));
  const kubeconfig = join(directory, 'kubeconfig.json');
  await writeFile(kubeconfig, kubeconfigFor((server.address() as AddressInfo).port));
  return {
    kubeconfig,
    asked,
    mostTogether: () => mostTogether,
    putPod: (pod, forward) => {
      const key = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
      const type = pods.has(key) ? 'MODIFIED' : 'ADDED';
      pods.set(key, pod);
      forwards.set(key, forward);
      tellWatchers(type, pod);
    },
    removePod: (namespace, name) => {
      const pod = pods.get(`${namespace}/${name}`);
      pods.delete(`${namespace}/${name}`);
      if (pod !== undefined) tellWatchers('DELETED', pod);
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await rm(directory, { recursive: true });
    },
  };
}

/** Sends what a kubelet sends first: the number of the port, on both channels. */
export function sendPreamble(socket: WebSocket, port: number): void {
  for (const channel of [0, 1]) socket.send(Buffer.of(channel, port % 256, Math.floor(port / 256)));
}

/**
 * Forwards to a port of 127.0.0.1 as a kubelet does.
 * @param pieceBytes how much of what comes back is put into one message
 */
export function forwardTo(target: number, pieceBytes = 32_768): Forward {
  return (socket, port) => {
    sendPreamble(socket, port);
    const connection = connect(target, '127.0.0.1');
    socket.on('message', (data: Buffer) => {
      if (data[0] === 0) connection.write(data.subarray(1));
    });
    socket.on('close', () => connection.destroy());
    connection.on('data', (data: Buffer) => {
      for (let from = 0; from < data.length; from += pieceBytes) {
        socket.send(Buffer.concat([Buffer.of(0), data.subarray(from, from + pieceBytes)]));
      }
    });
    connection.on('error', (error) =>
      socket.send(Buffer.concat([Buffer.of(1), Buffer.from(`error forwarding: ${error.message}`)])),
    );
    connection.on('close', () => socket.close());
  };
}

function refusalOf({ status, message }: { readonly status: number; readonly message: string }): string {
  const body = JSON.stringify({ kind: 'Status', status: 'Failure', code: status, reason: 'Forbidden', message });
  const headers = `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close`;
  return `HTTP/1.1 ${status} Refused\r\n${headers}\r\n\r\n${body}`;
}

function kubeconfigFor(port: number): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: 'test' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}
