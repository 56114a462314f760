import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import {
  createSequence,
  type DesiredTrust,
  generateIdentity,
  type Identity,
  type IssueRequest,
  type IssueResponse,
  keyringOf,
  type LinkState,
  type LinkTerms,
  type Message,
  openMessage,
  protocolVersion,
  type Report,
  sealMessage,
  subjects,
  type Task,
  type TaskResult,
} from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { Ca } from './ca.ts';

/** The other end of the bus, made of the protocol alone: it says what a test tells it and keeps what it hears. */
export interface MgmtSide {
  readonly identity: Identity;
  readonly publicKeyPem: string;
  /** Reports whose signature held, oldest first. */
  readonly reports: readonly Report[];
  readonly requests: readonly IssueRequest[];
  /** Answers to terms whose signature held, oldest first. */
  readonly states: readonly HeardState[];
  /** Results of tasks whose signature held, oldest first. */
  readonly results: readonly TaskResult[];
  /** Asks for a task; gives the bytes, for playing them back. */
  ask(task: Task, options?: { readonly term?: number; readonly by?: Identity }): Uint8Array;
  /** Puts bytes on the agent's subject for tasks as they are. */
  replayTask(payload: Uint8Array): void;
  /** From now on messages by these keys (PEM) hold. */
  acceptAgent(publicKeys: readonly string[]): void;
  /** Sends terms; what is left out changes nothing. Gives the bytes, for playing them back. */
  offer(changes?: Partial<LinkTerms>, options?: { readonly term?: number; readonly by?: Identity }): Uint8Array;
  /** Puts bytes on the agent's subject for terms as they are. */
  replayTerms(payload: Uint8Array): void;
  /** Tells the agent what the cluster shall hold; gives the bytes, for playing them back. */
  tell(trust: DesiredTrust, pair: Pair, by?: Identity): Uint8Array;
  /** Puts bytes on the agent's subject as they are. */
  replay(payload: Uint8Array): void;
  /** From now on requests are answered so; at first they are granted. */
  answerWith(answer: Answer): void;
  /** From now on answers are sealed under that pair; at first under the one that was told last. */
  answerUnder(pair: Pair): void;
  stop(): void;
}

/** How the link stands, as the agent says it. */
export interface HeardState extends LinkState {
  /** Of the key that it is signed by. */
  readonly keyId: string;
  readonly sequence: number;
  readonly sentAtMs: number;
}

interface Pair {
  readonly term: number;
  readonly generation: number;
}

/** A response, none at all, or one that another key has signed. */
type Answer = (request: IssueRequest) => Promise<IssueResponse | 'silence' | 'forgery'>;

/** What the side works with. */
export interface MgmtSideOptions {
  readonly bus: Bus;
  readonly mesh: string;
  readonly cluster: string;
  /** Undefined while the agent has none. */
  readonly agentPublicKey: string | undefined;
  readonly cas: readonly Ca[];
  /** Made anew when it is left out. */
  readonly identity?: Identity;
}

/** Listens from now on. */
export function createMgmtSide({ bus, mesh, cluster, agentPublicKey, cas, ...given }: MgmtSideOptions): MgmtSide {
  const identity = given.identity ?? generateIdentity().identity;
  let keyring = keyringOf(agentPublicKey === undefined ? [] : [agentPublicKey]);
  const nextSequence = createSequence(systemClock).next;
  const reports: Report[] = [];
  const requests: IssueRequest[] = [];
  const states: HeardState[] = [];
  const results: TaskResult[] = [];
  let answer: Answer = (request) => grant(request, cas);
  let told: Pair = { term: 0, generation: 0 };
  let answeredUnder: Pair | undefined;

  const seal = (subject: string, message: Message, pair: Pair, by: Identity = identity): Uint8Array =>
    sealMessage({
      subject,
      address: { mesh, cluster, ...pair },
      message,
      identity: by,
      sequence: nextSequence(),
      sentAtMs: systemClock.now(),
    });

  const stopReports = bus.subscribe(subjects.report(mesh, cluster), ({ subject, payload }) => {
    reports.push(openMessage({ subject, payload, keyring, expect: 'report' }).message.body);
  });
  const stopRequests = bus.subscribe(subjects.issue(mesh, cluster), async ({ subject, payload, respond }) => {
    const { message } = openMessage({ subject, payload, keyring, expect: 'issue-request' });
    requests.push(message.body);
    const body = await answer(message.body);
    if (body === 'silence') return;
    const forged = body === 'forgery';
    const response: IssueResponse = forged ? { kind: 'issued', chain: [] } : body;
    respond?.(
      seal(
        subject,
        { kind: 'issue-response', body: response },
        answeredUnder ?? told,
        forged ? generateIdentity().identity : identity,
      ),
    );
  });
  const stopStates = bus.subscribe(subjects.link(mesh, cluster), ({ subject, payload }) => {
    const { message, keyId, sequence, sentAtMs } = openMessage({ subject, payload, keyring, expect: 'link-state' });
    states.push({ ...message.body, keyId, sequence, sentAtMs });
  });
  const stopResults = bus.subscribe(subjects.result(mesh, cluster), ({ subject, payload }) => {
    results.push(openMessage({ subject, payload, keyring, expect: 'task-result' }).message.body);
  });
  const taskSubject = subjects.task(mesh, cluster);
  const subject = subjects.trust(mesh, cluster);
  const termsSubject = subjects.terms(mesh, cluster);
  const usualTerms: LinkTerms = {
    ...{ mgmtPublicKeys: [identity.publicKeyDer], credentialsEpoch: 0, cluster, natsJwt: '' },
    ...{ mgmtVersion: '0.1.0', protocol: protocolVersion, heardSequence: 0 },
  };
  return {
    identity,
    publicKeyPem: identity.publicKeyPem,
    reports,
    requests,
    states,
    results,
    ask: (body, { term = Math.max(1, told.term), by = identity } = {}) => {
      const payload = seal(taskSubject, { kind: 'task', body }, { term, generation: 0 }, by);
      bus.publish(taskSubject, payload);
      return payload;
    },
    replayTask: (payload) => bus.publish(taskSubject, payload),
    acceptAgent: (publicKeys) => {
      keyring = keyringOf(publicKeys);
    },
    offer: (changes = {}, { term = Math.max(1, told.term), by = identity } = {}) => {
      const body = { ...usualTerms, ...changes };
      const payload = seal(termsSubject, { kind: 'link-terms', body }, { term, generation: 0 }, by);
      bus.publish(termsSubject, payload);
      return payload;
    },
    replayTerms: (payload) => bus.publish(termsSubject, payload),
    tell: (body, pair, by) => {
      if (by === undefined) told = pair;
      const payload = seal(subject, { kind: 'desired-trust', body }, pair, by);
      bus.publish(subject, payload);
      return payload;
    },
    replay: (payload) => bus.publish(subject, payload),
    answerWith: (next) => {
      answer = next;
    },
    answerUnder: (pair) => {
      answeredUnder = pair;
    },
    stop: () => {
      stopReports();
      stopRequests();
      stopStates();
      stopResults();
    },
  };
}

async function grant({ csr, signerRoot }: IssueRequest, cas: readonly Ca[]): Promise<IssueResponse> {
  const ca = cas.find(({ certificate }) => certificate.fingerprint === signerRoot);
  if (ca === undefined) throw new RerootError('RR_ISSUE_WRONG_ROOT', `nobody has the key of ${signerRoot}`);
  return { kind: 'issued', chain: [(await ca.issue(csr)).der] };
}
