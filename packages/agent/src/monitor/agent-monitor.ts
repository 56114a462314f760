import type { Clock } from '@reroot/shared/clock';
import {
  agentMetrics,
  createRegistry,
  type LabelsOf,
  type NamesOf,
  processMetrics,
  processSamples,
  renderMetrics,
  type Sample,
  sampleOf,
} from '@reroot/shared/metrics';
import type { Report } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { RefusalCounter } from '../link/refusal-counter.ts';
import type { LoopOptions } from '../loop.ts';
import { agentVersion } from '../version.ts';

/** How an agent does, for whoever asks its process: Prometheus and the kubelet. */
export interface AgentMonitor {
  /** Takes the present connection for the one to speak of. */
  follow(connection: Connection): void;
  /** The same pass, measured. */
  timing(pass: LoopOptions['pass']): LoopOptions['pass'];
  noteReport(report: Report): void;
  /** In the text format of Prometheus. */
  metrics(): string;
  /** Whether the agent does its work; `stuck` when one pass has gone on for minutes. */
  health(): 'well' | 'stuck';
}

/** What the agent speaks over. */
export interface Connection {
  readonly bus: Pick<Bus, 'stats'>;
  readonly refusals: Pick<RefusalCounter, 'counts'>;
  readonly reconnectsBefore: number;
}

/** Everything within a pass has a deadline of its own, far below this. */
const stuckAfterMs = 300_000;

type Metrics = typeof agentMetrics;

/** Starts with nothing done. */
export function createAgentMonitor(clock: Clock): AgentMonitor {
  const registry = createRegistry(agentMetrics);
  let connection: Connection | undefined;
  let last: Report | undefined;
  let doneAtMs: number | undefined;
  let begunAtMs: number | undefined;
  return {
    follow: (now) => {
      connection = now;
    },
    timing: (pass) => async (triggers, signal) => {
      begunAtMs = clock.now();
      try {
        const next = await pass(triggers, signal);
        doneAtMs = clock.now();
        registry.count('reroot_agent_passes_total', { outcome: 'done' });
        registry.observe('reroot_agent_pass_duration_seconds', {}, Math.max(0, doneAtMs - begunAtMs) / 1_000);
        return next;
      } catch (error) {
        if (!signal.aborted) registry.count('reroot_agent_passes_total', { outcome: 'failed' });
        throw error;
      } finally {
        begunAtMs = undefined;
      }
    },
    noteReport: (report) => {
      last = report;
      registry.count('reroot_agent_reports_total', {});
    },
    metrics: () => {
      const counted = registry.samples().filter(({ name }) => name !== 'reroot_agent_reconnects_total');
      const done =
        doneAtMs === undefined ? [] : [sample('reroot_agent_last_pass_timestamp_seconds', {}, Math.floor(doneAtMs / 1_000))];
      const version = sample('reroot_agent_build_info', { version: agentVersion }, 1);
      const own = [...samplesOf(connection), ...samplesOfReport(last), ...done, version];
      return renderMetrics({ ...agentMetrics, ...processMetrics }, [...own, ...counted, ...processSamples()]);
    },
    health: () => (begunAtMs !== undefined && clock.now() - begunAtMs > stuckAfterMs ? 'stuck' : 'well'),
  };
}

function sample<Name extends NamesOf<Metrics, 'gauge' | 'counter'>>(
  name: Name,
  labels: LabelsOf<Metrics, Name>,
  value: number,
): Sample {
  return sampleOf<Metrics, Name>(name, labels, value);
}

function samplesOf(connection: Connection | undefined): readonly Sample[] {
  if (connection === undefined) return [sample('reroot_agent_connected', {}, 0), sample('reroot_agent_reconnects_total', {}, 0)];
  const { connectedSinceMs, reconnects } = connection.bus.stats();
  return [
    sample('reroot_agent_connected', {}, connectedSinceMs === undefined ? 0 : 1),
    sample('reroot_agent_reconnects_total', {}, connection.reconnectsBefore + reconnects),
    ...connection.refusals.counts().map(({ reason, count }) => sample('reroot_agent_messages_refused_total', { reason }, count)),
  ];
}

function samplesOfReport(report: Report | undefined): readonly Sample[] {
  if (report === undefined) return [];
  const problems = Map.groupBy(report.problems, ({ code }) => code);
  return [
    sample('reroot_agent_accepted_generation', {}, report.appliedGeneration),
    sample('reroot_agent_accepted_term', {}, report.appliedTerm),
    ...[...problems].map(([code, { length }]) => sample('reroot_agent_problems', { code }, length)),
  ];
}
