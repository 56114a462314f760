import type { Clock } from '../clock/index.ts';
import { errorMessage, isErrorCode, RerootError } from '../errors/index.ts';
import type { JoinFile } from '../join-file/index.ts';
import type { AddClusterRequest, ClusterAccounts, RenameClusterRequest } from './accounts.ts';
import type { AbortRequest, OperatorAct, RotationAct, StartRotationRequest, VerificationAnswer } from './acts.ts';
import type { AdoptionStatus, AdoptRequest } from './adoption.ts';
import type { AuditPage, EvidencePack } from './audit.ts';
import { type AuditAsk, auditPath, readAuditPage, readEvidencePack } from './audit-exchange.ts';
import type { Condition } from './condition.ts';
import type { EmergencyOutlook, EmergencyQuestion, RootCrl } from './emergency.ts';
import { type Exchange, fetchExchange } from './exchange.ts';
import { exchangeAgain, newIdempotencyKey } from './exchange-again.ts';
import { exchangeWhenTaken } from './exchange-when-taken.ts';
import { isRecord } from './is-record.ts';
import type { TrustMatrix, TrustPair } from './matrix.ts';
import type { MeshStatus } from './mesh-status.ts';
import type { WebhookStatus } from './notifications.ts';
import type { RotationPlan } from './plan.ts';
import { planPath, readPlan } from './plan-exchange.ts';
import type { PlanQuery } from './plan-query.ts';
import type { PreflightReport, PreflightRequest } from './preflight.ts';
import type { ProblemDocument } from './problem.ts';
import type { ProofStatus, ProveRequest } from './proofs.ts';
import { readMatrix, readPair } from './read-matrix.ts';
import { readProof, readProofs } from './read-proofs.ts';
import type { ReplicaStatus, ServerVersion } from './server-version.ts';

/** Where mgmt is and how it is asked. */
export interface ApiClientOptions {
  /** Base address, http or https. */
  readonly server: string;
  /** Bearer token. */
  readonly token?: string;
  /** How requests are sent; by `fetch` when it is left out. A program with certificates of its own has another way. */
  readonly exchange?: Exchange;
  /** With a clock, what is read is asked for again when mgmt asks to come later, within the deadline; without one it is refused at once. */
  readonly clock?: Clock;
  /**
   * Deadline of each request. When absent 10 s, half a minute for what the leader of several replicas answers, as another one may have to
   * come to lead first, and a minute for what may have a root made: a Vault may be slow.
   */
  readonly timeoutMs?: number;
}

/**
 * mgmt's HTTP API. Every method rejects with the coded error that mgmt answered, with RR_API_UNREACHABLE when no
 * answer comes in time, with RR_API_UNEXPECTED when the answer is not mgmt's, and with the signal's reason when it aborts.
 */
