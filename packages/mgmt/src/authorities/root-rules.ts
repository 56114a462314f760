import { errorMessage, RerootError } from '@reroot/shared/errors';
import { algorithmOf, type Certificate, verifyChain } from '@reroot/shared/pki';

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
  each((ca) => (ca.isCa ? undefined : `${nameOf(ca)} is no CA, or its keyUsage lacks keyCertSign`)),
  // Chains are linked by names (RFC 5280 §4.1.2.6): an empty one is that of everybody.
  each((ca) => (ca.subject === '' ? `CA ${ca.fingerprint} has no subject` : undefined)),
  each(keyProblem),
  each((ca, { nowMs }) => (ca.notAfterMs - nowMs > leastLifeMs ? undefined : `${nameOf(ca)} ends at ${iso(ca.notAfterMs)}`)),
  ({ root, chain }, { nowMs }) => {
    const verified = verifyChain(chain.length === 0 ? [root] : chain, [root], nowMs);
    return verified.ok ? undefined : verified.message;
  },
  // A root counts because it is trusted, whatever its own signature says; one that does not fit is another's certificate, or damaged.
  ({ root }) => (root.x509.verify(root.publicKey) ? undefined : `the root, ${nameOf(root)}, is not signed by its own key`),
  // What it signs are CAs themselves.
  ({ root, chain }) => {
    const path = [...chain, root];
    const short = path.find(({ pathLength }, below) => pathLength !== undefined && pathLength < below + 1);
    return short === undefined ? undefined : `the path length of ${nameOf(short)} leaves no room for an intermediate below it`;
  },
  // OpenSSL and BoringSSL tell CAs of one name apart by it.
  each((ca) => (ca.subjectKeyId === undefined ? `${nameOf(ca)} has no subject key identifier` : undefined)),
  // A root that asks for another key than its own is taken for one that somebody else has issued.
  ({ root }) => {
    const { authorityKeyId = root.subjectKeyId, subjectKeyId } = root;
    return authorityKeyId === subjectKeyId
      ? undefined
      : `the authority key identifier of the root, ${nameOf(root)}, is not its own key identifier`;
  },
  ({ root }, { known }) => {
    const twin = known.find((other) => other.fingerprint !== root.fingerprint && sameBytes(other.subjectDer, root.subjectDer));
    return twin === undefined
      ? undefined
      : `root ${twin.fingerprint} of the mesh has the same name, ${nameOf(root)}; proxies would mix them up`;
  },
];

/** A rule that holds for every CA, the one that signs first. */
function each(check: (ca: Certificate, context: RuleContext) => string | undefined): Rule {
  return ({ root, chain }, context) => {
    for (const ca of [...chain, root]) {
      const problem = check(ca, context);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

/** What every part of a mesh takes is less than what Go verifies. */
function keyProblem(ca: Certificate): string | undefined {
  try {
    algorithmOf(ca.publicKey);
    return undefined;
  } catch (error) {
    return `${nameOf(ca)} is not to be rotated to: ${errorMessage(error)}`;
  }
}

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

/** @throws RR_ROOT_UNCHANGED for a root that the mesh has */
export function requireNew({ fingerprint }: Certificate, known: readonly Certificate[], place: string): void {
  if (known.every((each) => each.fingerprint !== fingerprint)) return;
  throw new RerootError('RR_ROOT_UNCHANGED', `the mesh has root ${fingerprint} already`, { place });
}
