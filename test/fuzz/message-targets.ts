import {
  decodeMessage,
  encodeMessage,
  keyringOfDer,
  kindLimits,
  limits,
  type Message,
  openEnrolment,
  openMessage,
  parseSubject,
  subjects,
} from '@reroot/shared/protocol';
import { fixedIdentity } from './fixed-keys.ts';
import { largeReports } from './large-report.ts';
import { sampleMessages } from './sample-messages.ts';
import { sealBody } from './seal-body.ts';
import type { FuzzTarget } from './target.ts';

const keyring = keyringOfDer([fixedIdentity().publicKeyDer]);

const subjectOf: Readonly<Record<Message['kind'], string>> = {
  'desired-trust': subjects.trust('demo', 'east'),
  report: subjects.report('demo', 'east'),
  'issue-request': subjects.issue('demo', 'east'),
  'issue-response': subjects.issue('demo', 'east'),
  'credentials-request': subjects.renew('demo', 'east'),
  'credentials-response': subjects.renew('demo', 'east'),
  'link-terms': subjects.terms('demo', 'east'),
  'link-state': subjects.link('demo', 'east'),
  task: subjects.task('demo', 'east'),
  'task-result': subjects.result('demo', 'east'),
};

/** Everything that reads the bus: subjects, envelopes, and the body of each message under a signature that holds. */
export function messageTargets(): readonly FuzzTarget[] {
  return [
    {
      ...{ name: 'subject', damage: 'refuses', weight: 20, seedOutcome: 'taken', changedTaken: 'some' },
      seeds: Object.values(subjects).flatMap((of) => (of.length === 2 ? [Buffer.from((of as Of)('demo', 'east'))] : [])),
      maxBytes: 65_536,
      read: (input) => parseSubject(Buffer.from(input).toString('latin1')),
    },
    ...sampleMessages.flatMap((message) => [envelopeTarget(message), bodyTarget(message)]),
    ...sampleMessages.filter(({ kind }) => kind === 'credentials-request').map(enrolmentTarget),
  ];
}

type Of = (mesh: string, cluster: string) => string;

/** Changed envelopes are stopped by their signature: half of the inputs are bodies that were changed before they were signed. */
function envelopeTarget(message: Message): FuzzTarget {
  const { kind } = message;
  const subject = subjectOf[kind];
  return {
    ...{ name: `envelope of ${kind}`, damage: 'refuses', weight: 25, ...sealed(message, subject) },
    read: (payload) => openMessage({ subject, payload, keyring, expect: kind }),
  };
}

function enrolmentTarget(message: Message): FuzzTarget {
  const subject = subjects.enrol('demo', 'east');
  return {
    ...{ name: 'request to enrol', damage: 'refuses', weight: 60, ...sealed(message, subject) },
    read: (payload) => openEnrolment(subject, payload),
  };
}

function sealed(
  message: Message,
  subject: string,
): Pick<FuzzTarget, 'seeds' | 'seedOutcome' | 'changedTaken' | 'maxBytes' | 'inner'> {
  const body = encodeMessage(message);
  return {
    seeds: [sealBody(message, subject, body)],
    seedOutcome: 'taken',
    changedTaken: 'some',
    maxBytes: kindLimits[message.kind].bytes,
    inner: { valid: body, wrap: (changed) => sealBody(message, subject, changed) },
  };
}

function bodyTarget(message: Message): FuzzTarget {
  const { kind } = message;
  return {
    name: `body of ${kind}`,
    damage: 'refuses',
    weight: 50,
    seeds: [encodeMessage(message)],
    seedOutcome: 'taken',
    changedTaken: 'some',
    maxBytes: kindLimits[kind].bytes,
    ...(message.kind === 'report' ? { largest: largeReports(message, limits) } : {}),
    read: (bytes) => decodeMessage(kind, bytes),
  };
}
