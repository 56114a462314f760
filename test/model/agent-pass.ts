import { type InstallFacts, type InstallPlan, noHistory, type Proof } from '@reroot/agent/install';
import { assertNever } from '@reroot/shared/errors';
import { countNudges } from '@reroot/shared/pki';
import { acceptedBy, type ClusterState, trustOf } from './cluster.ts';
import { laterMs, nowMs } from './materials.ts';
import type { Parts } from './parts.ts';
import type { Rules } from './rules.ts';

/** Whether the waits of the agent are over. */
export type Lateness = 'soon' | 'late';

/** What a pass over one message leads to. */
export interface Passed {
  readonly text: string;
  readonly next: ClusterState;
}

/** The agents of a world: they remember nothing but what the Secret says. */
export interface Agents {
  /** Undefined when nothing changes. */
  pass(state: ClusterState, message: number, lateness: Lateness): Passed | undefined;
}

/** What bounds the agents of a world. */
export interface AgentOptions {
  /** How often an agent nudges under one generation at the most. */
  readonly nudges: number;
  /** Whether a report of what the Secret held before its row first changed may still come. */
  readonly lateReports: 'yes' | 'no';
}

const timings = { renudgeAfterMs: 1_000, refusedAfterMs: 1_000 };

/** Agents that plan by the rules. Equal facts are planned for once, for the real rule parses certificates. */
export function createAgents(parts: Parts, rules: Rules, options: AgentOptions): Agents {
  const plans = new Map<string, InstallPlan>();
  const planFor = (state: ClusterState, message: number, lateness: Lateness): InstallPlan => {
    const { desired } = parts.messages.at(message);
    const secret = state.secret === 0 ? undefined : parts.secrets.at(state.secret).secret;
    const proof = secret === undefined ? undefined : prove(state, message, parts);
    const key = `${state.secret} ${message} ${lateness} ${proof?.workloads} ${proof?.replicas.map((each) => each.state).join()}`;
    const known = plans.get(key);
    if (known !== undefined) return known;
    const former = desired.signer === 'kept' ? [parts.formerOf(parts.messages.at(message).signer)] : [];
    const plan = rules.plan({ secret, desired, proof, former, timings, adoption: 'never', ...circumstances[lateness] });
    plans.set(key, plan);
    return plan;
  };
  return {
    pass: (state, message, lateness) => {
      const plan = planFor(state, message, lateness);
      switch (plan.kind) {
        case 'none':
        case 'refuse':
        // Policy restarts no replica here; the pods of a world are restarted at any moment anyway.
        case 'restart':
        // The volumes of a world follow at any moment anyway.
        case 'refresh':
        // Every workload of a world is read, and learns by pushes: nobody needs to know since when replicas are proven.
        case 'mark':
          return undefined;
        case 'nudge': {
          const { desired } = parts.messages.at(message);
          if (countNudges(plan.bundle, desired.generation) > options.nudges) return undefined;
          return carryOut(plan, state, message, { parts, rules, options });
        }
        case 'write':
          return carryOut(plan, state, message, { parts, rules, options });
        default:
          return assertNever(plan);
      }
    },
  };
}

const circumstances: Readonly<Record<Lateness, Pick<InstallFacts, 'history' | 'nowMs'>>> = {
  soon: { history: { ...noHistory, provenSinceMs: nowMs, writtenSinceMs: nowMs }, nowMs },
  late: { history: { ...noHistory, provenSinceMs: nowMs, writtenSinceMs: nowMs }, nowMs: laterMs },
};

/** As `prove` of the agent: a replica has loaded the files as they are, a workload trusts the roots and has the signer. */
function prove(state: ClusterState, message: number, parts: Parts): Proof {
  const { files } = parts.secrets.at(state.secret);
  const { trusts, signer } = parts.messages.at(message);
  const lagging = state.workloads.some(
    (workload) => workload.leaf !== 0 && (trustOf(workload, parts) !== trusts || workload.leaf !== signer),
  );
  return {
    replicas: state.replicas.map((loaded, index) => ({
      name: `istiod-${index}`,
      startedAtMs: 0,
      state: loaded === 0 ? 'unproven' : loaded === files ? 'loaded' : 'differs',
    })),
    workloads: lagging ? 'lagging' : 'reached',
    moment: 'not-needed',
  };
}

interface Carrying {
  readonly parts: Parts;
  readonly rules: Rules;
  readonly options: AgentOptions;
}

/** As `carryOut` of the agent, with one intermediate under each root. */
function carryOut(
  plan: Extract<InstallPlan, { kind: 'write' | 'nudge' }>,
  state: ClusterState,
  message: number,
  { parts, rules, options }: Carrying,
): Passed | undefined {
  const { desired, signer, name } = parts.messages.at(message);
  const before = state.secret === 0 ? undefined : parts.secrets.at(state.secret);
  const fresh = before === undefined || (plan.kind === 'write' && (plan.needIntermediate || plan.restored !== undefined));
  const files = parts.filesOf(parts.bundleOf(plan.bundle), fresh ? signer : parts.files.at(before.files).signer);
  const secret = parts.secretOf(files, rules.annotate(plan, before?.secret, desired, 0));
  if (secret === state.secret) return undefined;
  const written = { ...state, secret, former: formerOf(state, files, parts, options) };
  const accepted = acceptedBy(written, parts);
  // What the real rule refuses now it refuses for ever, for the mark on the Secret only rises.
  const net = state.net.filter((id) => rules.accepts(parts.messages.at(id).desired, accepted));
  const does = plan.kind === 'nudge' ? 'nudges' : `takes ${name}`;
  return { text: `the agent ${does}: the Secret is ${parts.files.at(files).name}`, next: { ...written, net } };
}

function formerOf({ secret, former }: ClusterState, files: number, parts: Parts, { lateReports }: AgentOptions): number {
  if (secret === 0 || lateReports === 'no' || former !== 0) return former;
  const before = parts.secrets.at(secret).files;
  return rowText(before, parts) === rowText(files, parts) ? 0 : before;
}

function rowText(id: number, parts: Parts): string {
  const { bundle, signer } = parts.files.at(id);
  return `${parts.bundles.at(bundle).trusts} ${signer}`;
}
