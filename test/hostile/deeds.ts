import { generateIdentity, type Identity, parseSubject, sealMessage, subjects, type Topic } from '@reroot/shared/protocol';
import type { Random } from '@reroot/simulator/random';
import { mutate } from '../fuzz/mutate.ts';
import { sampleMessages } from '../fuzz/sample-messages.ts';

/** One message as it passed the broker. */
export interface Passed {
  readonly subject: string;
  readonly payload: Uint8Array;
}

/** Everything that a deed may draw on. */
export interface Memory {
  /** What has passed so far, oldest first; not all of it is kept. */
  readonly log: readonly Passed[];
  readonly clusters: readonly string[];
  readonly mesh: string;
}

/** What a hostile broker does to make a receiver take what its sender did not say, there and then. */
export type Deed = (random: Random, memory: Memory) => Passed | undefined;

const attacker = generateIdentity().identity;

/** Topics that travel from mgmt to agents, and from agents to mgmt. */
export const downward: readonly Topic[] = ['trust', 'terms', 'task'];
export const upward: readonly Topic[] = ['report', 'link', 'result'];

/** By name, for counting. */
export const deeds: Readonly<Record<string, Deed>> = {
  replay: (random, { log }) => random.pick(log),
  flipBits: (random, { log }) => {
    const passed = random.pick(log);
    return passed === undefined ? undefined : { ...passed, payload: flipBits(passed.payload, random) };
  },
  mangle: (random, { log }) => {
    const passed = random.pick(log);
    return passed === undefined
      ? undefined
      : { ...passed, payload: mutate(passed.payload, { random, others: [], maxBytes: 65_536 }) };
  },
  deliverToAnother: (random, { log, clusters, mesh }) => {
    const passed = random.pick(log);
    if (passed === undefined) return undefined;
    const { topic } = parseSubject(passed.subject);
    return { subject: subjectOf(mesh, random.pick(clusters) ?? '', topic), payload: passed.payload };
  },
  deliverAsAnotherKind: (random, { log, mesh }) => {
    const passed = random.pick(log);
    if (passed === undefined) return undefined;
    const { cluster } = parseSubject(passed.subject);
    return { subject: subjectOf(mesh, cluster, random.pick([...downward, ...upward]) ?? 'trust'), payload: passed.payload };
  },
  forgeByOwnKey: (random, memory) => forge(random, memory, attacker),
  forgeByStolenName: (random, memory) => {
    const victim = random.pick(memory.log);
    const keyId = victim === undefined ? undefined : /[0-9a-f]{64}/.exec(Buffer.from(victim.payload).toString('latin1'))?.[0];
    return forge(random, memory, { ...attacker, keyId: keyId ?? attacker.keyId });
  },
  sayNothing: (random, { clusters, mesh }) => {
    const topic = random.pick([...downward, ...upward]) ?? 'trust';
    return { subject: subjectOf(mesh, random.pick(clusters) ?? '', topic), payload: new Uint8Array() };
  },
};

/** A message that would do harm if it were believed: under the highest numbers, of every kind, about every cluster. */
function forge(random: Random, { clusters, mesh }: Memory, identity: Identity): Passed | undefined {
  const cluster = random.pick(clusters) ?? '';
  const message = random.pick(sampleMessages);
  if (message === undefined) return undefined;
  const subject = subjectOf(mesh, cluster, topicOf(message.kind));
  const address = { mesh, cluster, term: 2 ** 40, generation: 2 ** 40 };
  const payload = sealMessage({ subject, address, message, identity, sequence: 2 ** 52, sentAtMs: 2 ** 42 });
  return { subject, payload };
}

function topicOf(kind: string): Topic {
  switch (kind) {
    case 'desired-trust':
      return 'trust';
    case 'link-terms':
      return 'terms';
    case 'link-state':
      return 'link';
    case 'task':
      return 'task';
    case 'task-result':
      return 'result';
    default:
      return 'report';
  }
}

function subjectOf(mesh: string, cluster: string, topic: Topic): string {
  return subjects[topic](mesh, cluster);
}

function flipBits(payload: Uint8Array, random: Random): Uint8Array {
  const flipped = Buffer.from(payload);
  for (let bit = 0; bit < 1 + Math.floor(random.next() * 3); bit += 1) {
    const at = Math.floor(random.next() * flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random.next() * 8));
  }
  return flipped;
}
