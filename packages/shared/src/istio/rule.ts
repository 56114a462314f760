import type { Certificate } from '../pki/index.ts';
import type { CaSet, PemFile } from './ca-set.ts';
import type { IstioVersion, VersionRange } from './istio-version.ts';
import type { SignerPath } from './signer-path.ts';

/**
 * What Istio does. `refuses`: istiod does not start with the files, or does not reload them, or neither. `breaks`: it takes them, and
 * then something fails: connections, proxies. `warns`: a trap nearby. `ok`: worth knowing.
 */
export type Verdict = 'refuses' | 'breaks' | 'warns' | 'ok';

/** When istiod refuses files that it takes at other times; both where it is left out. */
export type Stage = 'start' | 'reload';

/** What is known of a CA's files and of the istiod that shall take them. */
export interface CaFacts {
  readonly istio: IstioVersion;
  /** ISTIO_MULTIROOT_MESH of istiod; off is Istio's default. */
  readonly multiRoot: 'on' | 'off' | 'unknown';
  /** The moment to judge for. */
  readonly atMs: number;
  /** Whether the set is all there is, or some files of it: then what is missing says nothing. */
  readonly scope: 'whole' | 'parts';
  readonly set: CaSet;
  /** What the running istiod holds; undefined when nothing is to be reloaded. */
  readonly before?: CaSet;
  /** A workload's certificate, and its chain behind it. */
  readonly leaf?: PemFile;
}

/** What several rules need of a set. */
export interface SetSummary {
  /** Certificates of the bundle that istiod finds, in order, duplicates kept. */
  readonly roots: readonly Certificate[];
  /** The certificate that istiod signs with: what the first block of the file holds. */
  readonly signer: Certificate | undefined;
  readonly chain: readonly Certificate[];
  /** From the signer to a root. */
  readonly path: SignerPath | undefined;
}

/** The facts, and what follows from them. */
export interface CaCase extends CaFacts, SetSummary {
  /** Of what the running istiod holds. */
  readonly former: (SetSummary & { readonly set: CaSet }) | undefined;
}

/** One thing that a rule has to say of a case. */
export interface Occurrence {
  /** With names and values: lower case, no full stop. */
  readonly message: string;
  /** File and block. */
  readonly where?: string;
}

/** One rule: what Istio does in which versions, and how to see from the files that it will. */
export interface Rule {
  /** Never changed: documents link to it. */
  readonly id: string;
  readonly verdict: Verdict;
  /** Of a rule that refuses. */
  readonly stage?: Stage;
  readonly versions: VersionRange;
  /** When it holds, in general. */
  readonly title: string;
  /** What Istio does then. */
  readonly why: string;
  readonly remedy: string;
  /** Where it can be read: a file of Istio's repository, or of another that is named. */
  readonly source: string;
  readonly check: (known: CaCase) => readonly Occurrence[];
}

/** What a rule found. */
export interface CaFinding extends Occurrence {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly stage?: Stage;
  readonly why: string;
  readonly remedy: string;
  readonly source: string;
}
