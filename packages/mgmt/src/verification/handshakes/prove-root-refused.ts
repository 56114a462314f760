import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { Credential } from '@reroot/shared/handshake';
import type { Certificate } from '@reroot/shared/pki';
import type { KeptRoot } from '../../authorities/index.ts';
import type { ConductOptions } from './conduct-handshakes.ts';
import { converse, unavailable } from './converse.ts';
import { makeProofCredential, type ProofSigning } from './make-proof-credential.ts';
import type { HandshakeEnd, HandshakeResult } from './outcome.ts';
import { agentParty, newHandshakeId, ownParty } from './party.ts';
import type { HandshakeMember } from './plan-handshakes.ts';
import { beginRound } from './round-deadline.ts';
import { runBounded } from './run-bounded.ts';

/** What was proven of one bundle: that of a replica. */
export interface NegativeProof extends HandshakeEnd {
  readonly result: NegativeResult;
  readonly atMs: number;
}

/**
 * `proven`: a leaf of the old root was refused, and at the same moment one of the new root was accepted by the same bundle.
 * `broken`: a leaf of the old root was accepted. `unproven`: nothing was learnt, or the control was not accepted either.
 * `impossible`: mgmt cannot have a leaf signed under the old root.
 */
export type NegativeResult =
  | {
      readonly kind: 'proven';
      readonly control: Extract<HandshakeResult, { kind: 'accepted' }>;
      readonly refused: Extract<HandshakeResult, { kind: 'refused' }>;
    }
  | { readonly kind: 'broken'; readonly accepted: Extract<HandshakeResult, { kind: 'accepted' }> }
  | { readonly kind: 'unproven' | 'impossible'; readonly code: string; readonly message: string };

/** A root whose leaves are to be refused; without custody for one that was never mgmt's. */
export interface FormerRoot {
  readonly certificate: Certificate;
  readonly custody?: KeptRoot['custody'];
}

/** What proving works with. */
export interface ProveOptions extends Omit<ConductOptions, 'onProgress' | 'steadyClock'>, ProofSigning {
  readonly old: FormerRoot;
  /** The root that signs now. */
  readonly current: KeptRoot;
  /** How long each replica may take for one turn. */
  readonly turnMs: number;
  /** Called with each proof as it comes. */
  readonly onProgress?: (proof: NegativeProof) => void;
}

const usualConcurrency = 32;
const perCluster = 3;

/**
 * Proves of every replica of every cluster that it refuses what the old root has signed: mgmt dials each with a leaf of the old
 * root and, at the same moment, with one of the new root.
 * @returns one proof for each replica, and one for each cluster of which none is known
 * @throws the signal's reason
 */
export async function proveRootRefused(
  members: readonly HandshakeMember[],
  options: ProveOptions,
): Promise<readonly NegativeProof[]> {
  const { clock, signal, concurrency = usualConcurrency } = options;
  const ends = members.flatMap(({ cluster, replicas }) =>
    (replicas.length === 0 ? [''] : replicas).map((replica): HandshakeEnd => ({ cluster, replica })),
  );
  const round = beginRound(options);
  const within = { ...options, signal: round.until };
  try {
    const credentials = await makeCredentials(within);
    signal.throwIfAborted();
    const group = newHandshakeId();
    return await runBounded(ends, { concurrency, perKey: perCluster, keysOf: ({ cluster }) => [cluster] }, async (end) => {
      const result = await prove(end, credentials, group, within).catch(unprovenBecause);
      signal.throwIfAborted();
      const proof = { ...end, result, atMs: clock.now() };
      options.onProgress?.(proof);
      return proof;
    });
  } finally {
    round.end();
  }
}

/** What could not be brought to an end in time is not refused by that. */
function unprovenBecause(thrown: unknown): NegativeResult {
  const { code, message } = toRerootError(thrown);
  return unproven(code, message);
}

/** What mgmt presents, or why it has nothing to present. */
interface Credentials {
  readonly control: Credential | RerootError;
  readonly former: Credential | RerootError;
}

