import fc from 'fast-check';
import type protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './codec.ts';
import { type Opened, openMessage, sealMessage } from './envelope.ts';
import { reroot } from './generated/reroot.js';
import { generateIdentity, keyringOfDer } from './identity.ts';
import type { Message } from './message.ts';
import { joinParts } from './signing-parts.ts';
import { subjects } from './subject.ts';
import { arbitraryMessage } from './testing/arbitrary-message.ts';
import { addLaterFields } from './testing/later-version.ts';
import { refusalOf } from './testing/refusal.ts';
import { formerSchema, presentSchema, typeNames, typeNamesOf, typeOf } from './testing/schemas.ts';
import { protocolVersion } from './version.ts';

const { v1 } = reroot;
const former = formerSchema();
const present = presentSchema();
const { identity } = generateIdentity();
const keyring = keyringOfDer([identity.publicKeyDer]);
const subject = subjects.report('demo', 'east');
const address = { mesh: 'demo', cluster: 'east', term: 3, generation: 7 };
const numbers = { sequence: 1_700_000_000_000_001, sentAtMs: 1_700_000_000_000 };

const seal = (message: Message): Uint8Array => sealMessage({ subject, address, message, identity, ...numbers });
const open = (payload: Uint8Array, expect: Message['kind']): Opened<Message['kind']> =>
  openMessage({ subject, payload, keyring, expect });

/** What the version before this one says too. */
const kindsBefore = [
  ...['desired-trust', 'report', 'issue-request', 'issue-response'],
  ...['credentials-request', 'credentials-response', 'link-terms', 'link-state'],
];
const messageBefore = arbitraryMessage.filter(({ kind }) => kindsBefore.some((each) => each === kind)).map(withoutNewFields);

/** Without what this version has added to messages that the one before had: absent means that it is as before. */
function withoutNewFields(message: Message): Message {
  if (message.kind === 'desired-trust') return { kind: message.kind, body: without(message.body, 'signer') };
  if (message.kind === 'link-terms') return { kind: message.kind, body: { ...message.body, heardSequence: 0 } };
  if (message.kind !== 'report') return message;
  return { kind: message.kind, body: without(without(message.body, 'standing'), 'secret') };
}

function without<T extends object, Key extends keyof T>(whole: T, key: Key): Omit<T, Key> {
  const rest = { ...whole };
  Reflect.deleteProperty(rest, key);
  return rest;
}

/** The message as the other schema has it: what that does not know is gone. */
function through(schema: protobuf.Root, name: string, bytes: Uint8Array): Uint8Array {
  const type = typeOf(schema, name);
  return type.encode(type.decode(bytes)).finish();
}

/** What the document of a mesh has gained: mgmt reads it, and nobody sends it over the bus. */
const ofMeshes: ReadonlySet<string> = new Set([
  'AutomaticVerification',
  'BaselineLimit',
  'EmergencyPolicy',
  'ExternalCheck',
  'PrometheusCheck',
  'VerificationPathProbe',
  'WebhookCheck',
]);

describe('between this version and the one before', () => {
  it('lies what this version has added, and nothing was taken away', () => {
    expect(protocolVersion).toBe(3);
    const [before, now] = [typeNamesOf(former), typeNamesOf(present)];
    const added = now.filter((name) => !before.includes(name) && !ofMeshes.has(name));
    expect(added.toSorted()).toEqual([
      'HandshakeFailure',
      'HandshakeProgress',
      'HandshakeTurn',
      'InspectRequest',
      'InspectedBudget',
      'InspectedCaFiles',
      'InspectedFact',
      'InspectedFinding',
      'InspectedIstiod',
      'InspectedKey',
      'InspectedProxies',
      'InspectedRight',
      'InspectedWebhook',
      'Inspection',
      'PathProbe',
      'PathProbeResult',
      'PresentedTrust',
      'StandingCa',
      'Task',
      'TaskResult',
    ]);
    expect(before.filter((name) => !now.includes(name))).toEqual([]);
  });

  it('every message of the older one opens as what it says', () => {
    fc.assert(
      fc.property(messageBefore, (message) => {
        const older = through(former, 'Envelope', seal(message));
        expect(open(older, message.kind).message).toEqual(message);
        const body = through(former, typeNames[message.kind], encodeMessage(message));
        expect(decodeMessage(message.kind, body)).toEqual(message);
      }),
    );
  });

  it('every message of the newer one that the older one knows is to it what it is to us', () => {
    fc.assert(
      fc.property(messageBefore, (message) => {
        const bytes = encodeMessage(message);
        const name = typeNames[message.kind];
        expect(typeOf(former, name).decode(bytes).toJSON()).toEqual(typeOf(present, name).decode(bytes).toJSON());
        const envelope = seal(message);
        expect(typeOf(former, 'Envelope').decode(envelope).toJSON()).toEqual(
          typeOf(present, 'Envelope').decode(envelope).toJSON(),
        );
      }),
    );
  });

  it('no kind of a message has another number', () => {
    const before = former.lookupEnum('reroot.v1.MessageKind').values;
    expect(v1.MessageKind).toMatchObject(before);
    expect(Object.keys(before)).toHaveLength(kindsBefore.length + 1);
  });
});

