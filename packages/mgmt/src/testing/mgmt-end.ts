import type { Clock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import type { Certificate } from '@reroot/shared/pki';
import { createSequence, type Identity, keyringOf, subjects } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import {
  createEvidenceReader,
  createFleetView,
  createLinkView,
  createRateLimit,
  createReportIntake,
  createReportMemory,
  createSigningKeys,
  limitsSchema,
} from '../fleet/index.ts';
import { type CertOptions, createAgentSequences, type MeshSpec } from '../mesh/index.ts';
import { defaultRotationPolicy, newRecord, perform, type RotationRecord, requestStart } from '../rotation/index.ts';
import { maxHeardAtOnce } from '../runner/hearing-limits.ts';
import { createPacer, createPublisher, createSealer, type MeshLoop, type MeshView } from '../runner/index.ts';
import { takeInReport } from '../runner/listener.ts';

/** mgmt's end of the links to many agents, with its real pacer, sealer, publisher and intake; one mesh, and no store. */
export interface MgmtEnd {
  /** The one that is decided next. */
  nextGeneration(): number;
  /** Decides the next generation, and tells it to all. */
  tellAll(): void;
  /** Tells it to all again, as after a connection to the bus. */
  tellAgain(): void;
  /** Called for each report that was taken in, with its bytes. */
  onTaken(listener: (cluster: string, bytes: number) => void): void;
  /** What was refused, the first times; empty as long as all is well. */
  refused(): readonly string[];
  close(): void;
}

/** What it works with. */
export interface MgmtEndOptions {
  readonly bus: Bus;
  readonly mesh: string;
  readonly identity: Identity;
  /** Public keys of the agents by cluster, SPKI in PEM. */
  readonly agents: ReadonlyMap<string, string>;
  /** The one in force, and the one that is added to it. */
  readonly roots: readonly [Certificate, Certificate];
  readonly clock: Clock;
}

const certificates: CertOptions = {
  ttlDays: 365,
  organization: 'bench',
  keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' },
  graceRatio: 0.2,
};
const [term, rememberedRefusals] = [1, 20];

/** Starts with everybody told nothing. */
export function openMgmtEnd({ bus, mesh, identity, agents, roots, clock }: MgmtEndOptions): MgmtEnd {
  const stopping = new AbortController();
  const keyrings = new Map([...agents].map(([cluster, pem]) => [cluster, keyringOf([pem])]));
  const nobody = keyringOf([]);
  const keys = createSigningKeys({ current: identity, acceptedBy: () => undefined });
  const sealer = createSealer({ keys, term, nextSequence: createSequence(clock).next, clock });
  const pacer = createPacer({ clock, signal: stopping.signal, log: silentLog });
  const publisher = createPublisher({ bus, sealer, pacer, clock });
  const intake = createReportIntake({
    sequences: createAgentSequences(),
    keys: { keyringOf: (_, cluster) => keyrings.get(cluster) ?? nobody },
  });
  const fleet = createFleetView({ silentAfterMs: 60_000, heardSinceMs: clock.now() });
  const links = createLinkView(() => ({ kind: 'granted' }));
  const refused: string[] = [];
  const limit = createRateLimit({
    limits: limitsSchema.parse({}),
    isKnown: (_, cluster) => keyrings.has(cluster),
    onRefused: (subject) => void refused.push(`${subject}: beyond the rate`),
    clock,
  });
  let view = firstView(mesh, [...agents.keys()], roots, clock.now());
  let noteTaken: (cluster: string, bytes: number) => void = () => undefined;
  const loop: Pick<MeshLoop, 'view' | 'hear'> = { view: async () => view, hear: () => undefined };
  const meshes = { require: () => loop } as unknown as Parameters<typeof takeInReport>[1]['meshes'];
  const takeIn = { meshes, reader: createEvidenceReader(), memory: createReportMemory(), fleet, links, publisher, term, clock };
  const stop = bus.subscribe(
    subjects.all('report'),
    async ({ subject, payload }) => {
      try {
        const received = intake.open(subject, payload);
        await takeInReport(received, takeIn);
        noteTaken(received.cluster, payload.length);
      } catch (error) {
        if (refused.length < rememberedRefusals) refused.push(`${subject}: ${String(error)}`);
      }
    },
    { admit: limit.admit, maxInFlight: maxHeardAtOnce },
  );
  return {
    nextGeneration: () => view.stored.record.lastGeneration + 1,
    tellAll: () => {
      view = nextView(view);
      publisher.publishChanges(view);
    },
    tellAgain: () => {
      publisher.publishAll(view);
    },
    onTaken: (listener) => {
      noteTaken = listener;
    },
    refused: () => refused,
    close: () => {
      stop();
      stopping.abort();
    },
  };
}

/** A rotation in its first step, of which all clusters have been told. */
function firstView(
  mesh: string,
  clusters: readonly string[],
  [current, target]: readonly [Certificate, Certificate],
  nowMs: number,
): MeshView {
  const named = ({ fingerprint, notBeforeMs, notAfterMs }: Certificate) => ({ fingerprint, notBeforeMs, notAfterMs });
  const rotation = { ...defaultRotationPolicy, verification: 'none' as const };
  const policy = { ...rotation, silentAfterMs: 60_000, finishedHoldMs: 60_000, window: { kind: 'open' as const } };
  const start = { rotationId: 'bench', target: named(target), by: 'bench' };
  const started = requestStart(newRecord(mesh, named(current), nowMs), start, policy, nowMs).record;
  const wave = { index: 1, through: clusters.toSorted().at(-1) ?? '', releasedAtMs: nowMs, provenAtMs: undefined };
  const { record } = perform(started, { move: 'release', wave }, nowMs, { message: 'all' });
  const spec: MeshSpec = {
    ...{ mesh, clusters, trustDomain: 'cluster.local', root: certificates, intermediate: certificates, rotation },
    rootSource: { kind: 'generated' },
    intermediateSource: { kind: 'mgmt' },
    maintenanceWindows: [],
  };
  const custody = { kind: 'key-store', keyRef: 'bench', chain: [] } as const;
  const kept = new Map([current, target].map((certificate) => [certificate.fingerprint, { certificate, custody }]));
  return { stored: { revision: 1, spec, record, verdict: undefined }, roots: kept, rootNames: new Set(kept.keys()) };
}

function nextView(view: MeshView): MeshView {
  const { stored } = view;
  const generation = stored.record.lastGeneration + 1;
  const record: RotationRecord = { ...stored.record, generation, lastGeneration: generation };
  return { ...view, stored: { ...stored, revision: stored.revision + 1, record } };
}
