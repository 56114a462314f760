import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { type IssueRequest, type IssueResponse, openMessage, parseSubject } from '@reroot/shared/protocol';
import type { BusMessage } from '@reroot/shared/transport';
import { type IntermediateRequest, type RootAuthority, withPresentAccess } from '../authorities/index.ts';
import {
  type EvidenceReader,
  type FleetView,
  issueFor,
  type KeyDirectory,
  type ReceivedReport,
  type ReportIntake,
} from '../fleet/index.ts';
import { assignmentOf } from '../rotation/index.ts';
import type { Store } from '../store/index.ts';
import { type MeshView, requireRoot } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';
import type { Publisher } from './publisher.ts';
import { fieldsOf } from './verdict-log.ts';

/** What comes from agents. */
export interface Listener {
  /** Takes a report in; one that cannot be trusted or read goes to the log. Never rejects. */
  hearReport(message: BusMessage): Promise<void>;
  /** Answers a request for an intermediate; one that is not signed by the cluster's agent gets no answer. Never rejects. */
  hearIssueRequest(message: BusMessage): Promise<void>;
}

/** What the listener works with. */
export interface ListenerOptions {
  readonly keys: KeyDirectory;
  readonly intake: ReportIntake;
  readonly reader: EvidenceReader;
  readonly fleet: FleetView;
  readonly meshes: Meshes;
  readonly publisher: Publisher;
  readonly authority: RootAuthority;
  /** Aborts when mgmt stops. */
  readonly signal: AbortSignal;
  readonly store: Store;
  readonly term: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Hears every cluster of every mesh. */
export function createListener(options: ListenerOptions): Listener {
  const { intake, log } = options;
  return {
    hearReport: async ({ subject, payload }) => {
      try {
        await takeIn(intake.open(subject, payload), options);
      } catch (error) {
        log.warn({ subject, ...fieldsOf(error) }, 'a report was refused');
      }
    },
    hearIssueRequest: async (message) => {
      try {
        await answerIssueRequest(message, options);
      } catch (error) {
        log.warn({ subject: message.subject, ...fieldsOf(error) }, 'a request for an intermediate was not answered');
      }
    },
  };
}

async function takeIn({ mesh, cluster, report }: ReceivedReport, options: ListenerOptions): Promise<void> {
  const { meshes, reader, fleet, publisher, term, clock } = options;
  const loop = meshes.require(mesh);
  const view = await loop.view();
  const { spec, record } = view.stored;
  if (!spec.clusters.includes(cluster)) {
    throw new RerootError('RR_REPORT_NOT_MEMBER', `cluster ${cluster} does not belong to mesh ${mesh}`);
  }
  const roots = [...view.roots.values()].map(({ certificate }) => certificate);
  fleet.put(mesh, cluster, reader.read(report, { roots, term, receivedAtMs: clock.now() }));
  const generation = assignmentOf(record, cluster)?.generation;
  if (report.appliedTerm !== term || report.appliedGeneration !== generation) publisher.hasten(view, cluster);
  loop.hear(cluster);
}

async function answerIssueRequest({ subject, payload, respond }: BusMessage, options: ListenerOptions): Promise<void> {
  const { mesh, cluster } = parseSubject(subject);
  const keyring = options.keys.keyringOf(cluster);
  const { message } = openMessage({ subject, payload, keyring, expect: 'issue-request' });
  const view = await options.meshes.require(mesh).view();
  const body = await issueOrRefuse(cluster, message.body, view, options);
  respond?.(options.publisher.seal(view, cluster, subject, { kind: 'issue-response', body }));
}

async function issueOrRefuse(
  cluster: string,
  request: IssueRequest,
  view: MeshView,
  { authority, store, clock, log, signal }: ListenerOptions,
): Promise<IssueResponse> {
  const { spec, record } = view.stored;
  try {
    const assignment = assignmentOf(record, cluster);
    if (assignment === undefined) {
      throw new RerootError('RR_ISSUE_NOT_TOLD', `cluster ${cluster} has joined, and is told nothing before it has reported`);
    }
    const { certificate, custody } = requireRoot(view, assignment.row.signer);
    const root = { certificate, custody: withPresentAccess(custody, spec.rootSource) };
    const issue = (asked: IntermediateRequest) => authority.issue(root, asked, signal);
    const context = { spec, signerRoot: certificate, issue };
    const chain = await issueFor(cluster, request, context, { store, clock });
    return { kind: 'issued', chain: chain.map(({ der }) => der) };
  } catch (thrown) {
    log.warn({ mesh: spec.mesh, cluster, ...fieldsOf(thrown) }, 'an intermediate was refused');
    const { code, message, remedy } = toRerootError(thrown);
    return { kind: 'refused', problem: { code, message, remedy } };
  }
}
