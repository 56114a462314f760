import { RerootError } from '../errors/index.ts';
import { isName, requireName } from './name.ts';

const prefix = 'reroot.v1';
const topics = ['trust', 'report', 'issue'] as const;

/** What a subject carries. */
export type Topic = (typeof topics)[number];

/** Where on the bus each message travels; `*` stands for any mesh or cluster. */
export const subjects = {
  /** DesiredTrust, mgmt to one agent. */
  trust: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'trust'),
  /** Report, one agent to mgmt. */
  report: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'report'),
  /** IssueRequest with its answer, one agent to mgmt. */
  issue: (mesh: string, cluster: string) => subjectOf(mesh, cluster, 'issue'),
  allReports: () => `${prefix}.*.*.report`,
  allIssues: () => `${prefix}.*.*.issue`,
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
  throw new RerootError('RR_PROTOCOL_WRONG_SUBJECT', `${JSON.stringify(subject.slice(0, 200))} is not a subject of ${prefix}`);
}

function subjectOf(mesh: string, cluster: string, topic: Topic): string {
  return `${prefix}.${requireName('mesh', mesh)}.${requireName('cluster', cluster)}.${topic}`;
}