export interface ApiClient {
  readonly server: string;
  readVersion(signal: AbortSignal): Promise<ServerVersion>;
  listMeshes(signal: AbortSignal): Promise<readonly MeshStatus[]>;
  readMesh(mesh: string, signal: AbortSignal): Promise<MeshStatus>;
  /** Oldest first. */
  readHistory(mesh: string, signal: AbortSignal): Promise<readonly Condition[]>;
  /** What a rotation would do, or what is left of the one under way; changes nothing. */
  readPlan(mesh: string, query: PlanQuery, signal: AbortSignal): Promise<RotationPlan>;
  /** @param document a VirtualMesh in YAML or JSON, checked by mgmt */
  applyMesh(mesh: string, document: string, signal: AbortSignal): Promise<MeshStatus>;
  /** The same; a mesh that is made tells its clusters nothing before they have shown what they hold. */
  applyHeldBack(mesh: string, document: string, signal: AbortSignal): Promise<MeshStatus>;
  readAdoption(mesh: string, signal: AbortSignal): Promise<AdoptionStatus>;
  adopt(mesh: string, request: AdoptRequest, signal: AbortSignal): Promise<MeshStatus>;
  startRotation(mesh: string, request: StartRotationRequest, signal: AbortSignal): Promise<MeshStatus>;
  /** What a rotation in an emergency would give up; it starts nothing. */
  foreseeEmergency(mesh: string, question: EmergencyQuestion, signal: AbortSignal): Promise<EmergencyOutlook>;
  /** Whether a rotation that started now would get through; it changes nothing. */
  preflight(mesh: string, request: PreflightRequest, signal: AbortSignal): Promise<PreflightReport>;
  /** The receivers of notifications. */
  listNotifications(signal: AbortSignal): Promise<readonly WebhookStatus[]>;
  /** Sends a test to one of them. */
  testNotification(webhook: string, signal: AbortSignal): Promise<void>;
  /** A list that revokes the intermediates of the root that the mesh has left. */
  readCrl(mesh: string, signal: AbortSignal): Promise<RootCrl>;
  /** Takes a rotation back that no cluster has been told of. */
  abortRotation(mesh: string, request: AbortRequest, signal: AbortSignal): Promise<MeshStatus>;
  /** Takes a failed rotation up again, in the state in which it failed. */
  retryRotation(mesh: string, request: RotationAct, signal: AbortSignal): Promise<MeshStatus>;
  answerVerification(mesh: string, answer: VerificationAnswer, signal: AbortSignal): Promise<MeshStatus>;
  /** Takes a cluster out of the gates. */
  excludeCluster(mesh: string, cluster: string, act: OperatorAct, signal: AbortSignal): Promise<MeshStatus>;
  /** Lets an excluded cluster come back. */
  includeCluster(mesh: string, cluster: string, act: OperatorAct, signal: AbortSignal): Promise<MeshStatus>;
  /** Who would accept whom. */
  readMatrix(mesh: string, signal: AbortSignal): Promise<TrustMatrix>;
  /** Why one pair of clusters is as it is: `from` shows its leaves, `to` verifies them. */
  readTrustPair(mesh: string, from: string, to: string, signal: AbortSignal): Promise<TrustPair>;
  /** What was proven of a mesh, newest first. */
  listProofs(mesh: string, signal: AbortSignal): Promise<readonly ProofStatus[]>;
  /** One of them, with what each check rests on. */
  readProof(mesh: string, id: string, signal: AbortSignal): Promise<ProofStatus>;
  /** Has a mesh proven now. @returns the proof that has been begun; `readProof` tells when it is made */
  prove(mesh: string, request: ProveRequest, signal: AbortSignal): Promise<ProofStatus>;
  /** A part of the journal, oldest entry first. */
  readAudit(ask: AuditAsk, signal: AbortSignal): Promise<AuditPage>;
  /** Everything that shows how a rotation went. */
  readEvidencePack(mesh: string, rotationId: string, signal: AbortSignal): Promise<EvidencePack>;
  /** Who may speak to mgmt. */
  listClusters(signal: AbortSignal): Promise<ClusterAccounts>;
  /** Lets a cluster join. @returns its join file, which holds secrets and is to be had this once */
  addCluster(request: AddClusterRequest, signal: AbortSignal): Promise<JoinFile>;
  renameCluster(cluster: string, request: RenameClusterRequest, signal: AbortSignal): Promise<ClusterAccounts>;
  /** Has the agent of a cluster make new keys. */
  rotateCredentials(cluster: string, act: OperatorAct, signal: AbortSignal): Promise<ClusterAccounts>;
  /** Shuts a cluster out. */
  revokeCluster(cluster: string, act: OperatorAct, signal: AbortSignal): Promise<ClusterAccounts>;
}

interface Call<T> {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: { readonly type: string; readonly text: string };
  readonly read: (answer: unknown) => T | undefined;
  readonly signal: AbortSignal;
}

const defaultTimeoutMs = 10_000;
/** Twice what a failover takes at the most: whoever asks meanwhile is kept waiting, and not refused (docs/replicas.md). */
const leaderTimeoutMs = 30_000;
const rootTimeoutMs = 60_000;

