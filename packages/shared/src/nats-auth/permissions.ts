import { enrolInboxPrefix, inboxPrefix, subjects } from '../protocol/index.ts';

/** What a user of NATS may do; everything else the server refuses. */
export interface NatsPermissions {
  /** Subjects that it may publish to. */
  readonly publish: readonly string[];
  /** Subjects that it may subscribe to, or to any part of. */
  readonly subscribe: readonly string[];
}

/** An agent that is enrolled: its own cluster's subjects, in the direction in which they are spoken. */
export function agentPermissions(mesh: string, cluster: string): NatsPermissions {
  return {
    publish: [
      subjects.report(mesh, cluster),
      subjects.issue(mesh, cluster),
      subjects.renew(mesh, cluster),
      subjects.link(mesh, cluster),
      subjects.result(mesh, cluster),
    ],
    subscribe: [
      subjects.trust(mesh, cluster),
      subjects.terms(mesh, cluster),
      subjects.task(mesh, cluster),
      `${inboxPrefix(mesh, cluster)}.>`,
    ],
  };
}

/** Who holds a join file: may ask to be enrolled, and hear the answer. */
export function joinPermissions(mesh: string, cluster: string): NatsPermissions {
  return { publish: [subjects.enrol(mesh, cluster)], subscribe: [`${enrolInboxPrefix(mesh, cluster)}.>`] };
}

/**
 * mgmt: the other direction of every cluster's subjects. It answers to the inboxes by name: what NATS calls
 * allow_responses would let an agent choose any subject for mgmt to publish to.
 */
export function mgmtPermissions(): NatsPermissions {
  return {
    publish: [
      subjects.all('trust'),
      subjects.all('terms'),
      subjects.all('task'),
      subjects.allInboxes(),
      subjects.allEnrolInboxes(),
    ],
    subscribe: [
      subjects.all('report'),
      subjects.all('issue'),
      subjects.all('enrol'),
      subjects.all('renew'),
      subjects.all('link'),
      subjects.all('result'),
    ],
  };
}

/** A leaf node of a region: what its agents may do altogether, so that whoever runs it cannot speak as mgmt elsewhere. */
export function leafPermissions(): NatsPermissions {
  const { publish, subscribe } = mgmtPermissions();
  return { publish: subscribe, subscribe: publish };
}

const serversSubject = '$SYS.REQ.SERVER.PING.IDZ';
const updateSubject = '$SYS.REQ.CLAIMS.UPDATE';
const inbox = '_INBOX.reroot';

/** What mgmt asks the servers on the system account when it revokes users. */
export const systemSubjects = {
  /** Every server says who it is. */
  servers: () => serversSubject,
  /** Every server gives the account's JWT. */
  lookup: (account: string) => `$SYS.REQ.ACCOUNT.${account}.CLAIMS.LOOKUP`,
  /** Every server takes the JWT of an account. */
  update: () => updateSubject,
  /** Where the answers go. */
  inbox: () => inbox,
} as const;

/** mgmt's user of the system account: those requests, and no look at who is connected. */
export function systemPermissions(account: string): NatsPermissions {
  return {
    publish: [systemSubjects.servers(), systemSubjects.lookup(account), systemSubjects.update()],
    subscribe: [`${systemSubjects.inbox()}.>`],
  };
}

/**
 * A leaf node's user of the system account: hears those requests and answers them, and when it comes back asks the servers
 * for what it has missed, as they ask one another (their resolver's `CLAIMS.PACK`).
 */
export function leafSystemPermissions(account: string): NatsPermissions {
  const { publish, subscribe } = systemPermissions(account);
  return { publish: [...subscribe, '$SYS.REQ.CLAIMS.PACK'], subscribe: [...publish, '$SYS._INBOX.>'] };
}
