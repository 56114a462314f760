import type { Server } from './versions.ts';

/** Says what is being built or fetched. */
export interface Progress extends Disposable {
  /** Runs what makes a server, and says when it is done. */
  during(server: Server, make: () => Promise<void>): Promise<void>;
}

const beatMs = 10_000;

/** Says when a server is there, and every ten seconds which ones are still in the making, for how long. */
export function trackProgress(say: (line: string) => void): Progress {
  const begun = new Map<Server, number>();
  const secondsOf = (startedMs: number): number => Math.round((performance.now() - startedMs) / 1000);
  const timer = setInterval(() => {
    const parts = [...begun].map(
      ([{ name, usualSeconds }, startedMs]) => `${name} for ${secondsOf(startedMs)} s (usually up to ${usualSeconds} s)`,
    );
    if (parts.length > 0) say(`  still at ${parts.join(', ')}`);
  }, beatMs);
  return {
    during: async (server, make) => {
      const startedMs = performance.now();
      begun.set(server, startedMs);
      try {
        await make();
        say(`  ${server.name} is there after ${secondsOf(startedMs)} s`);
      } finally {
        begun.delete(server);
      }
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
