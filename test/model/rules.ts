import type { AcceptedRow } from '@reroot/agent';
import { annotate, type Desired, planInstall, requireNewerOrSame } from '@reroot/agent/install';
import {
  type Assignment,
  answerVerification,
  assignmentOf,
  type ClusterEvidence,
  decide,
  judgeCluster,
  type RotationRecord,
} from '@reroot/mgmt/rotation';
import { judgeRootChange } from '@reroot/simulator/root-change';

/** Everything that decides in the world. All of it is the real thing; a mutation puts something else in one place. */
export interface Rules {
  /** mgmt: what happens next. */
  readonly decide: typeof decide;
  /** mgmt: what an operator's answer does. */
  readonly answer: typeof answerVerification;
  /** mgmt: what one cluster is told. More than one assignment only in a mutation. */
  readonly tell: (record: RotationRecord, cluster: string) => readonly Assignment[];
  /** mgmt: whether a cluster is proven to hold what it was told. */
  readonly judge: typeof judgeCluster;
  /** mgmt: how a report is read; only a mutation sees something else than what is there. */
  readonly read: (evidence: ClusterEvidence, told: Assignment) => ClusterEvidence;
  /** The store: whether a leader may still write. */
  readonly mayWrite: (term: number, newestTerm: number) => boolean;
  /** Agent: the one thing to do next about the Secret. */
  readonly plan: typeof planInstall;
  /** Agent: what it notes on the Secret. */
  readonly annotate: typeof annotate;
  /** Agent: whether desired trust is listened to after something else was accepted. */
  readonly accepts: (offered: Desired, accepted: AcceptedRow | undefined) => boolean;
  /** istiod: whether a replica that holds one bundle loads another. */
  readonly loads: (current: string, next: string) => boolean;
}

/** As everything is, with Istio up to 1.29, whose rule about bytes is the stricter one. */
export const realRules: Rules = {
  decide,
  answer: answerVerification,
  tell: (record, cluster) => {
    const assignment = assignmentOf(record, cluster);
    return assignment === undefined ? [] : [assignment];
  },
  judge: judgeCluster,
  read: (evidence) => evidence,
  mayWrite: (term, newestTerm) => term === newestTerm,
  plan: planInstall,
  annotate,
  accepts: (offered, accepted) => {
    try {
      requireNewerOrSame(offered, accepted);
      return true;
    } catch {
      return false;
    }
  },
  loads: (current, next) => judgeRootChange(current, next, { multiRoot: true, byteRule: 'bytes-contained' }).kind !== 'refused',
};
