import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server on 127.0.0.1 that says what a test tells it to. */
export interface ScriptedServer {
  readonly port: number;
  /** What each connection has sent, in the order in which they came. */
  readonly received: readonly string[];
  /** Hangs up on everybody, and goes on listening. */
  hangUp(): void;
  stop(): void;
}

/**
 * Starts a server.
 * @param script is called with each connection
 */
export async function startScriptedServer(script: (socket: Socket) => void, port = 0): Promise<ScriptedServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const index = received.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received[index] = `${received[index] ?? ''}${chunk.toString('latin1')}`;
    });
    script(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    received,
    hangUp,
    stop: () => {
      server.close();
      hangUp();
    },
  };
}

const usual = { server_id: 'N', version: '2.11.0', proto: 1, headers: true, max_payload: 1_000_000 };

/** Greets as a nats-server does. */
export function greeting(info: object = {}): string {
  return `INFO ${JSON.stringify({ ...usual, ...info })}\r\n`;
}

/** Greets, lets everybody in and answers each PING. */
export function letIn(info: object = {}): (socket: Socket) => void {
  return (socket) => {
    socket.write(greeting(info));
    socket.on('data', (chunk) => {
      if (chunk.includes('PING')) socket.write('PONG\r\n');
    });
  };
}
