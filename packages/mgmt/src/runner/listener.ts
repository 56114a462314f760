import type { Clock } from '@reroot/shared/clock';
import { isErrorCode, RerootError, toRerootError } from '@reroot/shared/errors';
import {
  type CredentialsResponse,
  type IssueRequest,
  type IssueResponse,
  openMessage,
  type Problem,
  parseSubject,
} from '@reroot/shared/protocol';
import { joinSpan } from '@reroot/shared/tracing';
import type { BusMessage } from '@reroot/shared/transport';
import { type IntermediateRequest, type RootAuthority, withPresentAccess } from '../authorities/index.ts';
import type { Enrolment } from '../enrolment/index.ts';
import {
  type EvidenceReader,
  type FleetView,
  issueFor,
  type KeyDirectory,
  type LinkView,
  type ReceivedReport,
  type ReportIntake,
  type ReportMemory,
} from '../fleet/index.ts';
import { type AgentSequences, hasCluster } from '../mesh/index.ts';
import { assignmentOf } from '../rotation/index.ts';
import type { Store } from '../store/index.ts';
import type { Tasks } from '../verification/index.ts';
import type { WatchClock } from './clock-watch.ts';
import { issuedAtOnce } from './hearing-limits.ts';
import type { TermsTeller } from './link-terms.ts';
import { type MeshView, requireRoot } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';
import type { Publisher } from './publisher.ts';
import type { Refusing } from './refusing.ts';
import { requireOwnReply } from './require-own-reply.ts';
import type { Sealer } from './sealer.ts';
import { createTurns, type TakeTurn } from './take-turns.ts';

/** Takes what came; never rejects. */
type Hear = (message: BusMessage) => Promise<void>;

/** What comes from agents. What cannot be trusted or read is refused, counted and logged. */
export interface Listener {
  /** Takes a report in. */
  readonly hearReport: Hear;
  /** Answers a request for an intermediate; one that is not signed by the cluster's agent gets no answer. */
  readonly hearIssueRequest: Hear;
  /** Takes in how the link stands, as an agent sees it. */
  readonly hearLinkState: Hear;
  /** Answers an agent that wants to be taken in. */
  readonly hearEnrolment: Hear;
  /** Answers an agent that changes its keys. */
  readonly hearRenewal: Hear;
  /** Takes in what a task has come to. */
  readonly hearTaskResult: Hear;
}

/** What the listener works with. */
export interface ListenerOptions {
  readonly keys: Pick<KeyDirectory, 'keyringOf' | 'linkKeyringOf'>;
  readonly intake: ReportIntake;
  readonly reader: EvidenceReader;
  readonly memory: ReportMemory;
  readonly fleet: FleetView;
  readonly links: Pick<LinkView, 'heard' | 'spoke'>;
  readonly sequences: Pick<AgentSequences, 'take'>;
  readonly watchClock: WatchClock;
  readonly enrolment: Pick<Enrolment, 'heard' | 'answerEnrol' | 'answerRenew'>;
  readonly meshes: Meshes;
  readonly publisher: Publisher;
  readonly tasks: Pick<Tasks, 'hear'>;
  readonly terms: Pick<TermsTeller, 'hasten'>;
  readonly sealer: Sealer;
  readonly refusing: Pick<Refusing, 'refuse'>;
  readonly authority: RootAuthority;
  /** Aborts when mgmt stops. */
  readonly signal: AbortSignal;
  readonly store: Store;
  readonly term: number;
  readonly clock: Clock;
}

/** Hears every cluster of every mesh. */
export function createListener(options: ListenerOptions): Listener {
  const { intake, enrolment, refusing } = options;
  const takeTurn = createTurns({ atOnce: issuedAtOnce, signal: options.signal });
  const taking =
    (otherwise: string, take: (message: BusMessage) => void | Promise<void>): Hear =>
    async (message) => {
      try {
        options.watchClock();
        requireOwnReply(message);
        await take(message);
      } catch (error) {
        refusing.refuse(otherwise, message.subject, error);
      }
    };
  return {
    hearReport: taking('a report was refused', ({ subject, payload }) => takeInReport(intake.open(subject, payload), options)),
    hearIssueRequest: taking('a request for an intermediate was not answered', (message) =>
      answerIssueRequest(message, takeTurn, options),
    ),
    hearLinkState: taking('the state of a link was refused', (message) => takeInLink(message, options)),
    hearEnrolment: taking('a request to enrol was not answered', async (message) =>
      // Who enrols knows mgmt by its join file alone.
      answerCredentials(message, await enrolment.answerEnrol(message.subject, message.payload), 'current', options),
    ),
    hearRenewal: taking('a request for new credentials was not answered', async (message) =>
      answerCredentials(message, await enrolment.answerRenew(message.subject, message.payload), 'accepted', options),
    ),
    hearTaskResult: taking('the result of a task was refused', ({ subject, payload }) => options.tasks.hear(subject, payload)),
  };
}

/** What taking reports in works with. */
export interface TakeInOptions extends Pick<ListenerOptions, 'meshes' | 'reader' | 'memory' | 'fleet' | 'term' | 'clock'> {
  readonly links: Pick<LinkView, 'spoke'>;
  /** Tells a cluster again that is behind; nobody does when it is left out. */
  readonly publisher: Pick<Publisher, 'hasten'> | undefined;
}

