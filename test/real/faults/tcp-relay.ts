import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Where connections go on to. */
export interface RelayTarget {
  readonly host: string;
  readonly port: number;
}

/** Passes connections on as they are, until it is cut. */
export interface TcpRelay {
  readonly port: number;
  /** Nothing comes through any more; connections that are open go silent, as when a cable is pulled. */
  cut(): void;
  /** From now on new ones come through. Those that were cut are ended. */
  mend(): void;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1. @param targets asked for each connection: the first that takes it gets it */
export async function startTcpRelay(targets: () => readonly RelayTarget[], port = 0): Promise<TcpRelay> {
  const open = new Set<Socket>();
  let state: 'whole' | 'cut' = 'whole';
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
  };
  const server = createServer((incoming) => {
    keep(incoming);
    if (state === 'cut') return;
    dial(targets(), (outgoing) => {
      if (outgoing === undefined) {
        incoming.destroy();
        return;
      }
      keep(outgoing);
      for (const [from, to] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        from.on('data', (bytes) => state === 'whole' && to.write(bytes));
        from.once('close', () => state === 'whole' && to.destroy());
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const endAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    cut: () => {
      state = 'cut';
    },
    mend: () => {
      endAll();
      state = 'whole';
    },
    stop: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One after the other. */
function dial([first, ...rest]: readonly RelayTarget[], take: (socket: Socket | undefined) => void): void {
  if (first === undefined) {
    take(undefined);
    return;
  }
  const socket = connect(first);
  const next = (): void => dial(rest, take);
  socket.once('error', next);
  socket.once('connect', () => {
    socket.off('error', next);
    take(socket);
  });
}
