import { type Certificate, verifyChain } from '@reroot/shared/pki';

/** A root, and the CA below it or itself that is to sign intermediates. */
export interface RootCandidate {
  /** Self-signed. */
  readonly root: Certificate;
  /** From the CA that signs up to the last one below the root; empty where the root signs by itself. */
  readonly chain: readonly Certificate[];
}

/** What is wrong with a candidate; undefined when nothing is. */
type Rule = (candidate: RootCandidate, context: RuleContext) => string | undefined;

/** What rules look at besides the candidate. */
export interface RuleContext {
  readonly nowMs: number;
  /** The roots that the mesh has. */
  readonly known: readonly Certificate[];
}

/** Less is not worth a rotation: intermediates and leaves must live below it. */
const leastLifeMs = 86_400_000;

/** Each in the order in which it is told: what makes the others pointless comes first. */
const rules: readonly Rule[] = [
  ({ root }) => (root.isCa ? undefined : `the root, ${nameOf(root)}, is no CA`),
  ({ root, chain }) => {
    const signer = chain[0] ?? root;
    return signer.isCa ? undefined : `${nameOf(signer)} is no CA`;
  },
  ({ root }, { nowMs }) => {
    const left = root.notAfterMs - nowMs;
    return left > leastLifeMs ? undefined : `the root, ${nameOf(root)}, ends at ${iso(root.notAfterMs)}`;
  },
  ({ root, chain }, { nowMs }) => {
    const verified = verifyChain(chain.length === 0 ? [root] : chain, [root], nowMs);
    return verified.ok ? undefined : verified.message;
  },
  // What it signs are CAs themselves.
  ({ root, chain }) => {
    const path = [...chain, root];
    const short = path.find(({ pathLength }, below) => pathLength !== undefined && pathLength < below + 1);
    return short === undefined ? undefined : `the path length of ${nameOf(short)} leaves no room for an intermediate below it`;
  },
  // OpenSSL and BoringSSL tell CAs of one name apart by it.
  ({ root, chain }) => {
    const bare = [...chain, root].find(({ subjectKeyId }) => subjectKeyId === undefined);
    return bare === undefined ? undefined : `${nameOf(bare)} has no subject key identifier`;
  },
  ({ root }, { known }) => {
    const twin = known.find((each) => each.fingerprint !== root.fingerprint && sameBytes(each.subjectDer, root.subjectDer));
    return twin === undefined
      ? undefined
      : `root ${twin.fingerprint} of the mesh has the same name, ${nameOf(root)}; proxies would mix them up`;
  },
];

/**
 * The first rule that a root of somebody else's breaks, as a sentence; undefined when it can be rotated to. istiod, Envoy and
 * ztunnel would each notice another part of it, and none before traffic depends on it.
 */
export function rootProblem(candidate: RootCandidate, context: RuleContext): string | undefined {
  for (const rule of rules) {
    const problem = rule(candidate, context);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Whether a certificate has its own subject for issuer. */
export function isSelfIssued({ subjectDer, issuerDer }: Certificate): boolean {
  return sameBytes(subjectDer, issuerDer);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function nameOf({ subject, fingerprint }: Certificate): string {
  return subject === '' ? fingerprint : subject.replaceAll('\n', ', ');
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
