import type { HandshakeConductor, HandshakeOutcome, NegativePlan, PlannedHandshake } from '../handshake-conductor.ts';

/** Agents that shake hands as the test says. */
export interface ScriptedConductor extends HandshakeConductor {
  /** Of each handshake by its id; `accepted` where nothing is said. */
  readonly outcomes: Map<string, HandshakeOutcome['outcome'] | readonly HandshakeOutcome['outcome'][]>;
  negative: NegativePlan;
  /** Why fewer are planned than the policy asks for. */
  fewer: string | undefined;
  /** Ids in the order in which they were made. */
  readonly made: string[];
}

/** Every cluster with every other. */
export function createScriptedConductor(): ScriptedConductor {
  const outcomes: ScriptedConductor['outcomes'] = new Map();
  const made: string[] = [];
  const outcomeOf = (id: string): HandshakeOutcome['outcome'] => {
    const scripted = outcomes.get(id) ?? 'accepted';
    if (typeof scripted === 'string') return scripted;
    return scripted[made.filter((one) => one === id).length - 1] ?? 'accepted';
  };
  return {
    outcomes,
    made,
    negative: { kind: 'impossible', why: 'the key of the old root is destroyed' },
    fewer: undefined,
    planPositive({ snapshot: { clusters } }) {
      const handshakes = clusters.flatMap((client) =>
        clusters.filter((server) => server !== client).map((server) => plannedHandshake(client, server)),
      );
      return { handshakes, fewer: this.fewer };
    },
    planNegative() {
      return this.negative;
    },
    planPaths: ({ snapshot: { clusters } }, probes) =>
      probes.flatMap(({ address }) => clusters.map((client) => plannedHandshake(client, address))),
    conduct: async (_, handshakes, { signal, onOutcome }) => {
      for (const { id, client, server } of handshakes) {
        signal.throwIfAborted();
        made.push(id);
        const outcome = outcomeOf(id);
        onOutcome({ id, client, server, outcome, laggard: server, message: `it is ${outcome}`, evidence: { alert: 48 } });
        await Promise.resolve();
      }
    },
  };
}

/** A handshake between two clusters. */
export function plannedHandshake(
  client: string,
  server: string,
  expects: PlannedHandshake['expects'] = 'accepted',
): PlannedHandshake {
  return { id: `${client}>${server}${expects === 'refused' ? '!' : ''}`, client, server, expects };
}
