import type { AutomaticVerification } from '@reroot/shared/virtual-mesh';
import { type AutomaticPolicy, defaultAutomaticPolicy as defaults, type ExternalCheck } from '../rotation/index.ts';

const onFailures = {
  ON_FAILURE_UNSPECIFIED: defaults.onFailure,
  ON_FAILURE_HOLD: 'hold',
  ON_FAILURE_ROLLBACK: 'rollback',
} as const satisfies Record<NonNullable<AutomaticVerification['onFailure']>, AutomaticPolicy['onFailure']>;

const handshakes = {
  HANDSHAKES_UNSPECIFIED: defaults.handshakes,
  HANDSHAKES_SAMPLED: 'sampled',
  HANDSHAKES_ALL_PAIRS: 'all-pairs',
  HANDSHAKES_OFF: 'off',
} as const satisfies Record<NonNullable<AutomaticVerification['handshakes']>, AutomaticPolicy['handshakes']>;

const negativeProofs = {
  NEGATIVE_PROOF_UNSPECIFIED: defaults.negativeProof,
  NEGATIVE_PROOF_WHERE_POSSIBLE: 'where-possible',
  NEGATIVE_PROOF_REQUIRED: 'required',
  NEGATIVE_PROOF_OFF: 'off',
} as const satisfies Record<NonNullable<AutomaticVerification['negativeProof']>, AutomaticPolicy['negativeProof']>;

const webhookTimeoutMs = 10_000;

/** The policy that an operator asks for, with every default filled in. */
export function automaticPolicyOf(asked: AutomaticVerification): AutomaticPolicy {
  return {
    soakMs: asked.soak ?? defaults.soakMs,
    timeoutMs: asked.timeout ?? defaults.timeoutMs,
    onFailure: onFailures[asked.onFailure ?? 'ON_FAILURE_UNSPECIFIED'],
    handshakes: handshakes[asked.handshakes ?? 'HANDSHAKES_UNSPECIFIED'],
    negativeProof: negativeProofs[asked.negativeProof ?? 'NEGATIVE_PROOF_UNSPECIFIED'],
    pathProbes: (asked.pathProbes ?? []).map(({ clusters = [], address, serverName = '' }) => ({
      clusters,
      address,
      serverName: serverName === '' ? hostOf(address) : serverName,
    })),
    checks: (asked.checks ?? []).map(checkOf),
  };
}

/** The schema has seen to it that exactly one of each choice is set. */
function checkOf({ name, webhook, prometheus }: NonNullable<AutomaticVerification['checks']>[number]): ExternalCheck {
  if (webhook !== undefined) {
    return { kind: 'webhook', name, url: webhook.url, timeoutMs: webhook.timeout ?? webhookTimeoutMs };
  }
  const { url = '', query = '', max = 0, baseline, noData } = prometheus ?? {};
  return {
    kind: 'prometheus',
    name,
    url,
    query,
    limit:
      baseline === undefined
        ? { kind: 'max', max }
        : { kind: 'baseline', ratio: baseline.ratio, tolerance: baseline.tolerance ?? 0 },
    forMs: prometheus?.for ?? 0,
    noData: noData === 'NO_DATA_PASS' ? 'pass' : 'fail',
  };
}

/** What a probe asks for in TLS where it names nothing: the host of its address. */
export function hostOf(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