/** Not for now, but for good. */
const cannotBeSigned: ReadonlySet<string> = new Set(['RR_ISSUE_NOT_HERE', 'RR_ISSUE_FOREIGN', 'RR_KEYSTORE_KEY_MISSING']);

async function makeCredentials(options: ProveOptions): Promise<Credentials> {
  return { control: await makeOne(options.current, options), former: await makeOne(options.old, options) };
}

async function makeOne({ certificate, custody }: FormerRoot, options: ProveOptions): Promise<Credential | RerootError> {
  const { current, signal } = options;
  if (custody === undefined)
    return new RerootError('RR_ISSUE_NOT_HERE', `mgmt never had the key of root ${certificate.fingerprint}`);
  try {
    return await makeProofCredential({ certificate, custody }, [current.certificate], options, signal);
  } catch (error) {
    return toRerootError(signal.aborted ? signal.reason : error);
  }
}

async function prove(
  end: HandshakeEnd,
  { control, former }: Credentials,
  group: string,
  options: ProveOptions,
): Promise<NegativeResult> {
  options.signal.throwIfAborted();
  if (former instanceof RerootError) {
    const message = `no leaf can be made under the old root: ${former.message}`;
    return { kind: cannotBeSigned.has(former.code) ? 'impossible' : 'unproven', code: former.code, message };
  }
  if (control instanceof RerootError) return unproven(control.code, `no leaf can be made under the new root: ${control.message}`);
  if (end.replica === '') return unproven('RR_HANDSHAKE_NO_REPLICA', `no replica of istiod is known in ${end.cluster}`);
  const [accepted, refused] = await Promise.all([dial(end, control, group, options), dial(end, former, group, options)]);
  return judgeNegative(accepted, refused);
}

async function dial(
  end: HandshakeEnd,
  credential: Credential,
  group: string,
  { mesh, trustDomain, tasks, turnMs, signal }: ProveOptions,
): Promise<HandshakeResult> {
  const session = newHandshakeId();
  try {
    const own = ownParty({ role: 'client', session, credential, trustDomain });
    try {
      return await converse(own, agentParty(tasks, end, 'server', { mesh, trustDomain, group, session, turnMs }), signal);
    } finally {
      own.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    return unavailable(error);
  }
}

/**
 * What two handshakes prove, one with a leaf of the new root and one with a leaf of the old root. That the old leaf does not get
 * through counts only where the new one does, under the very same bundle: whoever refuses everybody proves nothing.
 */
export function judgeNegative(control: HandshakeResult, former: HandshakeResult): NegativeResult {
  if (former.kind === 'accepted') return { kind: 'broken', accepted: former };
  if (control.kind === 'unavailable') return unproven(control.code, `the control came to nothing: ${control.message}`);
  if (former.kind === 'unavailable') return unproven(former.code, former.message);
  if (control.kind === 'refused')
    return unproven(
      'RR_HANDSHAKE_CONTROL',
      `the leaf of the new root was refused too: ${control.refusals[0]?.failure.reason ?? ''}`,
    );
  if (control.server.bundleSha256 !== former.server.bundleSha256)
    return unproven('RR_HANDSHAKE_CONTROL', 'the two handshakes were not made under the same bundle');
  const byServer = former.refusals.find(({ by }) => by === 'server');
  if (byServer === undefined || !aboutRoot.has(byServer.failure.reason))
    return unproven('RR_HANDSHAKE_CONTROL', 'the leaf of the old root was refused for another reason than its root');
  return { kind: 'proven', control, refused: former };
}

/**
 * What OpenSSL says where no chain leads to a root that is trusted. Anything else, such as a clock, a purpose, a length of the
 * path or a name that a root does not allow, may be said of a leaf whose root is trusted still. An alert does not tell them apart.
 */
const aboutRoot: ReadonlySet<string> = new Set([
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

function unproven(code: string, message: string): NegativeResult {
  return { kind: 'unproven', code, message };
}
