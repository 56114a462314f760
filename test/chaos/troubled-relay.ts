import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '@reroot/simulator/random';
import type { NetworkTrouble, WriteMoment } from './fault.ts';

/** A way between two programs, on which bytes can be made to suffer. */
export interface TroubledRelay {
  readonly port: number;
  /**
   * `delay`: everything comes later. `loss`: some of it comes later, and what follows waits, as TCP does. `stall`: nothing comes
   * until this is over. `cut`: nothing comes at all, and connections that were open then are ended afterwards, as when a cable is
   * pulled. `drop`: what is open is ended, and nobody gets through.
   */
  trouble(kind: NetworkTrouble): void;
  /**
   * Waits until a client sends these words, and has nothing come through from then on: of what it has sent none (`unsent`), half
   * (`half`), or all, but for the answer (`unanswered`).
   * @returns undefined when it aborts before
   */
  lieInWait(words: string, moment: WriteMoment, signal: AbortSignal): Promise<'struck' | undefined>;
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

/** Where a relay listens and what it passes connections on to. */
export interface RelayEnds {
  readonly port: number;
  /** Of both ends; 127.0.0.1 when it is left out. */
  readonly host?: string;
  /** Of what it passes on to, where that is another one. */
  readonly targetHost?: string;
}

interface Ambush {
  readonly words: string;
  readonly moment: WriteMoment;
  /** The connection on which the answer is awaited. */
  by: Socket | undefined;
  readonly strike: () => void;
}

/** Listens on a port of its own, and passes connections on. */
export async function startTroubledRelay(
  { port: target, host = '127.0.0.1', targetHost = host }: RelayEnds,
  random: Random,
): Promise<TroubledRelay> {
  const open = new Set<Socket>();
  let state: State = 'whole';
  const ambushes = new Set<Ambush>();
  const waitMs = (): number => {
    if (state === 'delay') return random.between(delayMs.least, delayMs.most);
    if (state === 'loss' && random.next() < lossShare) return random.between(retransmitMs.least, retransmitMs.most);
    return 0;
  };
  const isCut = (): boolean => state === 'cut';
  const close = (ambush: Ambush): void => {
    state = 'cut';
    ambush.strike();
  };
  /** @returns what of it still comes through */
  const watchClient = (bytes: Buffer, from: Socket): Buffer => {
    const met = [...ambushes].find(({ words, by }) => by === undefined && bytes.includes(words));
    if (met?.moment === 'unsent') {
      close(met);
      return Buffer.alloc(0);
    }
    if (met !== undefined) met.by = from;
    return met?.moment === 'half' ? bytes.subarray(0, bytes.length / 2) : bytes;
  };
  const watchAnswer = (to: Socket): void => {
    const met = [...ambushes].find(({ moment, by }) => moment === 'unanswered' && by === to);
    if (met !== undefined) close(met);
  };
  const passOn = (from: Socket, to: Socket, inspect: (bytes: Buffer) => Buffer): void => {
    let before: Promise<unknown> = Promise.resolve();
    from.on('data', (whole) => {
      if (isCut()) return;
      const bytes = inspect(whole);
      if (isCut()) return;
      const ms = waitMs();
      before = before.then(async () => {
        if (ms > 0) await delay(ms);
        while (state === 'stall' && !to.destroyed) await delay(stalledLookMs);
        if (!to.destroyed && !isCut()) to.write(bytes);
        // The half of it is on its way; the other one never will be.
        const half = [...ambushes].find(({ moment, by }) => moment === 'half' && by === from);
        if (half !== undefined) close(half);
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
    const outgoing = connect({ host: targetHost, port: target });
    keep(outgoing);
    outgoing.once('error', () => incoming.destroy());
    passOn(incoming, outgoing, (bytes) => watchClient(bytes, incoming));
    passOn(outgoing, incoming, (bytes) => {
      watchAnswer(incoming);
      return bytes;
    });
  });
  server.listen(0, host);
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
    lieInWait: async (words, moment, signal) => {
      const struck = Promise.withResolvers<'struck' | undefined>();
      const ambush: Ambush = { words, moment, by: undefined, strike: () => struck.resolve('struck') };
      ambushes.add(ambush);
      const leave = (): void => struck.resolve(undefined);
      signal.addEventListener('abort', leave, { once: true });
      return struck.promise.finally(() => {
        ambushes.delete(ambush);
        signal.removeEventListener('abort', leave);
      });
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
