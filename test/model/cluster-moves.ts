import { type AgentOptions, type Agents, createAgents } from './agent-pass.ts';
import type { ClusterState, Clusters, Workload } from './cluster.ts';
import type { Kind, Move } from './moves.ts';
import type { Parts } from './parts.ts';
import type { Rules } from './rules.ts';

/** What may go on inside clusters. */
export interface ClusterOptions extends AgentOptions {
  /** Whether agents nudge again, after a long time, when a workload lags behind. */
  readonly renudges: 'yes' | 'no';
  /**
   * Whether sidecars ask for a new certificate without being told new bytes, at half of a leaf's life or at a start:
   * never, at any moment, or so that a run may count on it too.
   */
  readonly renewals: 'none' | 'may' | 'must';
  /** Whether istiod pods that refuse the Secret are started anew at any moment. */
  readonly restarts: 'yes' | 'no';
}

/** Gives everything that may happen inside one cluster, its agent included, by the number of its state. */
export function createClusterMoves(
  parts: Parts,
  clusters: Clusters,
  rules: Rules,
  options: ClusterOptions,
): (id: number) => readonly Move[] {
  const agents = createAgents(parts, rules, options);
  return (id) => {
    const moves = new Map<number, Move>();
    const add = (kind: Kind, text: string, next: ClusterState): void => {
      const to = clusters.idOf(next);
      // What two ways lead to is fair when one of them is.
      if (to !== id && (kind === 'fair' || !moves.has(to))) moves.set(to, { kind, text, to });
    };
    const making = { state: clusters.states.at(id), parts, rules, options, add };
    addAgentPasses(making, agents);
    addReplicaMoves(making);
    addWorkloadMoves(making);
    return [...moves.values()];
  };
}

interface Making {
  readonly state: ClusterState;
  readonly parts: Parts;
  readonly rules: Rules;
  readonly options: ClusterOptions;
  readonly add: (kind: Kind, text: string, next: ClusterState) => void;
}

/**
 * A pass of the agent over any desired trust that may reach it. A real agent remembers the newest it has heard until its
 * process ends; this one remembers nothing but what the Secret says, and so may do whatever a real one may.
 */
function addAgentPasses({ state, parts, options, add }: Making, agents: Agents): void {
  const newest = Math.max(...state.net.map((id) => rankOf(id, parts)), 0);
  for (const message of state.net) {
    const kind = rankOf(message, parts) === newest ? 'fair' : 'fault';
    for (const lateness of ['soon', 'late'] as const) {
      if (lateness === 'late' && options.renudges === 'no') continue;
      const passed = agents.pass(state, message, lateness);
      if (passed !== undefined) add(kind, passed.text, passed.next);
    }
  }
}

/** Term and generation as one number. */
function rankOf(message: number, parts: Parts): number {
  const { term, generation } = parts.messages.at(message).desired;
  return term * 1_000 + generation;
}

/** A replica loads the Secret when its rule allows, late or soon; one that is started anew loads whatever is there. */
function addReplicaMoves({ state, parts, rules, options, add }: Making): void {
  if (state.secret === 0) return;
  const { files } = parts.secrets.at(state.secret);
  const next = parts.files.at(files);
  const textOf = (bundle: number): string => parts.bundles.at(bundle).text;
  for (const [index, loaded] of state.replicas.entries()) {
    if (loaded === files) continue;
    const replicas = state.replicas.with(index, files);
    const current = loaded === 0 ? undefined : parts.files.at(loaded);
    const free = current === undefined || rules.loads(textOf(current.bundle), textOf(next.bundle));
    if (free) add('fair', `a replica loads ${next.name} over ${current?.name ?? 'nothing'}`, { ...state, replicas });
    else if (options.restarts === 'yes') {
      add('fault', `a replica is started anew, and loads ${next.name}`, { ...state, replicas });
    }
  }
}

/**
 * A sidecar is told the bundle of the replica that it is connected to, which may change at any moment; new bytes make it
 * ask for a certificate, and any replica may answer. Bundle and certificate so come from two replicas
 * (security/pkg/nodeagent/cache/secretcache.go; packages/simulator/src/workload/sidecar.ts).
 */
function addWorkloadMoves({ state, parts, options, add }: Making): void {
  const serving = new Set(state.replicas.filter((files) => files !== 0));
  for (const [index, workload] of state.workloads.entries()) {
    const put = (next: Workload): ClusterState => ({ ...state, workloads: state.workloads.with(index, next) });
    for (const from of serving) {
      const { bundle, signer, name } = parts.files.at(from);
      if (workload.pushed !== bundle) {
        const told = `a workload is told ${parts.bundles.at(bundle).name} by a replica at ${name}`;
        add('fair', told, put({ ...workload, pushed: bundle, asks: 'asking' }));
      }
      if (workload.asks !== 'asking' && options.renewals === 'none') continue;
      const signed = put({ ...workload, came: parts.bundles.at(bundle).trusts, leaf: signer, asks: 'not' });
      if (workload.asks === 'asking') add('fair', `a workload is signed by a replica at ${name}`, signed);
      else {
        const kind = options.renewals === 'must' ? 'fair' : 'fault';
        add(kind, `a workload renews its leaf by itself, at a replica at ${name}`, signed);
      }
    }
  }
}
