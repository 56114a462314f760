import { RerootError } from '@reroot/shared/errors';
import { type Credential, type Endpoint, openEndpoint } from '@reroot/shared/handshake';
import type { HandshakeProgress, HandshakeTurn, TaskAsk } from '@reroot/shared/protocol';
import type { AnswerTo, AskOptions, Tasks } from '../../tasks.ts';

/** Agents that do handshakes in this process, and what was asked of them. */
export interface MemoryAgents {
  readonly tasks: Pick<Tasks, 'ask'>;
  readonly asked: { readonly cluster: string; readonly turn: HandshakeTurn }[];
  /** The most turns that were under way at a time, of all and of one cluster. */
  readonly most: { all: number; ofOne: number };
  close(): void;
}

/** How an agent answers; what it throws is what asking throws. */
export interface AgentConduct {
  /** What its replicas hand out. */
  readonly credential: (replica: string) => Credential;
  /** Changes what it says; it may throw. */
  readonly answer?: (progress: HandshakeProgress, turn: HandshakeTurn) => HandshakeProgress;
}

/** Starts them, by the names of their clusters. */
export function createMemoryAgents(agents: Readonly<Record<string, AgentConduct>>): MemoryAgents {
  const endpoints = new Map<string, Endpoint>();
  const asked: MemoryAgents['asked'] = [];
  const most = { all: 0, ofOne: 0 };
  const busy = new Map<string, number>();
  const endpointOf = (cluster: string, { credential }: AgentConduct, turn: HandshakeTurn): Endpoint => {
    const { session, role, trustDomain, replica } = turn;
    const key = [cluster, session, role].join();
    const endpoint = endpoints.get(key) ?? openEndpoint({ role, session, trustDomain, credential: credential(replica) });
    endpoints.set(key, endpoint);
    return endpoint;
  };
  const hear = async (cluster: string, turn: HandshakeTurn): Promise<HandshakeProgress> => {
    const agent = agents[cluster];
    if (agent === undefined) throw new RerootError('RR_TASK_UNANSWERED', `the agent of ${cluster} did not answer`);
    asked.push({ cluster, turn });
    busy.set(cluster, (busy.get(cluster) ?? 0) + 1);
    most.ofOne = Math.max(most.ofOne, ...busy.values());
    most.all = Math.max(
      most.all,
      [...busy.values()].reduce((sum, each) => sum + each, 0),
    );
    try {
      const progress = await endpointOf(cluster, agent, turn).hear(turn.heard);
      return agent.answer?.(progress, turn) ?? progress;
    } finally {
      busy.set(cluster, (busy.get(cluster) ?? 0) - 1);
    }
  };
  return {
    tasks: {
      ask: async <Ask extends TaskAsk>(_: string, cluster: string, ask: Ask, { signal }: AskOptions): Promise<AnswerTo<Ask>> => {
        signal.throwIfAborted();
        if (ask.kind !== 'handshake') throw new RerootError('RR_TASK_REFUSED', `${cluster} does handshakes alone`);
        return { kind: 'handshake', progress: await hear(cluster, ask.turn) } as AnswerTo<Ask>;
      },
    },
    asked,
    most,
    close: () => {
      for (const endpoint of endpoints.values()) endpoint.close();
    },
  };
}