describe('of a sender of a later version', () => {
  it('fields that we do not know are passed over, in every part of every message, whatever their type', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        const later = addLaterFields(typeOf(present, typeNames[message.kind]), encodeMessage(message));
        expect(decodeMessage(message.kind, later)).toEqual(message);
      }),
    );
  });

  it('fields that we do not know are signed in the body, and let the signature hold in the envelope', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        const body = addLaterFields(typeOf(present, typeNames[message.kind]), encodeMessage(message));
        const { kind } = v1.Envelope.decode(seal(message));
        const { mesh, cluster, term, generation } = address;
        const parts = [subject, mesh, cluster, kind, term, generation, numbers.sequence, numbers.sentAtMs, body];
        const signature = identity.sign(joinParts(['reroot/v1 envelope', ...parts]));
        const wire = { keyId: identity.keyId, kind, ...address, ...numbers, body, signature };
        const envelope = addLaterFields(typeOf(present, 'Envelope'), v1.Envelope.encode(wire).finish());
        expect(open(envelope, message.kind)).toEqual({ address, message, keyId: identity.keyId, ...numbers });
        const stripped = through(present, typeNames[message.kind], body);
        expect(() => open(v1.Envelope.encode({ ...wire, body: stripped }).finish(), message.kind)).toThrow(
          expect.objectContaining({ code: 'RR_PROTOCOL_BAD_SIGNATURE' }) as Error,
        );
      }),
    );
  });

  it('a kind of message that we do not know is refused', () => {
    const wire = v1.Envelope.decode(
      seal({ kind: 'issue-request', body: { csr: Uint8Array.of(1), signerRoot: 'ab'.repeat(32) } }),
    );
    const payload = v1.Envelope.encode(Object.assign(wire, { kind: 99 })).finish();
    expect(() => open(payload, 'report')).toThrow(/^envelope\.kind is 99; known are 1 \(desired-trust\), /);
  });

  it.each([0, 1, protocolVersion + 1, 2 ** 32 - 1])('the version is told as it is: %d', (protocol) => {
    const terms = { mgmtPublicKeys: [Uint8Array.of(1)], cluster: 'east', protocol };
    expect(decodeMessage('link-terms', v1.LinkTerms.encode(terms).finish())).toMatchObject({ body: { protocol } });
    expect(decodeMessage('link-state', v1.LinkState.encode({ protocol }).finish())).toMatchObject({ body: { protocol } });
  });
});

