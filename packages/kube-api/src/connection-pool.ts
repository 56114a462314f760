import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/**
 * What a connection is for. A watch holds its own for minutes, and the WebSocket to a slow proxy for seconds: in one bounded
 * pool they would keep requests waiting.
 */
export type ConnectionUse = 'request' | 'watch' | 'web-socket';

/** The connections to one API server. */
export interface ConnectionPool {
  agentFor(server: URL, use: ConnectionUse): HttpAgent;
  /** Cuts them all. */
  close(): void;
}

const maxSockets = { request: 8, watch: 64, 'web-socket': 256 } as const satisfies Record<ConnectionUse, number>;
/** Shorter than load balancers leave an idle connection open: it must not be they who end it, just as it is used again. */
const idleMs = 30_000;
/** A peer that is gone without a word is found by TCP about 20 s later: after this time, and ten probes a second apart. */
const tcpProbeMs = 10_000;

/** An empty pool. */
export function createConnectionPool(): ConnectionPool {
  const agents = new Map<string, HttpAgent>();
  return {
    agentFor: (server, use) => {
      const key = `${server.protocol}${use}`;
      const settings = { keepAlive: true, keepAliveMsecs: tcpProbeMs, maxSockets: maxSockets[use], timeout: idleMs };
      const agent = agents.get(key) ?? (server.protocol === 'http:' ? new HttpAgent(settings) : new HttpsAgent(settings));
      agents.set(key, agent);
      return agent;
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}
