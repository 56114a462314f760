import { RerootError } from '@reroot/shared/errors';
import { type Certificate, createCsr, exportPrivateKey, generateKey, type KeyAlgorithm, signerFromKey } from '@reroot/shared/pki';
import { type IssueRequest, type IssueResponse, isRenewalDue } from '@reroot/shared/protocol';
import type { CaFiles } from '../cluster/cluster.ts';
import type { Desired } from '../trust/desired.ts';
import { checkAnswer } from './check-answer.ts';

/** The part of the Secret that signs. */
export type Intermediate = Pick<CaFiles, 'caCert' | 'caKey' | 'certChain'>;

/** Obtains intermediates, each with a key of its own that never leaves the cluster. */
export interface IntermediateSource {
  /**
   * Gives an intermediate under the desired signing root. Until `settle` is called it is the same one for the same root
   * and options, and so is the request for it: asking again after a failure is harmless.
   * @throws RR_ISSUE_REFUSED, RR_ISSUE_ANSWER_INVALID, and what the request over the bus throws
   */
  obtain(desired: Desired, signal: AbortSignal): Promise<Intermediate>;
  /** Forgets the key: the Secret holds it now. */
  settle(): void;
}

/** What a source works with. */
export interface SourceOptions {
  readonly cluster: string;
  readonly now: () => number;
  readonly makeKey?: typeof generateKey;
  readonly request: (request: IssueRequest, signal: AbortSignal) => Promise<IssueResponse>;
}

/** A key, its request, and the intermediate once it was issued. */
interface Pending {
  readonly purpose: string;
  readonly caKey: string;
  readonly publicKeySpki: Uint8Array;
  readonly csr: Uint8Array;
  issued: { readonly intermediate: Intermediate; readonly certificate: Certificate } | undefined;
}

/** Starts with no key. */
export function createIntermediateSource(options: SourceOptions): IntermediateSource {
  let pending: Pending | undefined;
  return {
    obtain: async (desired, signal) => {
      if (pending?.purpose !== purposeOf(desired) || isSpent(pending, desired, options.now()))
        pending = await begin(desired, options);
      pending.issued ??= await ask(pending, desired, options, signal);
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
function purposeOf({ signerRoot, intermediate }: Desired): string {
  return JSON.stringify([
    signerRoot.fingerprint,
    describeAlgorithm(intermediate.keyAlgorithm),
    intermediate.organization,
    intermediate.ttlDays,
  ]);
}

function describeAlgorithm(algorithm: KeyAlgorithm): string {
  return algorithm.kind === 'rsa' ? `rsa-${algorithm.bits}` : `ecdsa-${algorithm.curve}`;
}

async function begin(desired: Desired, { cluster, makeKey = generateKey }: SourceOptions): Promise<Pending> {
  const key = await makeKey(desired.intermediate.keyAlgorithm);
  const signer = signerFromKey(key);
  const { organization } = desired.intermediate;
  const csr = await createCsr({ key: signer, commonName: `${cluster} intermediate`, organization });
  return {
    purpose: purposeOf(desired),
    caKey: exportPrivateKey(key),
    publicKeySpki: signer.publicKeySpki,
    csr,
    issued: undefined,
  };
}

async function ask(
  pending: Pending,
  desired: Desired,
  { request, now }: SourceOptions,
  signal: AbortSignal,
): Promise<Pending['issued'] & object> {
  const { signerRoot } = desired;
  const { graceRatio } = desired.intermediate;
  const answer = await request({ csr: pending.csr, signerRoot: signerRoot.fingerprint }, signal);
  if (answer.kind === 'refused') {
    const { code, message, remedy } = answer.problem;
    throw new RerootError('RR_ISSUE_REFUSED', `mgmt refused to issue an intermediate: ${code} ${message}`, { remedy });
  }
  const { publicKeySpki } = pending;
  const chain = checkAnswer(answer.chain, { publicKeySpki, signerRoot, graceRatio, nowMs: now() });
  const [certificate] = chain;
  if (certificate === undefined) throw new RerootError('RR_ISSUE_ANSWER_INVALID', 'the answer holds no certificate');
  const certChain = chain.map(({ pem }) => pem).join('');
  return { intermediate: { caCert: certificate.pem, caKey: pending.caKey, certChain }, certificate };
}