describe('a value of an enumeration that we do not know', () => {
  const fingerprint = 'ab'.repeat(32);
  const holding = { bundleSha256: fingerprint };
  type Fields = Record<string, unknown>;
  const trust: Fields = {
    step: 1,
    roots: [Uint8Array.of(1)],
    signerRoot: fingerprint,
    intermediate: { ttlDays: 1, keyAlgorithm: 2 },
    nudge: 1,
    replicaRestart: 1,
    trustDomain: 'cluster.local',
  };
  const trustWith = (change: Fields): Uint8Array => v1.DesiredTrust.encode({ ...trust, ...change }).finish();
  const reportWith = (change: Fields): Uint8Array => v1.Report.encode(change).finish();
  const turn: Fields = { session: 's', group: 'g', role: 1, replica: 'istiod-0', trustDomain: 'cluster.local' };
  const progress: Fields = { state: 1, presented: { bundleSha256: fingerprint } };
  const turnWith = (change: Fields): Uint8Array => v1.Task.encode({ id: 't', handshake: { ...turn, ...change } }).finish();
  const progressWith = (change: Fields): Uint8Array =>
    v1.TaskResult.encode({ id: 't', handshake: { ...progress, ...change } }).finish();
  const proxiesWith = (change: Fields): Uint8Array =>
    v1.TaskResult.encode({
      id: 't',
      inspection: { facts: [{ name: 'proxies' }], proxies: [{ role: 'sidecar', certificates: 'istiod', ...change }] },
    }).finish();
  const probeWith = (change: Fields): Uint8Array =>
    v1.TaskResult.encode({
      id: 't',
      pathProbe: { ...progress, state: v1.HandshakeState.HANDSHAKE_STATE_TRUSTED, ...change },
    }).finish();

  /** Every field of an enumeration, with a message that has value 99 there. */
  const fields: Readonly<Record<string, readonly ['desired-trust' | 'report' | 'task' | 'task-result', Uint8Array]>> = {
    'DesiredTrust.step': ['desired-trust', trustWith({ step: 99 })],
    'DesiredTrust.nudge': ['desired-trust', trustWith({ nudge: 99 })],
    'DesiredTrust.replica_restart': ['desired-trust', trustWith({ replicaRestart: 99 })],
    'DesiredTrust.drift': ['desired-trust', trustWith({ drift: 99 })],
    'DesiredTrust.passage': ['desired-trust', trustWith({ passage: 99 })],
    'DesiredTrust.workload_restart': ['desired-trust', trustWith({ workloadRestart: 99 })],
    'CommonCertOptions.key_algorithm': ['desired-trust', trustWith({ intermediate: { ttlDays: 1, keyAlgorithm: 99 } })],
    'Report.unknown_levels': ['report', reportWith({ unknownLevels: [99] })],
    'ReplicaEvidence.multi_root': ['report', reportWith({ replicas: [{ holding, multiRoot: 99 }] })],
    'DesiredTrust.signer_kept': ['desired-trust', trustWith({ signerKept: 99 })],
    'StandingCa.source': ['report', reportWith({ standing: { source: 99, owner: 1, adoption: 1 } })],
    'StandingCa.owner': ['report', reportWith({ standing: { source: 1, owner: 99, adoption: 1 } })],
    'StandingCa.adoption': ['report', reportWith({ standing: { source: 1, owner: 1, adoption: 99 } })],
    'WorkloadEvidence.method': ['report', reportWith({ workloads: [{ holding, method: 99 }] })],
    'WorkloadEvidence.learns': ['report', reportWith({ workloads: [{ holding, method: 1, learns: 99 }] })],
    'InspectedProxies.learns': ['task-result', proxiesWith({ learns: 99 })],
    'HandshakeTurn.role': ['task', turnWith({ role: 99 })],
    'HandshakeProgress.state': ['task-result', progressWith({ state: 99 })],
    'PathProbeResult.state': ['task-result', probeWith({ state: 99 })],
    'PathProbeResult.refused_by': ['task-result', probeWith({ refusedBy: 99 })],
  };
  /** What people are only shown. */
  const shown = ['ReplicaEvidence.multi_root', 'WorkloadEvidence.learns', 'InspectedProxies.learns'];

  it('is foreseen for every one that a message has', () => {
    expect(enumFields(present).toSorted()).toEqual([...Object.keys(fields), 'Envelope.kind'].toSorted());
  });

  it.each(Object.keys(fields).filter((field) => !shown.includes(field)))(
    'is refused in %s, by which something is decided',
    (field) => {
      const [kind, bytes] = fields[field] ?? ['report', new Uint8Array()];
      expect(refusalOf(kind, bytes)).toMatch(
        new RegExp(`^RR_PROTOCOL_MALFORMED ${kind}\\.[^ ]*${field.split('.')[1]}(\\[0\\])?: .* is 99; known are `),
      );
    },
  );

  it.each(shown)('makes nobody deaf in %s, which people are only shown', (field) => {
    const [kind, bytes] = fields[field] ?? ['report', new Uint8Array()];
    expect(refusalOf(kind, bytes)).toBe('accepted');
  });

  it.each([
    ['a replica', 'report', reportWith({ replicas: [{ replica: 'a' }] }), 'report.replicas[0] has neither holding nor failure'],
    ['an answer with an intermediate', 'issue-response', new Uint8Array(), 'has neither a chain nor a refusal'],
    ['the result of a task', 'task-result', v1.TaskResult.encode({ id: 't' }).finish(), 'has neither an answer nor a refusal'],
    ['an answer with credentials', 'credentials-response', new Uint8Array(), 'credentials-response.granted is missing'],
  ] as const)('is refused likewise where %s is one of several, and of none that we know', (_, kind, bytes, expected) => {
    expect(refusalOf(kind, bytes)).toContain(expected);
  });
});

/** The fields of enumerations in everything that travels on the bus. */
function enumFields(schema: protobuf.Root): string[] {
  const found = new Set<string>();
  const seen = new Set<protobuf.Type>();
  const visit = (type: protobuf.Type): void => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const field of type.fieldsArray) {
      const { resolvedType } = field.resolve();
      if (resolvedType === null) continue;
      if ('fieldsArray' in resolvedType) visit(resolvedType);
      else found.add(`${type.name}.${snakeCase(field.name)}`);
    }
  };
  for (const name of ['Envelope', ...Object.values(typeNames)]) visit(typeOf(schema, name));
  return [...found];
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (upper) => `_${upper.toLowerCase()}`);
}
