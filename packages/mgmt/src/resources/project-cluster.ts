import type { ClusterAccount, ClusterStatus } from '@reroot/shared/api';
import { type ManagedClusterResourceStatus, maxListedProblems } from '@reroot/shared/resources';
import { type Finding, finding } from './conditions.ts';
import type { Projection } from './project-mesh.ts';

/** What is known of a cluster. */
export interface ClusterFacts {
  readonly account: ClusterAccount;
  /** Undefined while no mesh has it. */
  readonly status: ClusterStatus | undefined;
  /** The Secret that holds its join file. */
  readonly joinSecret: string | undefined;
}

/** What a ManagedCluster says of its cluster. Pure. */
export function projectCluster({ account, status, joinSecret }: ClusterFacts): Projection<ManagedClusterResourceStatus> {
  const access = account.origin === 'configured' ? 'configured' : account.state;
  const { enrolledAt, invitationExpiresAt, link } = account;
  return {
    status: {
      access,
      ...(joinSecret === undefined ? {} : { joinSecret }),
      ...(joinSecret === undefined || invitationExpiresAt === undefined ? {} : { joinExpiresAt: invitationExpiresAt }),
      ...(enrolledAt === undefined ? {} : { enrolledAt }),
      ...(link === undefined ? {} : { agentVersion: link.agentVersion }),
      ...(status === undefined ? {} : statusOf(status)),
    },
    findings: [enrolledOf(account), reportingOf(status), healthyOf(status)],
  };
}

function statusOf({ presence, lastReportAt, membership, verdict, told, intermediateNotAfter, problems }: ClusterStatus) {
  return {
    ...{ presence, membership, evidence: verdict.reason },
    ...(lastReportAt === undefined ? {} : { lastReportAt }),
    ...(told === undefined ? {} : { step: told.step, generation: told.generation }),
    ...(intermediateNotAfter === undefined ? {} : { intermediateNotAfter }),
    ...(problems.length === 0 ? {} : { problems: problems.slice(0, maxListedProblems).map((problem) => ({ ...problem })) }),
  };
}

function enrolledOf({ state, revoked }: ClusterAccount): Finding {
  switch (state) {
    case 'enrolled':
      return finding('Enrolled', true, 'Enrolled', 'its agent may speak to mgmt');
    case 'invited':
      return finding('Enrolled', false, 'Invited', 'no agent has enrolled by its join file yet');
    case 'expired':
      return finding('Enrolled', false, 'InvitationExpired', 'its join file was not used in time');
    case 'revoked':
      return finding('Enrolled', false, 'Revoked', `it was revoked by ${revoked?.by ?? 'somebody'}: ${revoked?.why ?? ''}`);
  }
}

function reportingOf(status: ClusterStatus | undefined): Finding {
  switch (status?.presence) {
    case undefined:
      return finding('Reporting', false, 'NoMesh', 'no mesh has the cluster');
    case 'reporting':
      return finding('Reporting', true, 'Reporting', 'its agent reports');
    case 'silent':
      return finding('Reporting', false, 'ClusterSilent', 'its agent has not reported lately');
    case 'never-seen':
      return finding('Reporting', false, 'ClusterNeverReported', 'its agent has not reported yet');
  }
}

function healthyOf(status: ClusterStatus | undefined): Finding {
  if (status === undefined || status.presence === 'never-seen') {
    return { type: 'Healthy', status: 'Unknown', reason: 'ClusterNeverReported', message: 'its agent has not reported yet' };
  }
  const [first] = status.problems;
  if (first === undefined) return finding('Healthy', true, 'NoProblems', 'its agent reports no problem');
  return finding('Healthy', false, first.code, `${first.message}; ${first.remedy}`);
}
