import { RerootError } from '../errors/index.ts';
import { isName, requireName } from './name.ts';
import { quoteText } from './quote-text.ts';

const prefix = 'reroot.v1';
const topics = ['trust', 'report', 'issue', 'enrol', 'renew', 'terms', 'link', 'task', 'result'] as const;

/** Where the answers to one agent's requests go: below this, by the client's own numbering. */
export function inboxPrefix(mesh: string, cluster: string): string {
  return `${prefix}.${requireName('mesh', mesh)}.${requireName('cluster', cluster)}.inbox`;
}

/** The same for an agent that is not enrolled yet, whose credentials allow nothing else. */
export function enrolInboxPrefix(mesh: string, cluster: string): string {
  return `${prefix}.${requireName('mesh', mesh)}.${requireName('cluster', cluster)}.enrol-inbox`;
}

/** What a subject carries. */
export type Topic = (typeof topics)[number];

/** Where on the bus each message travels. */
export const subjects = {
  /** DesiredTrust, mgmt to one agent. */
  trust: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'trust'),
  /** Report, one agent to mgmt. */
  report: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'report'),
  /** IssueRequest with its answer, one agent to mgmt and back. */
  issue: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'issue'),
  /** CredentialsRequest with its answer, of an agent that mgmt does not know yet. */
  enrol: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'enrol'),
  /** The same, of an agent that changes its keys. */
  renew: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'renew'),
  /** LinkTerms, mgmt to one agent. */
  terms: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'terms'),
  /** LinkState, one agent to mgmt. */
  link: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'link'),
  /** Task, mgmt to one agent. */
  task: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'task'),
  /** TaskResult, one agent to mgmt. */
  result: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'result'),
  /** Every subject of one topic, for mgmt to listen to. */
  all: (topic: Topic) => `${prefix}.*.*.${topic}`,
  /** Every inbox of agents, for mgmt to answer to. */
  allInboxes: () => `${prefix}.*.*.inbox.>`,
  /** The same of those that are not enrolled yet. */
  allEnrolInboxes: () => `${prefix}.*.*.enrol-inbox.>`,
} as const;

/**
 * Reads a subject.
 * @throws RR_PROTOCOL_WRONG_SUBJECT when it is none of ours
 */
export function parseSubject(subject: string): { mesh: string; cluster: string; topic: Topic } {
  const [reroot, version, mesh = '', cluster = '', last, ...rest] = subject.split('.');
  const topic = topics.find((each) => each === last);
  if (`${reroot}.${version}` === prefix && isName(mesh) && isName(cluster) && topic !== undefined && rest.length === 0) {
    return { mesh, cluster, topic };
  }
  throw new RerootError('RR_PROTOCOL_WRONG_SUBJECT', `${quoteText(subject)} is not a subject of ${prefix}`);
}

function subjectOf(mesh: string, cluster: string, topic: Topic): string {
  return `${prefix}.${requireName('mesh', mesh)}.${requireName('cluster', cluster)}.${topic}`;
}
