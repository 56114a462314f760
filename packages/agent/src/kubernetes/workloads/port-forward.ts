import { Duplex } from 'node:stream';
import type { KubeApi } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { RawData, WebSocket } from 'ws';

/** A port on the loopback of a pod. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

const subprotocol = 'v4.channel.k8s.io';
const dataChannel = 0;
const errorChannel = 1;
/** Each channel begins with the number of its port, 16 bits, little-endian. */
const preambleBytes = 2;
const maxErrorCharacters = 300;

/**
 * Opens a connection to a port of a pod, by the pod's portforward over WebSocket. Every message begins with a byte that names
 * its channel: for the only port asked for, 0 carries data both ways and 1 an error as text (kubelet,
 * cri-streaming/pkg/streaming/portforward/websocket.go). The API server passes this protocol through to the kubelet.
 * @returns a stream that ends when the pod closes the connection, and fails with RR_PROXY_UNREACHABLE when the kubelet cannot
 *   reach the port
 * @throws what `KubeApi.connect` throws, RR_CLUSTER_FORBIDDEN above all
 */
export async function openPortForward(api: KubeApi, target: PodPort, signal: AbortSignal): Promise<Duplex> {
  const { namespace, pod, port } = target;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward?ports=${port}`;
  return streamOver(await api.connect(path, subprotocol, signal), `${namespace}/${pod}`);
}

function streamOver(socket: WebSocket, pod: string): Duplex {
  const preambleLeft = new Map([
    [dataChannel, preambleBytes],
    [errorChannel, preambleBytes],
  ]);
  const stream = new Duplex({
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      socket.send(Buffer.concat([Buffer.of(dataChannel), chunk]), done);
    },
    // There is no half-close: the pod learns of the end when the socket closes.
    final: (done) => done(),
    destroy: (error, done) => {
      socket.terminate();
      done(error);
    },
  });
  socket.on('message', (data) => {
    const message = toBuffer(data);
    const channel = message[0] ?? dataChannel;
    const left = preambleLeft.get(channel) ?? 0;
    const payload = message.subarray(1 + left);
    preambleLeft.set(channel, Math.max(0, left - (message.length - 1)));
    if (payload.length === 0 || stream.readableEnded || stream.destroyed) return;
    if (channel === errorChannel) stream.destroy(unreachable(pod, payload.toString('utf8')));
    else if (channel === dataChannel && !stream.push(payload)) socket.pause();
  });
  socket.on('error', (error) => stream.destroy(unreachable(pod, error.message, error)));
  socket.on('close', () => {
    if (!stream.readableEnded && !stream.destroyed) stream.push(null);
  });
  // It may fail before anybody reads it, and after; whoever reads it learns of it then.
  stream.on('error', () => undefined);
  // What came before anybody listened may be held back; see `KubeApi.connect`.
  socket.resume();
  return stream;
}

function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function unreachable(pod: string, why: string, cause?: unknown): RerootError {
  const message = `the proxy of ${pod} cannot be reached: ${why.slice(0, maxErrorCharacters)}`;
  return new RerootError('RR_PROXY_UNREACHABLE', message, { cause });
}
