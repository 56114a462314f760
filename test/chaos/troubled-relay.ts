import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '@reroot/simulator/random';
import type { NetworkTrouble } from './fault.ts';

/** A way between two programs, on which bytes can be made to suffer. */
export interface TroubledRelay {
  readonly port: number;
  /**
   * `delay`: everything comes later. `loss`: some of it comes later, and what follows waits, as TCP does. `stall`: nothing comes
   * until this is over. `cut`: nothing comes at all, and connections that were open then are ended afterwards, as when a cable is
   * pulled. `drop`: what is open is ended, and nobody gets through.
   */
  trouble(kind: NetworkTrouble): void;
  /** Everything comes through again. */
  heal(): void;
  stop(): Promise<void>;
}

/** How late bytes are: a way across the world, and the retransmissions of TCP. */
const delayMs = { least: 60, most: 250 } as const;
const retransmitMs = { least: 200, most: 900 } as const;
const lossShare = 0.15;
const stalledLookMs = 20;

type State = NetworkTrouble | 'whole';

/** Listens on 127.0.0.1, and passes connections on to a port of it. */
export async function startTroubledRelay(target: number, random: Random): Promise<TroubledRelay> {
  const open = new Set<Socket>();
  let state: State = 'whole';
  const waitMs = (): number => {
    if (state === 'delay') return random.between(delayMs.least, delayMs.most);
    if (state === 'loss' && random.next() < lossShare) return random.between(retransmitMs.least, retransmitMs.most);
    return 0;
  };
  const passOn = (from: Socket, to: Socket): void => {
    let before: Promise<unknown> = Promise.resolve();
    from.on('data', (bytes) => {
      if (state === 'cut') return;
      const ms = waitMs();
      before = before.then(async () => {
        if (ms > 0) await delay(ms);
        while (state === 'stall' && !to.destroyed) await delay(stalledLookMs);
        if (!to.destroyed && state !== 'cut') to.write(bytes);
      });
    });
    from.once('close', () => {
      if (state !== 'cut') void before.then(() => to.destroy());
    });
  };
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
  };
  const server = createServer((incoming) => {
    keep(incoming);
    if (state === 'drop') incoming.destroy();
    if (state === 'drop' || state === 'cut') return;
    const outgoing = connect({ host: '127.0.0.1', port: target });
    keep(outgoing);
    outgoing.once('error', () => incoming.destroy());
    passOn(incoming, outgoing);
    passOn(outgoing, incoming);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    trouble: (kind) => {
      if (kind === 'drop') endAll();
      state = kind;
    },
    heal: () => {
      if (state === 'cut') endAll();
      state = 'whole';
    },
    stop: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}
