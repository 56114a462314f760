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
  type Message,
  openMessage,
  type Report,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { Ca } from './ca.ts';

/** The other end of the bus, made of the protocol alone: it says what a test tells it and keeps what it hears. */
export interface MgmtSide {
  readonly publicKeyPem: string;
  /** Reports whose signature held, oldest first. */
  readonly reports: readonly Report[];
  readonly requests: readonly IssueRequest[];
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
  readonly agentPublicKey: string;
  readonly cas: readonly Ca[];
}

/** Listens from now on. */
export function createMgmtSide({ bus, mesh, cluster, agentPublicKey, cas }: MgmtSideOptions): MgmtSide {
  const { identity, publicKeyPem } = generateIdentity();
  const keyring = keyringOf([agentPublicKey]);
  const nextSequence = createSequence(systemClock);
  const reports: Report[] = [];
  const requests: IssueRequest[] = [];
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
  const subject = subjects.trust(mesh, cluster);
  return {
    publicKeyPem,
    reports,
    requests,
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
    },
  };
}

async function grant({ csr, signerRoot }: IssueRequest, cas: readonly Ca[]): Promise<IssueResponse> {
  const ca = cas.find(({ certificate }) => certificate.fingerprint === signerRoot);
  if (ca === undefined) throw new RerootError('RR_ISSUE_WRONG_ROOT', `nobody has the key of ${signerRoot}`);
  return { kind: 'issued', chain: [(await ca.issue(csr)).der] };
}
