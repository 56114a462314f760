import { assertNever, RerootError } from '@reroot/shared/errors';
import type { Certificate, KeyAlgorithm } from '@reroot/shared/pki';
import { type IntermediateSource, isRenewalDue } from '@reroot/shared/protocol';
import type { CaFiles } from '../cluster/cluster.ts';
import type { Desired } from '../trust/desired.ts';
import { checkAnswer } from './check-answer.ts';
import type { Issuer } from './issuer.ts';
import type { KeyAndRequest } from './key-and-request.ts';

/** The part of the Secret that signs. */
export type Intermediate = Pick<CaFiles, 'caCert' | 'caKey' | 'certChain'>;

/** Obtains intermediates from the source that is desired, each with a key of its own. */
export interface Intermediates {
  /**
   * Gives an intermediate under the desired signing root. Until `settle` is called it is the same one for the same source,
   * root and options, and so is the request for it: asking again after a failure is harmless.
   * @throws RR_ISSUE_REFUSED, RR_ISSUE_ANSWER_INVALID, and what the request over the bus throws; RR_VAULT_*
   */
  obtain(desired: Desired, signal: AbortSignal): Promise<Intermediate>;
  /** Forgets the key: the Secret holds it now. */
  settle(): void;
}

/** What obtaining works with. */
export interface IntermediatesOptions {
  readonly now: () => number;
  /** Who issues for a source. */
  readonly issuerOf: (source: IntermediateSource) => Promise<Issuer>;
}

/** A key, its request, and the intermediate once it was issued. */
interface Pending {
  readonly purpose: string;
  readonly request: KeyAndRequest;
  issued: Issued | undefined;
  unusable: Unusable | undefined;
}

interface Issued {
  readonly intermediate: Intermediate;
  readonly certificate: Certificate;
}

/** An answer that could not be taken, and until when it is not worth another one. */
interface Unusable {
  readonly error: RerootError;
  readonly untilMs: number;
  readonly pauseMs: number;
}

/** Of an issuer that keeps every certificate: who asks again with each pass would fill it. */
const firstPauseMs = 10_000;
const longestPauseMs = 10 * 60_000;

/** Starts with no key. */
export function createIntermediates({ now, issuerOf }: IntermediatesOptions): Intermediates {
  let pending: Pending | undefined;
  return {
    obtain: async (desired, signal) => {
      const issuer = await issuerOf(desired.intermediateSource);
      const purpose = purposeOf(desired);
      if (pending?.purpose !== purpose || isSpent(pending, desired, now())) {
        pending = { purpose, request: await issuer.begin(desired, signal), issued: undefined, unusable: undefined };
      }
      pending.issued ??= await issue(pending, desired, { issuer, now }, signal);
      return pending.issued.intermediate;
    },
    settle: () => {
      pending = undefined;
    },
  };
}

/** An intermediate that was issued long ago and could never be written. */
function isSpent({ issued }: Pending, { intermediate }: Desired, nowMs: number): boolean {
  return issued !== undefined && isRenewalDue(issued.certificate, intermediate.graceRatio, nowMs);
}

/** When it is renewed plays no part in how it is made. */
function purposeOf({ signerRoot, intermediate, trustDomain, intermediateSource }: Desired): string {
  return JSON.stringify([
    signerRoot.fingerprint,
    describeAlgorithm(intermediate.keyAlgorithm),
    intermediate.organization,
    intermediate.ttlDays,
    ...describeSource(intermediateSource, trustDomain),
  ]);
}

function describeAlgorithm(algorithm: KeyAlgorithm): string {
  return algorithm.kind === 'rsa' ? `rsa-${algorithm.bits}` : `ecdsa-${algorithm.curve}`;
}

/** Who makes and signs it, and what is in it by that. How Vault is told who asks plays no part. */
function describeSource(source: IntermediateSource, trustDomain: string): readonly string[] {
  switch (source.kind) {
    case 'mgmt':
      return [source.kind];
    case 'vault': {
      const { server, namespace, caPath, csrPath } = source.vault;
      return [source.kind, server, namespace, caPath, csrPath, trustDomain];
    }
    default:
      return assertNever(source);
  }
}

interface Asking {
  readonly issuer: Issuer;
  readonly now: () => number;
}

async function issue(pending: Pending, desired: Desired, asking: Asking, signal: AbortSignal): Promise<Issued> {
  const { issuer, now } = asking;
  if (pending.unusable !== undefined && now() < pending.unusable.untilMs) throw pending.unusable.error;
  try {
    return await ask(pending.request, desired, asking, signal);
  } catch (error) {
    const unusable = error instanceof RerootError && error.code === 'RR_ISSUE_ANSWER_INVALID';
    if (unusable && issuer.answers === 'another-each-time') {
      const pauseMs = Math.min(longestPauseMs, (pending.unusable?.pauseMs ?? firstPauseMs / 2) * 2);
      pending.unusable = { error, untilMs: now() + pauseMs, pauseMs };
    }
    throw error;
  }
}

async function ask(request: KeyAndRequest, desired: Desired, { issuer, now }: Asking, signal: AbortSignal): Promise<Issued> {
  const { signerRoot } = desired;
  const { graceRatio } = desired.intermediate;
  const { publicKeySpki, caKey } = request;
  const answer = await issuer.sign(request, desired, signal);
  const chain = checkAnswer(answer, { publicKeySpki, signerRoot, graceRatio, nowMs: now() });
  const [certificate] = chain;
  if (certificate === undefined) throw new RerootError('RR_ISSUE_ANSWER_INVALID', 'the answer holds no certificate');
  const certChain = chain.map(({ pem }) => pem).join('');
  return { intermediate: { caCert: certificate.pem, caKey, certChain }, certificate };
}
