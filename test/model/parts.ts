import type { CaAnnotations, CaFiles, CaSecret } from '@reroot/agent';
import { type Desired, readDesired } from '@reroot/agent/install';
import type { TrustRow } from '@reroot/mgmt/rotation';
import { rootsOf, sha256Hex } from '@reroot/shared/pki';
import { createInterner, type Interner } from './interner.ts';
import type { Authorities } from './materials.ts';
import { createRoots, type Roots } from './roots.ts';

/** Exact bytes of a root bundle, and which roots are in it, as bits. */
export interface Bundle {
  readonly text: string;
  readonly sha256: string;
  readonly trusts: number;
  /** As a story tells it: `A+B`, with a stroke for each nudge. */
  readonly name: string;
}

/** What istiod reads of the Secret. */
export interface Files {
  readonly bundle: number;
  /** Whose intermediate signs, as the bit of its root. */
  readonly signer: number;
  readonly name: string;
}

/** The `cacerts` Secret, with what the agent notes on it. */
export interface Secret {
  readonly files: number;
  readonly secret: CaSecret;
  readonly annotations: CaAnnotations;
}

/** Desired trust that was published once. */
export interface Message {
  readonly desired: Desired;
  readonly trusts: number;
  readonly signer: number;
  readonly name: string;
}

/** Everything that clusters hold and send, each under a number of its own. */
export interface Parts {
  readonly roots: Roots;
  readonly bundles: Interner<Bundle>;
  readonly files: Interner<Files>;
  readonly secrets: Interner<Secret>;
  readonly messages: Interner<Message>;
  bundleOf(text: string): number;
  filesOf(bundle: number, signer: number): number;
  secretOf(files: number, annotations: CaAnnotations): number;
  messageOf(term: number, generation: number, row: TrustRow): number;
  /** What signed in a cluster before, under this root, as a backup of its Secret holds it. */
  formerOf(signer: number): CaFiles;
}

/**
 * Starts with nothing known.
 * @param foreign bits of the roots whose signers clusters are to keep
 */
export function createParts(authorities: Authorities, foreign = 0): Parts {
  const roots = createRoots(authorities);
  const bundles = createInterner<Bundle>();
  const files = createInterner<Files>();
  const secrets = createInterner<Secret>();
  const messages = createInterner<Message>();
  return {
    roots,
    bundles,
    files,
    secrets,
    messages,
    formerOf: (signer) => {
      const { certificate, intermediate, caKey } = roots.authorityOf(signer);
      return { caCert: intermediate.pem, caKey, certChain: intermediate.pem, rootCert: certificate.pem };
    },
    bundleOf: (text) => bundles.idOf(text, () => readBundle(text, roots)),
    filesOf: (bundle, signer) =>
      files.idOf(`${bundle} ${signer}`, () => {
        const name = `[${bundles.at(bundle).name} | ${roots.lettersOf(signer)}]`;
        return { bundle, signer, name };
      }),
    secretOf: (id, annotations) =>
      secrets.idOf(`${id} ${JSON.stringify(annotations)}`, () => {
        const { bundle, signer } = files.at(id);
        const { intermediate, caKey } = roots.authorityOf(signer);
        const pems = { caCert: intermediate.pem, caKey, certChain: intermediate.pem, rootCert: bundles.at(bundle).text };
        const told = { source: 'cacerts', version: '1', owner: 'reroot', editedBy: [], staleCopies: [] } as const;
        return { files: id, annotations, secret: { ...pems, ...told, annotations } };
      }),
    messageOf: (term, generation, row) =>
      messages.idOf([term, generation, ...row.roots, row.signer, row.nudge].join(), () => {
        const desired = desire(term, generation, row, roots, foreign);
        const trusts = row.roots.reduce((bits, root) => bits | roots.bitOf(root), 0);
        const signer = roots.bitOf(row.signer);
        const held = `[${roots.lettersOf(trusts)} | ${roots.lettersOf(signer)}]`;
        return { desired, trusts, signer, name: `${row.step} ${held}, term ${term}, generation ${generation}` };
      }),
  };
}

function readBundle(text: string, roots: Roots): Bundle {
  const bits = rootsOf(text).map(({ fingerprint }) => roots.bitOf(fingerprint));
  const nudges = text.match(/# reroot nudge/g)?.length ?? 0;
  return {
    text,
    sha256: sha256Hex(text),
    trusts: bits.reduce((all, bit) => all | bit, 0),
    name: bits.map((bit) => roots.lettersOf(bit)).join('+') + "'".repeat(nudges),
  };
}

const intermediate = {
  keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' },
  organization: 'model',
  ttlDays: 365,
  graceRatio: 0.2,
} as const;

/** As an agent reads the message. */
function desire(term: number, generation: number, row: TrustRow, { authorityOf, bitOf }: Roots, foreign: number): Desired {
  const kept = (bitOf(row.signer) & foreign) === 0 ? {} : ({ signer: 'kept' } as const);
  const message = {
    ...kept,
    rotationId: '',
    step: row.step,
    roots: row.roots.map((root) => authorityOf(bitOf(root)).certificate.der),
    signerRoot: row.signer,
    intermediate,
    nudge: row.nudge,
    replicaRestart: 'never',
    workloadRestart: 'never',
    trustDomain: 'cluster.local',
    passage: 'gradual',
    intermediateSource: { kind: 'mgmt' },
  } as const;
  return readDesired({ term, generation }, message);
}
