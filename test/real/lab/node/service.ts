import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A stand-in for a Service and kube-proxy: each new connection goes to one of the pods behind it. */
export interface Service {
  /** Sends every connection to this address alone, or again to any; open connections are ended. */
  pinTo(address: string | undefined): void;
  close(): Promise<void>;
}

/** What it is made of. */
export interface ServiceOptions {
  readonly address: string;
  readonly port: number;
  /** Addresses of the ready pods behind it. */
  readonly backends: () => readonly string[];
  readonly random: () => number;
}

export async function startService({ address, port, backends, random }: ServiceOptions): Promise<Service> {
  const open = new Set<Socket>();
  let pinned: string | undefined;
  const choose = (): string | undefined => {
    if (pinned !== undefined) return pinned;
    const ready = backends();
    return ready[Math.floor(random() * ready.length)];
  };
  const server = createServer((client) => {
    const backend = choose();
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => undefined);
    if (backend === undefined) {
      client.destroy();
      return;
    }
    join(client, connect(port, backend));
  });
  server.listen(port, address);
  await once(server, 'listening');
  const endOpen = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    pinTo: (next) => {
      pinned = next;
      endOpen();
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      endOpen();
      await closed;
    },
  };
}

function join(client: Socket, backend: Socket): void {
  client.pipe(backend).pipe(client);
  backend.on('error', () => client.destroy()).on('close', () => client.destroy());
  client.on('close', () => backend.destroy());
}
