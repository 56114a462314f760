import { z } from 'zod';
import {
  type AutomaticPolicy,
  defaultAutomaticPolicy as defaults,
  type ExternalCheck,
  ownCheckNames,
} from '../rotation/index.ts';
import { clusterNames } from './cluster-names.ts';
import { durationBetween } from './duration.ts';
import { exactlyOne } from './proto-json.ts';

/** AutomaticVerification and what it holds. Durations come out in milliseconds. */

const number = z.number('must be a number').refine(Number.isFinite, 'must be a finite number');

const httpUrl = z
  .string()
  .max(2_000)
  .refine(isPlainHttpUrl, 'must be an http or https address without credentials, query or fragment');

const pathProbeSchema = z.strictObject({
  clusters: clusterNames(0, 1_000).optional(),
  address: z.string().max(300).refine(isHostAndPort, 'must be host:port, such as gateway.east.example:15443'),
  serverName: z
    .string()
    .regex(/^[\w.*-]{0,253}$/, 'must be a name to ask for in TLS (SNI)')
    .optional(),
});

const webhookSchema = z.strictObject({ url: httpUrl, timeout: durationBetween('1s', '1m').optional() });

const prometheusSchema = z
  .strictObject({
    url: httpUrl,
    query: z.string().min(1, 'must not be empty').max(4_000, 'must be at most 4000 characters'),
    max: number.optional(),
    baseline: z
      .strictObject({
        ratio: number.refine((ratio) => ratio > 0, 'must be above 0'),
        tolerance: number.refine((tolerance) => tolerance >= 0, 'must be 0 or more').optional(),
      })
      .optional(),
    for: durationBetween('0s', '1d').optional(),
    noData: z.enum(['NO_DATA_UNSPECIFIED', 'NO_DATA_FAIL', 'NO_DATA_PASS']).optional(),
  })
  .refine(exactlyOne('max', 'baseline'), 'takes one of max, baseline');

const externalCheckSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be 1 to 63 lower-case letters, digits and hyphens')
      .refine((name) => !ownCheckNames.some((own) => own === name), `must be none of ${ownCheckNames.join(', ')}`),
    webhook: webhookSchema.optional(),
    prometheus: prometheusSchema.optional(),
  })
  .refine(exactlyOne('webhook', 'prometheus'), 'takes one of webhook, prometheus');

/** What an operator writes below `verification.automatic`. */
export const automaticVerificationSchema = z
  .strictObject({
    soak: durationBetween('0s', '7d').optional(),
    timeout: durationBetween('10s', '7d').optional(),
    onFailure: z.enum(['ON_FAILURE_UNSPECIFIED', 'ON_FAILURE_HOLD', 'ON_FAILURE_ROLLBACK']).optional(),
    handshakes: z.enum(['HANDSHAKES_UNSPECIFIED', 'HANDSHAKES_SAMPLED', 'HANDSHAKES_ALL_PAIRS', 'HANDSHAKES_OFF']).optional(),
    negativeProof: z
      .enum(['NEGATIVE_PROOF_UNSPECIFIED', 'NEGATIVE_PROOF_WHERE_POSSIBLE', 'NEGATIVE_PROOF_REQUIRED', 'NEGATIVE_PROOF_OFF'])
      .optional(),
    pathProbes: z.array(pathProbeSchema).max(20, 'must be at most 20 probes').optional(),
    checks: z
      .array(externalCheckSchema)
      .max(20, 'must be at most 20 checks')
      .refine((checks) => new Set(checks.map(({ name }) => name)).size === checks.length, 'must have names of their own')
      .optional(),
  })
  .superRefine(refuseLongWatches);

type Asked = z.infer<typeof automaticVerificationSchema>;

const onFailures = {
  ON_FAILURE_UNSPECIFIED: defaults.onFailure,
  ON_FAILURE_HOLD: 'hold',
  ON_FAILURE_ROLLBACK: 'rollback',
} as const satisfies Record<NonNullable<Asked['onFailure']>, AutomaticPolicy['onFailure']>;

const handshakes = {
  HANDSHAKES_UNSPECIFIED: defaults.handshakes,
  HANDSHAKES_SAMPLED: 'sampled',
  HANDSHAKES_ALL_PAIRS: 'all-pairs',
  HANDSHAKES_OFF: 'off',
} as const satisfies Record<NonNullable<Asked['handshakes']>, AutomaticPolicy['handshakes']>;

const negativeProofs = {
  NEGATIVE_PROOF_UNSPECIFIED: defaults.negativeProof,
  NEGATIVE_PROOF_WHERE_POSSIBLE: 'where-possible',
  NEGATIVE_PROOF_REQUIRED: 'required',
  NEGATIVE_PROOF_OFF: 'off',
} as const satisfies Record<NonNullable<Asked['negativeProof']>, AutomaticPolicy['negativeProof']>;

const webhookTimeoutMs = 10_000;

/** The policy that an operator asks for, with every default filled in. */
export function automaticPolicyOf(asked: Asked): AutomaticPolicy {
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
function checkOf({ name, webhook, prometheus }: NonNullable<Asked['checks']>[number]): ExternalCheck {
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

/** A check that takes longer than all of them may take could never pass. */
function refuseLongWatches(
  {
    timeout = defaults.timeoutMs,
    checks = [],
  }: { timeout?: number | undefined; checks?: readonly { prometheus?: { for?: number | undefined } | undefined }[] | undefined },
  context: z.RefinementCtx,
): void {
  for (const [index, { prometheus }] of checks.entries()) {
    if ((prometheus?.for ?? 0) < timeout) continue;
    context.addIssue({ code: 'custom', path: ['checks', index, 'prometheus', 'for'], message: 'must be less than timeout' });
  }
}

function isPlainHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

function isHostAndPort(text: string): boolean {
  const match = /^(?:[\w.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):(\d{1,5})$/.exec(text);
  const port = Number(match?.[1]);
  return port >= 1 && port <= 65_535;
}

function hostOf(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
