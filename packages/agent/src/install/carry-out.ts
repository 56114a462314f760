import type { Clock } from '@reroot/shared/clock';
import { assertNever } from '@reroot/shared/errors';
import { type Deadline, withDeadline } from '@reroot/shared/lifecycle';
import type { Log, LogFields } from '@reroot/shared/log';
import type { Problem } from '@reroot/shared/protocol';
import type { CaFiles, CaSecret, CaSecretContent, Cluster } from '../cluster/cluster.ts';
import { describeWrite, type Written } from '../events/describe-write.ts';
import { actOf, type TellEvent } from '../events/occurrence.ts';
import type { Intermediates } from '../intermediate/obtain-intermediate.ts';
import { problemOf } from '../problem.ts';
import type { Desired } from '../trust/desired.ts';
import { annotate, type WritingPlan } from './annotate.ts';
import type { InstallPlan } from './plan.ts';

/** What carrying out works with. */
export interface CarryOutOptions {
  readonly cluster: Cluster;
  readonly intermediates: Intermediates;
  /** Of each request to the cluster. */
  readonly deadline: Deadline;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: TellEvent;
}

/** What is planned, for which Secret and which desired trust. */
export interface Task {
  readonly plan: Exclude<InstallPlan, { kind: 'none' | 'refuse' }>;
  readonly secret: CaSecret | undefined;
  readonly desired: Desired;
  readonly drift: Written['drift'];
}

/** What came of it: the Secret as it stands afterwards, and what went wrong without being a failure. */
export interface CarriedOut {
  readonly secret: CaSecret | undefined;
  readonly problems: readonly Problem[];
}

/** The same after a write. */
interface WrittenOut extends CarriedOut {
  readonly secret: CaSecret;
}

/**
 * Does what was planned.
 * @throws RR_CLUSTER_CONFLICT when the Secret is no longer the one that was planned for; RR_CLUSTER_UNREACHABLE,
 *   RR_ISSUE_*, RR_NATS_NO_ANSWER, RR_VAULT_*
 */
export async function carryOut(task: Task, options: CarryOutOptions): Promise<CarriedOut> {
  const { plan, secret, desired, drift } = task;
  const { log, deadline, cluster, tell } = options;
  const { generation } = desired;
  const of = rowFields(desired);
  switch (plan.kind) {
    case 'write': {
      const written = await write(await contentOf(plan, task, options), secret, options);
      if (plan.needIntermediate) options.intermediates.settle();
      log.info({ ...of, newIntermediate: plan.needIntermediate }, 'the cacerts Secret was written');
      tell(describeWrite({ plan, before: secret, after: written.secret, desired, drift }));
      return written;
    }
    case 'nudge': {
      const written = await write(await contentOf(plan, task, options), secret, options);
      log.info(of, 'the proxies were nudged to ask for new certificates');
      tell(actOf('ProxiesNudged', `proxies were nudged to ask for new certificates, in generation ${generation}`));
      return written;
    }
    case 'mark':
      return write(await contentOf(plan, task, options), secret, options);
    case 'refresh':
      await withDeadline(deadline, (signal) => cluster.refreshVolumes(signal));
      return { secret, problems: [] };
    case 'restart':
      await withDeadline(deadline, (signal) => cluster.restartReplica(plan.replica, signal));
      log.warn({ ...of, replica: plan.replica }, 'a replica was told to restart');
      tell(actOf('ReplicaRestarted', `${plan.replica} of istiod was told to restart, for generation ${generation}`));
      return { secret, problems: [] };
    default:
      return assertNever(plan);
  }
}

/** Which row a line is about. The rotation is left out while there is none. */
function rowFields({ term, generation, rotationId }: Desired): Pick<LogFields, 'term' | 'generation' | 'rotation'> {
  return { term, generation, ...(rotationId === '' ? {} : { rotation: rotationId }) };
}

async function contentOf(plan: WritingPlan, { secret, desired }: Task, options: CarryOutOptions): Promise<CaSecretContent> {
  const keep = plan.kind !== 'write' || !plan.needIntermediate;
  const kept = plan.kind === 'write' && plan.restored !== undefined ? plan.restored : keep ? secret : undefined;
  const { caCert, caKey, certChain } = kept ?? (await options.intermediates.obtain(desired, options.deadline.signal));
  const annotations = annotate(plan, secret, desired, options.clock.now());
  // Lists go with the chain that they are complete for; without them istiod would trust again what they revoke.
  const crls = kept?.crl === undefined ? {} : { crl: kept.crl };
  // Of a CA that istiod made itself the chain is empty; in cacerts the first certificate of it is what istiod measures.
  const chain = certChain.trim() === '' ? caCert : certChain;
  const signer = desired.signer === 'kept' ? ({ signer: 'kept' } as const) : {};
  return { caCert, caKey, certChain: chain, rootCert: plan.bundle, annotations, ...crls, ...signer };
}

async function write(content: CaSecretContent, before: CaSecret | undefined, options: CarryOutOptions): Promise<WrittenOut> {
  const { cluster, deadline } = options;
  // What istiod made itself is never written: cacerts is created beside it.
  const expected = before?.source === 'cacerts' ? before.version : undefined;
  const secret = await withDeadline(deadline, (signal) => cluster.writeCaSecret(content, expected, signal));
  if (before !== undefined && isInVolumes(before) && sameFiles(before, secret)) return { secret, problems: [] };
  try {
    await withDeadline(deadline, (signal) => cluster.refreshVolumes(signal));
    return { secret, problems: [] };
  } catch (error) {
    deadline.signal.throwIfAborted();
    // The volumes follow by themselves within a minute or two; the Secret is written all the same.
    return { secret, problems: [problemOf(error)] };
  }
}

/** Whether the volumes of all replicas follow this very Secret already. */
function isInVolumes({ source, staleCopies }: CaSecret): boolean {
  return source === 'cacerts' && staleCopies.length === 0;
}

/** Annotations do not reach the volumes of the replicas. */
function sameFiles(a: CaFiles, b: CaFiles): boolean {
  const sameCa = a.caCert === b.caCert && a.caKey === b.caKey && a.certChain === b.certChain;
  return sameCa && a.rootCert === b.rootCert && a.crl === b.crl;
}
