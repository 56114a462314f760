import { setMaxListeners } from 'node:events';
import { type SuperviseOptions, superviseAgent } from '@reroot/agent';
import { createLoop, createRefusalCounter, jitterShare, openLink, openSource } from '@reroot/agent/testing-link';
import { createSequence, type Report } from '@reroot/shared/protocol';

/** The real agent, and what takes its place. */
export interface StillOptions {
  readonly agent: Omit<SuperviseOptions, 'monitor'>;
  /** In which it then says the same again. */
  readonly reportIntervalMs: number;
}

/**
 * Runs the real agent until its cluster holds all of what was written, and then its link alone: by the same keys and NATS user, with
 * the agent's own loop, it says what the agent said last, at the usual pace and whenever mgmt speaks, and answers mgmt's terms. mgmt and
 * the broker have to do what a cluster at rest costs them; this machine need not look at thousands of clusters as well. It stays on the term and the
 * generation of that report, and counts refusals and connections anew.
 */
export async function runUntilStill(options: StillOptions): Promise<void> {
  const { agent } = options;
  const whole = Promise.withResolvers<Report>();
  const own = new AbortController();
  const until = AbortSignal.any([agent.signal, own.signal]);
  // Each wait of the agent listens to it.
  setMaxListeners(0, until);
  const monitor: SuperviseOptions['monitor'] = {
    follow: () => undefined,
    timing: (pass) => pass,
    noteReport: (report) => {
      if (!isWhole(report)) return;
      whole.resolve(report);
      own.abort();
    },
    metrics: () => '',
    health: () => 'well',
  };
  await superviseAgent({ ...agent, monitor, signal: until });
  if (!agent.signal.aborted) await saySameAgain(await whole.promise, options);
}

/** Whether every place of the cluster trusts what was written, and signs or is signed by it. */
function isWhole({ written, replicas, namespaces = [], workloads = [], appliedGeneration }: Report): boolean {
  if (written === undefined || appliedGeneration === 0) return false;
  const has = (holding: Report['written'], signer: 'too' | 'none' = 'too'): boolean =>
    holding?.bundleSha256 === written.bundleSha256 &&
    (signer === 'none' || holding.signerChain.join() === written.signerChain.join());
  return (
    replicas.every(({ result }) => result.kind === 'holding' && has(result.holding)) &&
    namespaces.every(({ holding }) => has(holding, 'none')) &&
    workloads.every(({ holding }) => has(holding))
  );
}

async function saySameAgain(report: Report, { agent, reportIntervalMs }: StillOptions): Promise<void> {
  const { clock, random, log, signal } = agent;
  const { requestTimeoutMs, settleMs } = agent.config.timings;
  const accepted = { term: report.appliedTerm, generation: report.appliedGeneration };
  const source = await openSource(agent);
  while (!signal.aborted) {
    // As `superviseAgent` has it: a link ends when its keys or its name have changed.
    const sourced = await source.next(signal);
    const until = AbortSignal.any([signal, sourced.ended]);
    const bus = await sourced.connect(until);
    const { membership } = sourced;
    const link = openLink({
      ...{ membership, bus, requestTimeoutMs, clock, log, reconnectsBefore: 0, refusals: createRefusalCounter(log) },
      sequence: createSequence(clock),
      ...{ accepted: () => accepted, clusterUid: () => report.clusterUid },
      onTrust: () => loop.trigger('trust'),
    });
    const loop = createLoop({
      pass: async () => {
        link.publishReport({ ...report, takenAtMs: clock.now() });
        return { againAtMs: clock.now() + reportIntervalMs * (1 - jitterShare * random()) };
      },
      ...{ clock, log, settleMs, retryAfterMs: reportIntervalMs },
    });
    await loop.run(until);
    link.close();
    await bus.close();
    sourced.outcome();
  }
}
