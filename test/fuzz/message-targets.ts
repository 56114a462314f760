import {
  decodeMessage,
  encodeMessage,
  generateIdentity,
  keyringOfDer,
  type Message,
  openEnrolment,
  openMessage,
  parseSubject,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import { sampleMessages } from './sample-messages.ts';
import type { FuzzTarget } from './target.ts';

const { identity } = generateIdentity();
const keyring = keyringOfDer([identity.publicKeyDer]);
const address = { mesh: 'demo', cluster: 'east', term: 3, generation: 7 };
const subject = subjects.report('demo', 'east');

/** Everything that reads the bus: subjects, envelopes, and the body of each message under a signature that holds. */
export function messageTargets(): readonly FuzzTarget[] {
  const envelopes = sampleMessages.map((message) => seal(message));
  return [
    {
      name: 'subject',
      damage: 'refuses',
      weight: 20,
      seeds: subjectSeeds(),
      read: (input) => parseSubject(Buffer.from(input).toString('latin1')),
    },
    {
      name: 'envelope',
      damage: 'refuses',
      weight: 150,
      seeds: envelopes,
      read: (payload) => openMessage({ subject, payload, keyring, expect: 'report' }),
    },
    {
      name: 'request to enrol',
      damage: 'refuses',
      weight: 80,
      seeds: envelopes,
      read: (payload) => openEnrolment(subjects.enrol('demo', 'east'), payload),
    },
    ...sampleMessages.map((message) => bodyTarget(message)),
  ];
}

function bodyTarget(message: Message): FuzzTarget {
  const { kind } = message;
  return {
    name: `body of ${kind}`,
    damage: 'refuses',
    weight: 60,
    seeds: [encodeMessage(message)],
    read: (bytes) => decodeMessage(kind, bytes),
  };
}

function subjectSeeds(): readonly Uint8Array[] {
  const { trust, report, issue, enrol, renew, terms, link } = subjects;
  return [trust, report, issue, enrol, renew, terms, link].map((of) => Buffer.from(of('demo', 'east')));
}

function seal(message: Message): Uint8Array {
  return sealMessage({ subject, address, message, identity, sequence: 1_700_000_000_000_000, sentAtMs: 1_700_000_000_000 });
}
