import type { Clock } from '@reroot/shared/clock';
import {
  type Certificate,
  createCsr,
  generateKey,
  parseCertificate,
  type Signer,
  sha256Hex,
  signerFromKey,
} from '@reroot/shared/pki';
import {
  createSequence,
  type DesiredTrust,
  type Holding,
  type Identity,
  type Inspection,
  type IssueResponse,
  keyringOf,
  type LinkState,
  openMessage,
  publicKeyDerOf,
  type Report,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import { blindInspection } from '@reroot/shared/testing';
import type { Bus } from '@reroot/shared/transport';

/** An agent that has no cluster: it says what a cluster would prove that follows at once, or does not. */
export interface ScriptedAgent {
  /** The last desired trust it was told. */
  readonly told: DesiredTrust | undefined;
  readonly term: number;
  readonly generation: number;
  /** What it has sent, sealed: for playing it back. */
  readonly sent: readonly Uint8Array[];
  /**
   * `follow` takes what it is told, up to a generation; `hold` goes on reporting what it holds; `answer` answers terms alone;
   * `mute` says nothing.
   */
  behave(behaviour: Behaviour, upTo?: number): void;
  /** Reports what it holds now. */
  report(change?: Partial<Report>): void;
  /** What it says of its cluster when it is asked; nothing is known of it before. */
  seem(inspection: Inspection): void;
  /** Asks for an intermediate under a root. */
  ask(signerRoot: string, csr?: Uint8Array): Promise<IssueResponse>;
  stop(): void;
}

export type Behaviour = 'follow' | 'hold' | 'answer' | 'mute';

/** What a scripted agent works with. */
export interface ScriptedAgentOptions {
  readonly bus: Bus;
  readonly mesh: string;
  readonly cluster: string;
  readonly identity: Identity;
  readonly mgmtPublicKey: string;
  readonly clock: Clock;
  /** The version that it says to speak; that of mgmt when it is left out. */
  readonly protocol?: number;
}

/** What the imagined cluster holds. */
interface Held {
  readonly roots: readonly Certificate[];
  readonly signer: Certificate;
  readonly signerRoot: string;
  readonly nudges: number;
}

/** Starts following. */
export function startScriptedAgent(options: ScriptedAgentOptions): ScriptedAgent {
  const { bus, mesh, cluster, identity, mgmtPublicKey, clock } = options;
  const keyring = keyringOf([mgmtPublicKey]);
  const mgmtKeyId = sha256Hex(publicKeyDerOf(mgmtPublicKey));
  const startedAtMs = clock.now();
  const nextSequence = createSequence(clock).next;
  const sent: Uint8Array[] = [];
  let behaviour: Behaviour = 'follow';
  let lastGeneration = Number.POSITIVE_INFINITY;
  let told: DesiredTrust | undefined;
  let accepted = { term: 0, generation: 0 };
  let held: Held | undefined;
  let key: Promise<Signer> | undefined;
  let inspection = blindInspection();

  const report = (change: Partial<Report> = {}): void => {
    const message = { kind: 'report', body: { ...reportOf(held, accepted, clock.now()), ...change } } as const;
    const subject = subjects.report(mesh, cluster);
    const address = { mesh, cluster, ...accepted };
    const payload = sealMessage({ subject, address, message, identity, sequence: nextSequence(), sentAtMs: clock.now() });
    sent.push(payload);
    bus.publish(subject, payload);
  };

  const ask = async (signerRoot: string, csr?: Uint8Array): Promise<IssueResponse> => {
    key ??= generateKey({ kind: 'ecdsa', curve: 'P-256' }).then(signerFromKey);
    const body = { csr: csr ?? (await createCsr({ key: await key, commonName: cluster, organization: cluster })), signerRoot };
    const subject = subjects.issue(mesh, cluster);
    const request = sealMessage({
      subject,
      address: { mesh, cluster, ...accepted },
      message: { kind: 'issue-request', body },
      identity,
      sequence: nextSequence(),
      sentAtMs: clock.now(),
    });
    const payload = await bus.request(subject, request, { timeoutMs: 5_000, signal: new AbortController().signal });
    const { message } = openMessage({ subject, payload, keyring, expect: 'issue-response' });
    return message.body;
  };

  const follow = async (trust: DesiredTrust): Promise<void> => {
    const roots = trust.roots.map((der) => parseCertificate(der));
    const taken = accepted;
    let signer = held?.signer;
    if (signer === undefined || held?.signerRoot !== trust.signerRoot) {
      const answer = await ask(trust.signerRoot);
      // While one intermediate is waited for, the same is told again and newer trust may come: the older one that ends later
      // would undo it.
      if (answer.kind === 'refused' || accepted.term !== taken.term || accepted.generation !== taken.generation) return;
      signer = parseCertificate(answer.chain[0]!);
    }
    held = { roots, signer, signerRoot: trust.signerRoot, nudges: trust.nudge === 'when-loaded' ? 1 : 0 };
  };

  const answerTerms = (sequence: number, protocol: number): void => {
    const [subject, heardAtMs] = [subjects.link(mesh, cluster), clock.now()];
    const body: LinkState = {
      heardSequence: sequence,
      heardAtMs,
      agentVersion: '0.1.0',
      protocol,
      mgmtKeys: [mgmtKeyId],
      credentialsEpoch: 0,
      connectedSinceMs: startedAtMs,
      reconnects: 0,
      refusals: [],
      natsJwtExpiresAtMs: 0,
      clusterUid: 'uid',
    };
    const message = { kind: 'link-state', body } as const;
    const address = { mesh, cluster, ...accepted };
    bus.publish(subject, sealMessage({ subject, address, message, identity, sequence: nextSequence(), sentAtMs: clock.now() }));
  };
  const hushTerms = bus.subscribe(subjects.terms(mesh, cluster), ({ subject, payload }) => {
    const { message, sequence } = openMessage({ subject, payload, keyring, expect: 'link-terms' });
    if (behaviour !== 'mute') answerTerms(sequence, options.protocol ?? message.body.protocol);
  });

  const hushTasks = bus.subscribe(subjects.task(mesh, cluster), ({ subject, payload }) => {
    const { id, ask: asked } = openMessage({ subject, payload, keyring, expect: 'task' }).message.body;
    if (behaviour === 'mute' || asked.kind !== 'inspect') return;
    const message = { kind: 'task-result', body: { id, answer: { kind: 'inspect', inspection } } } as const;
    const [to, address] = [subjects.result(mesh, cluster), { mesh, cluster, ...accepted }];
    const sealed = { subject: to, address, message, identity, sequence: nextSequence(), sentAtMs: clock.now() };
    bus.publish(to, sealMessage(sealed));
  });

  const hushTrust = bus.subscribe(subjects.trust(mesh, cluster), async ({ subject, payload }) => {
    const { message, address } = openMessage({ subject, payload, keyring, expect: 'desired-trust' });
    told = message.body;
    if (behaviour === 'mute' || behaviour === 'answer') return;
    const newer = address.term > accepted.term || (address.term === accepted.term && address.generation >= accepted.generation);
    if (behaviour === 'follow' && newer && address.generation <= lastGeneration) {
      accepted = { term: address.term, generation: address.generation };
      await follow(message.body);
    }
    report();
  });

  // A cluster that joins is told nothing before it has reported.
  report();
  return {
    get told() {
      return told;
    },
    get term() {
      return accepted.term;
    },
    get generation() {
      return accepted.generation;
    },
    sent,
    behave: (next, upTo = Number.POSITIVE_INFINITY) => {
      behaviour = next;
      lastGeneration = upTo;
    },
    report,
    seem: (found) => {
      inspection = found;
    },
    ask,
    stop: () => {
      hushTasks();
      hushTrust();
      hushTerms();
    },
  };
}

function reportOf(held: Held | undefined, accepted: { term: number; generation: number }, nowMs: number): Report {
  const base = {
    appliedTerm: accepted.term,
    appliedGeneration: accepted.generation,
    takenAtMs: nowMs,
    agentVersion: '0.1.0',
    clusterUid: 'uid',
    problems: [],
    nudges: held?.nudges ?? 0,
  };
  if (held === undefined) return { ...base, certificates: [], written: undefined, replicas: [], namespaces: [], workloads: [] };
  const holding: Holding = {
    bundleSha256: sha256Hex(held.roots.map(({ pem }) => pem).join('')),
    roots: held.roots.map(({ fingerprint }) => fingerprint),
    signerChain: [held.signer.fingerprint],
  };
  return {
    ...base,
    certificates: [...held.roots, held.signer].map(({ der }) => der),
    written: holding,
    replicas: ['istiod-0', 'istiod-1'].map((replica) => ({ replica, result: { kind: 'holding', holding }, multiRoot: 'on' })),
    namespaces: [{ namespace: 'default', holding: { ...holding, signerChain: [] } }],
    workloads: [
      {
        namespace: 'default',
        holding,
        count: 4,
        examples: ['web-0', 'web-1'],
        method: 'proxy-config',
        learns: 'pushed',
        unread: '',
      },
    ],
  };
}