/**
 * Opens nothing by itself; each call is one request.
 * @throws RR_OPTION_INVALID when the server is no http or https address
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const base = baseUrl(options.server);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const server: Server = { base, token: options.token, exchange: options.exchange ?? fetchExchange, clock: options.clock };
  const call = <T>(request: Call<T>): Promise<T> => send(server, timeoutMs, request);
  const callLeader = <T>(request: Call<T>): Promise<T> => send(server, options.timeoutMs ?? leaderTimeoutMs, request);
  const callForRoot = <T>(request: Call<T>): Promise<T> => send(server, options.timeoutMs ?? rootTimeoutMs, request);
  return {
    server: base,
    readVersion: (signal) => call({ method: 'GET', path: '/v1/version', read: readServerVersion, signal }),
    listMeshes: (signal) => gather(call, '/v1/meshes', readMeshes, signal, ''),
    readMesh: (mesh, signal) => call({ method: 'GET', path: meshPath(mesh), read: readStatus, signal }),
    readHistory: (mesh, signal) => gather(call, `${meshPath(mesh)}/history`, readConditions, signal),
    readPlan: (mesh, query, signal) =>
      callLeader({ method: 'GET', path: `${meshPath(mesh)}${planPath(query)}`, read: readPlan, signal }),
    applyMesh: (mesh, text, signal) =>
      callForRoot({ method: 'PUT', path: meshPath(mesh), body: { type: 'application/yaml', text }, read: readStatus, signal }),
    applyHeldBack: (mesh, text, signal) =>
      callForRoot({
        ...{ method: 'PUT', path: `${meshPath(mesh)}/held-back`, signal },
        ...{ body: { type: 'application/yaml', text }, read: readStatus },
      }),
    readAdoption: (mesh, signal) => call({ method: 'GET', path: `${meshPath(mesh)}/adoption`, read: readAdoption, signal }),
    adopt: (mesh, request, signal) =>
      callForRoot({ method: 'POST', path: `${meshPath(mesh)}/adoption`, body: json(request), read: readStatus, signal }),
    startRotation: (mesh, request, signal) =>
      callForRoot({ method: 'POST', path: `${meshPath(mesh)}/rotations`, body: json(request), read: readStatus, signal }),
    foreseeEmergency: (mesh, question, signal) =>
      callLeader({ method: 'POST', path: `${meshPath(mesh)}/emergency`, body: json(question), read: readOutlook, signal }),
    preflight: (mesh, request, signal) =>
      callForRoot({ method: 'POST', path: `${meshPath(mesh)}/preflight`, body: json(request), read: readPreflight, signal }),
    readCrl: (mesh, signal) => callForRoot({ method: 'GET', path: `${meshPath(mesh)}/crl`, read: readRootCrl, signal }),
    abortRotation: (mesh, request, signal) =>
      callLeader({ method: 'POST', path: `${meshPath(mesh)}/abort`, body: json(request), read: readStatus, signal }),
    retryRotation: (mesh, request, signal) =>
      callLeader({ method: 'POST', path: `${meshPath(mesh)}/retry`, body: json(request), read: readStatus, signal }),
    answerVerification: (mesh, answer, signal) =>
      callLeader({ method: 'POST', path: `${meshPath(mesh)}/verification`, body: json(answer), read: readStatus, signal }),
    excludeCluster: (mesh, cluster, act, signal) =>
      callLeader({ method: 'POST', path: `${clusterPath(mesh, cluster)}/exclude`, body: json(act), read: readStatus, signal }),
    includeCluster: (mesh, cluster, act, signal) =>
      callLeader({ method: 'POST', path: `${clusterPath(mesh, cluster)}/include`, body: json(act), read: readStatus, signal }),
    readMatrix: (mesh, signal) => call({ method: 'GET', path: `${meshPath(mesh)}/matrix`, read: readMatrix, signal }),
    readTrustPair: (mesh, from, to, signal) => {
      const pair = [from, to].map(encodeURIComponent).join('/');
      return call({ method: 'GET', path: `${meshPath(mesh)}/matrix/${pair}`, read: readPair, signal });
    },
    listNotifications: (signal) => callLeader({ method: 'GET', path: '/v1/notifications', read: readWebhooks, signal }),
    testNotification: async (webhook, signal) => {
      const path = `/v1/notifications/${encodeURIComponent(webhook)}/test`;
      await callLeader({ method: 'POST', path, read: (answer) => (isRecord(answer) ? answer : undefined), signal });
    },
    listProofs: (mesh, signal) => gather(callLeader, `${meshPath(mesh)}/proofs`, readProofs, signal),
    readProof: (mesh, id, signal) =>
      callLeader({ method: 'GET', path: `${meshPath(mesh)}/proofs/${encodeURIComponent(id)}`, read: readProof, signal }),
    prove: (mesh, request, signal) =>
      callLeader({ method: 'POST', path: `${meshPath(mesh)}/proofs`, body: json(request), read: readProof, signal }),
    readAudit: (ask, signal) => call({ method: 'GET', path: auditPath(ask), read: readAuditPage, signal }),
    readEvidencePack: (mesh, rotationId, signal) => {
      const path = `${meshPath(mesh)}/rotations/${encodeURIComponent(rotationId)}/evidence`;
      return callForRoot({ method: 'GET', path, read: readEvidencePack, signal });
    },
    listClusters: (signal) => gatherAccounts(callLeader, signal),
    addCluster: async (request, signal) => {
      // Schemas take a tenth of a second to load, which nobody shall wait for who asks anything else.
      const { joinFileSchema } = await import('../join-file/index.ts');
      const read = (answer: unknown): JoinFile | undefined => joinFileSchema.safeParse(answer).data;
      return callLeader({ method: 'POST', path: accountsPath, body: json(request), read, signal });
    },
    renameCluster: (cluster, request, signal) =>
      callLeader({ method: 'POST', path: `${accountPath(cluster)}/rename`, body: json(request), read: readAccounts, signal }),
    rotateCredentials: (cluster, act, signal) =>
      callLeader({
        method: 'POST',
        path: `${accountPath(cluster)}/rotate-credentials`,
        body: json(act),
        read: readAccounts,
        signal,
      }),
    revokeCluster: (cluster, act, signal) =>
      callLeader({ method: 'POST', path: `${accountPath(cluster)}/revoke`, body: json(act), read: readAccounts, signal }),
  };
}

type Caller = <T>(request: Call<T>) => Promise<T>;

/** Every page of a list. @param first the query of the first page; a mgmt that is older knows no pages of some lists */
async function gather<T>(
  call: Caller,
  path: string,
  read: (answer: unknown) => readonly T[] | undefined,
  signal: AbortSignal,
  first = '?limit=1000',
): Promise<readonly T[]> {
  const items: T[] = [];
  let query = first;
  for (;;) {
    const readPage = (answer: unknown) => {
      const part = read(answer);
      return part === undefined ? undefined : { part, next: isRecord(answer) ? answer['nextCursor'] : undefined };
    };
    const { part, next } = await call({ method: 'GET', path: `${path}${query}`, read: readPage, signal });
    items.push(...part);
    if (typeof next !== 'string') return items;
    query = `?limit=1000&cursor=${encodeURIComponent(next)}`;
  }
}