/** @throws RR_MESH_NOT_FOUND, RR_REPORT_NOT_MEMBER, RR_REPORT_UNREADABLE, RR_PROTOCOL_MALFORMED */
export async function takeInReport(received: ReceivedReport, options: TakeInOptions): Promise<void> {
  const { mesh, cluster } = received;
  const { meshes, reader, memory, fleet, links, publisher, term, clock } = options;
  const loop = meshes.require(mesh);
  const view = await loop.view();
  const { spec, record } = view.stored;
  if (!hasCluster(spec, cluster)) {
    throw new RerootError('RR_REPORT_NOT_MEMBER', `cluster ${cluster} does not belong to mesh ${mesh}`);
  }
  const roots = [...view.roots.values()].map(({ certificate }) => certificate);
  const receivedAtMs = clock.now();
  const context = { roots, term, receivedAtMs };
  const evidence = memory.evidenceOf(received, context, () => reader.read(received.read(), context));
  fleet.put(mesh, cluster, evidence);
  // One of an older term may have been kept from before mgmt's start.
  if (evidence.appliedTerm === term) links.spoke(mesh, cluster, receivedAtMs);
  const generation = assignmentOf(record, cluster)?.generation;
  if (evidence.appliedTerm !== term || evidence.appliedGeneration !== generation) publisher?.hasten(view, cluster);
  loop.hear(cluster);
}

async function takeInLink({ subject, payload }: BusMessage, options: ListenerOptions): Promise<void> {
  const { keys, links, sequences, enrolment, meshes, publisher, terms, clock } = options;
  // Before all else: it is the last of the four times that the round trip is made of.
  const receivedAtMs = clock.now();
  const { mesh, cluster } = parseSubject(subject);
  const keyring = keys.linkKeyringOf(mesh, cluster);
  const { message, keyId, sequence, sentAtMs } = openMessage({ subject, payload, keyring, expect: 'link-state' });
  const state = message.body;
  try {
    sequences.take({ mesh, cluster, keyId, kind: 'link-state', sequence });
  } catch (error) {
    // An agent that was started again with its clock set back is told how far it has come, and goes on from there.
    if (state.heardSequence === 0) terms.hasten({ mesh, cluster });
    throw error;
  }
  enrolment.heard(mesh, cluster, { keyId, natsJwtExpiresAtMs: state.natsJwtExpiresAtMs });
  const heard = links.heard(mesh, cluster, { state, answeredAtMs: sentAtMs, receivedAtMs });
  if (heard === 'unasked') terms.hasten({ mesh, cluster });
  if (state.heardSequence !== 0) return;
  // It has connected anew: what it was told meanwhile is lost, and one that was started again knows nothing any more.
  const view = await meshes.find(mesh)?.view();
  if (view !== undefined && hasCluster(view.stored.spec, cluster)) publisher.publishTo(view, [cluster]);
}

/** @param key which key of mgmt is to sign: the one that join files name, or the one that the agent has said to accept */
function answerCredentials(
  { subject, respond }: BusMessage,
  body: CredentialsResponse,
  key: 'current' | 'accepted',
  { sealer, refusing }: ListenerOptions,
): void {
  if (body.kind === 'refused') refusing.refuse('credentials were refused', subject, refusalOf(body.problem));
  const { mesh, cluster } = parseSubject(subject);
  const message = { kind: 'credentials-response', body } as const;
  respond?.(sealer.seal({ mesh, cluster, subject, generation: 0, message, key }).payload);
}

/** As the log says it, once a minute: whoever has a join file may ask on and on. */
function refusalOf({ code, message, remedy }: Problem): RerootError {
  return new RerootError(isErrorCode(code) ? code : 'RR_INTERNAL', message, { remedy });
}

async function answerIssueRequest(
  { subject, payload, respond, trace }: BusMessage,
  takeTurn: TakeTurn,
  options: ListenerOptions,
): Promise<void> {
  const { mesh, cluster } = parseSubject(subject);
  const keyring = options.keys.keyringOf(mesh, cluster);
  const { message } = openMessage({ subject, payload, keyring, expect: 'issue-request' });
  const attributes = { 'reroot.mesh': mesh, 'reroot.cluster': cluster };
  await joinSpan('issue intermediate', { kind: 'server', parent: trace, attributes }, () =>
    takeTurn({ group: mesh, key: cluster }, async () => {
      // As the mesh is now: it may have gone on while others had their turns.
      const view = await options.meshes.require(mesh).view();
      const body = await issueOrRefuse(cluster, subject, message.body, view, options);
      respond?.(options.publisher.seal(view, cluster, subject, { kind: 'issue-response', body }));
    }),
  );
}

async function issueOrRefuse(
  cluster: string,
  subject: string,
  request: IssueRequest,
  view: MeshView,
  { authority, store, clock, signal, refusing }: ListenerOptions,
): Promise<IssueResponse> {
  const { spec, record } = view.stored;
  try {
    const assignment = assignmentOf(record, cluster);
    if (assignment === undefined) {
      const why = record.restored === undefined ? 'has joined' : 'belongs to a mesh that was restored';
      throw new RerootError('RR_ISSUE_NOT_TOLD', `cluster ${cluster} ${why}, and is told nothing before it has reported`);
    }
    const { certificate, custody } = requireRoot(view, assignment.row.signer);
    const root = { certificate, custody: withPresentAccess(custody, spec.rootSource) };
    const issue = (asked: IntermediateRequest) => authority.issue(root, asked, signal);
    const context = { spec, signerRoot: certificate, issue };
    const chain = await issueFor(cluster, request, context, { store, clock });
    return { kind: 'issued', chain: chain.map(({ der }) => der) };
  } catch (thrown) {
    refusing.refuse('an intermediate was refused', subject, thrown);
    const { code, message, remedy } = toRerootError(thrown);
    return { kind: 'refused', problem: { code, message, remedy } };
  }
}
