import { RerootError } from '../errors/index.ts';
import { parseSubject, type Topic } from '../protocol/index.ts';
import type { Bus } from '../transport/index.ts';

/** All that the version before this one spoke of. */
const formerTopics: readonly Topic[] = ['trust', 'report', 'issue', 'enrol', 'renew', 'terms', 'link'];

/**
 * A bus as the version before would use it: what stands behind it neither hears of anything later nor says it. What it does
 * say is the same to the byte, as the tests of the protocol hold.
 */
export function speakFormerVersion(bus: Bus): Bus {
  const isKnown = (subject: string): boolean =>
    subject.includes('*')
      ? formerTopics.some((topic) => subject.endsWith(`.${topic}`))
      : formerTopics.includes(parseSubject(subject).topic);
  return {
    ...bus,
    publish: (subject, payload) => {
      if (isKnown(subject)) bus.publish(subject, payload);
    },
    subscribe: (subject, handler, options) => (isKnown(subject) ? bus.subscribe(subject, handler, options) : () => undefined),
    request: async (subject, payload, options) => {
      if (isKnown(subject)) return bus.request(subject, payload, options);
      throw new RerootError('RR_NATS_NO_ANSWER', `the version before does not know ${subject}`);
    },
  };
}

/** What the version before called itself. */
export const formerProtocolVersion = 2;

/** A user of NATS as docs/protocol.md of the version before described it, for one server that has no other. */
interface FormerUser {
  readonly name: 'mgmt' | 'agent';
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/**
 * Configuration of a nats-server with the permissions that an installation of the version before has: of mgmt, and of the
 * agents of one mesh.
 */
export function formerNatsConfig(mesh: string): string {
  const users: readonly FormerUser[] = [
    {
      name: 'mgmt',
      publish: ['trust', 'terms', 'inbox.>', 'enrol-inbox.>'].map((topic) => `reroot.v1.*.*.${topic}`),
      subscribe: ['report', 'issue', 'enrol', 'renew', 'link'].map((topic) => `reroot.v1.*.*.${topic}`),
    },
    {
      name: 'agent',
      publish: ['report', 'issue', 'renew', 'link'].map((topic) => `reroot.v1.${mesh}.*.${topic}`),
      subscribe: ['trust', 'terms', 'inbox.>'].map((topic) => `reroot.v1.${mesh}.*.${topic}`),
    },
  ];
  return JSON.stringify({
    max_payload: 1_048_576,
    authorization: {
      users: users.map(({ name, publish, subscribe }) => ({ user: name, password: name, permissions: { publish, subscribe } })),
    },
  });
}