/** Every page of the accounts; what is said besides is about all of them on each, and the last one has no cursor. */
async function gatherAccounts(call: Caller, signal: AbortSignal): Promise<ClusterAccounts> {
  const read = (answer: unknown) => {
    const page = readAccounts(answer);
    return page === undefined ? undefined : [page];
  };
  const pages = await gather(call, accountsPath, read, signal);
  return pages.reduce((before, page) => ({ ...page, clusters: [...before.clusters, ...page.clusters] }));
}

interface Server {
  readonly base: string;
  readonly token: string | undefined;
  readonly exchange: Exchange;
  readonly clock: Clock | undefined;
}

async function send<T>({ base, token, exchange, clock }: Server, timeoutMs: number, call: Call<T>): Promise<T> {
  const { method, path, body, read, signal } = call;
  const url = `${base}${path}`;
  const deadline = AbortSignal.timeout(timeoutMs);
  const patience = clock === undefined ? undefined : { clock, deadlineMs: clock.now() + timeoutMs };
  const patient: Exchange = patience === undefined ? exchange : (request) => exchangeWhenTaken(exchange, request, patience);
  try {
    const { status, text } = await exchangeAgain(patient, {
      url,
      method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': body.type }),
        ...(method === 'POST' ? { 'idempotency-key': newIdempotencyKey() } : {}),
      },
      body: body?.text,
      signal: AbortSignal.any([signal, deadline]),
    });
    return readAnswer(text, status, url, read);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof RerootError) throw thrown;
    const why = deadline.aborted ? `no answer within ${timeoutMs / 1000} s` : causeOf(thrown);
    throw new RerootError('RR_API_UNREACHABLE', `${base} cannot be reached: ${why}`, { cause: thrown });
  }
}

function readAnswer<T>(text: string, status: number, url: string, read: (answer: unknown) => T | undefined): T {
  const answer = parseJson(text);
  if (status >= 200 && status < 300) {
    const value = read(answer);
    if (value !== undefined) return value;
  } else if (isProblem(answer)) {
    throw problemError(answer);
  }
  const foreign = foreignRefusals[status];
  if (foreign !== undefined) {
    throw new RerootError('RR_API_UNEXPECTED', `status ${status}, ${foreign}, from something that is not mgmt`, {
      place: url,
      remedy: 'look at what stands between here and mgmt, such as a proxy: it has answered in the place of mgmt',
    });
  }
  throw new RerootError('RR_API_UNEXPECTED', `status ${status} with a body that is not of this API`, { place: url });
}

/** Refusals of a proxy, which say nothing of what mgmt would have done. */
const foreignRefusals: Readonly<Record<number, string>> = {
  401: 'which asks for other credentials',
  403: 'which forbids it',
  429: 'which takes fewer requests',
};

/** The server may be newer and know codes that this catalogue lacks; its words are kept then. */
function problemError({ code, detail, remedy, place }: ProblemDocument): RerootError {
  const facts = { remedy, ...(place === undefined ? {} : { place }) };
  return isErrorCode(code)
    ? new RerootError(code, detail, facts)
    : new RerootError('RR_API_UNEXPECTED', `${code}: ${detail}`, facts);
}

