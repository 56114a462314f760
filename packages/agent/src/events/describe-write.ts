import { parseCertificate } from '@reroot/shared/pki';
import type { CaSecret } from '../cluster/cluster.ts';
import type { InstallPlan } from '../install/plan.ts';
import { describeRow, digestRow } from '../trust/accepted.ts';
import type { Desired } from '../trust/desired.ts';
import { actOf, type Occurrence } from './occurrence.ts';

/** A write that was carried out. */
export interface Written {
  readonly plan: Extract<InstallPlan, { kind: 'write' }>;
  readonly before: CaSecret | undefined;
  readonly after: CaSecret;
  readonly desired: Desired;
  /** Whether somebody else had changed the files or taken them away. */
  readonly drift: 'found' | 'none';
}

/** What a write of `cacerts` is, to whoever watches the cluster. Pure. */
export function describeWrite({ plan, before, after, desired, drift }: Written): Occurrence {
  const { generation } = desired;
  const held = `cacerts holds generation ${generation}, ${describeRow(desired)} (roots | signer)`;
  const signer = plan.needIntermediate ? `, with a new intermediate until ${endOf(after)}` : '';
  const isSameRow = before?.annotations === undefined || before.annotations.accepted.rowDigest === digestRow(desired);
  if (drift === 'found' && isSameRow) return actOf('TrustRestored', `${held}${signer}: somebody else had changed or deleted it`);
  const renewed = before?.annotations !== undefined && isSameRow && plan.needIntermediate;
  return actOf(renewed ? 'IntermediateRenewed' : 'TrustWritten', held + signer);
}

function endOf({ caCert }: CaSecret): string {
  return new Date(parseCertificate(caCert).notAfterMs).toISOString();
}