function baseUrl(server: string): string {
  const url = URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new RerootError('RR_OPTION_INVALID', 'the server is not an http or https address without credentials', {
      remedy: 'give --server or REROOT_SERVER an address such as http://127.0.0.1:8480',
    });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const accountsPath = '/v1/clusters';

function accountPath(cluster: string): string {
  return `${accountsPath}/${encodeURIComponent(cluster)}`;
}

function clusterPath(mesh: string, cluster: string): string {
  return `${meshPath(mesh)}/clusters/${encodeURIComponent(cluster)}`;
}

function meshPath(mesh: string): string {
  return `/v1/meshes/${encodeURIComponent(mesh)}`;
}

function json(value: unknown): { type: string; text: string } {
  return { type: 'application/json', text: JSON.stringify(value) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readStatus(answer: unknown): MeshStatus | undefined {
  return isStatus(answer) ? answer : undefined;
}

function readOutlook(answer: unknown): EmergencyOutlook | undefined {
  if (!isRecord(answer) || !Array.isArray(answer['losses']) || !isRecord(answer['policy'])) return undefined;
  const readable = answer['losses'].every((loss) => isRecord(loss) && typeof loss['message'] === 'string');
  return readable ? (answer as unknown as EmergencyOutlook) : undefined;
}

function readRootCrl(answer: unknown): RootCrl | undefined {
  const readable = isRecord(answer) && typeof answer['pem'] === 'string' && Array.isArray(answer['revoked']);
  return readable && Array.isArray(answer['stillUsedBy']) ? (answer as unknown as RootCrl) : undefined;
}

function readMeshes(answer: unknown): readonly MeshStatus[] | undefined {
  if (!isRecord(answer) || !Array.isArray(answer['meshes'])) return undefined;
  return answer['meshes'].every(isStatus) ? answer['meshes'] : undefined;
}

function readConditions(answer: unknown): readonly Condition[] | undefined {
  if (!isRecord(answer) || !Array.isArray(answer['conditions'])) return undefined;
  return answer['conditions'].every(isCondition) ? answer['conditions'] : undefined;
}

function readAdoption(answer: unknown): AdoptionStatus | undefined {
  return isAdoption(answer) ? answer : undefined;
}

function isAdoption(value: unknown): value is AdoptionStatus {
  return isRecord(value) && Array.isArray(value['clusters']) && Array.isArray(value['problems']);
}

/** Enough to tell mgmt's answer from that of another server; mgmt's types keep the rest. */
function isStatus(value: unknown): value is MeshStatus {
  return isRecord(value) && typeof value['mesh'] === 'string' && isRecord(value['verdict']) && Array.isArray(value['clusters']);
}

function readPreflight(answer: unknown): PreflightReport | undefined {
  return isRecord(answer) && typeof answer['mesh'] === 'string' && Array.isArray(answer['checks'])
    ? (answer as unknown as PreflightReport)
    : undefined;
}

function readServerVersion(answer: unknown): ServerVersion | undefined {
  if (!isRecord(answer)) return undefined;
  // An earlier mgmt says none.
  const { version, api, commit = 'unknown' } = answer;
  const isRead = typeof version === 'string' && typeof api === 'string' && typeof commit === 'string';
  return isRead ? { version, commit, api, ...readReplica(answer['replica']) } : undefined;
}

/** Absent where there is but one. */
function readReplica(replica: unknown): Pick<ServerVersion, 'replica'> {
  const isRead = isRecord(replica) && typeof replica['name'] === 'string' && typeof replica['role'] === 'string';
  return isRead ? { replica: replica as unknown as ReplicaStatus } : {};
}

function readWebhooks(answer: unknown): readonly WebhookStatus[] | undefined {
  const webhooks = isRecord(answer) ? answer['webhooks'] : undefined;
  return Array.isArray(webhooks) ? (webhooks as WebhookStatus[]) : undefined;
}

function readAccounts(answer: unknown): ClusterAccounts | undefined {
  return isRecord(answer) && Array.isArray(answer['clusters']) && isRecord(answer['signingKeys'])
    ? (answer as unknown as ClusterAccounts)
    : undefined;
}

function isCondition(value: unknown): value is Condition {
  return isRecord(value) && typeof value['timestamp'] === 'string' && typeof value['state'] === 'string';
}

function isProblem(value: unknown): value is ProblemDocument {
  return isRecord(value) && ['code', 'detail', 'remedy'].every((key) => typeof value[key] === 'string');
}

/** fetch says "fetch failed" and keeps the reason in its cause. */
function causeOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.cause !== undefined
    ? errorMessage(thrown.cause) || errorMessage(thrown)
    : errorMessage(thrown);
}
