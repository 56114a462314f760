import { sequence } from './der-writer.ts';
import { type CorpusKey, commonName, type Draft } from './draft.ts';
import {
  authorityKeyId,
  ca,
  type Extension,
  extendedKeyUsage,
  keyUsage,
  notCa,
  oids,
  purposes,
  subjectKeyId,
  uriName,
} from './extensions.ts';

export const dayMs = 86_400_000;
/** The moment that the corpus is verified for; whole seconds. */
export const corpusNowMs = Date.UTC(2030, 5, 15, 12);

/** Drafts of a chain, the subject first, and of what is trusted. */
export interface Plan {
  readonly chain: readonly Draft[];
  readonly roots: readonly Draft[];
  readonly atMs: number;
}

/** Keys of one kind of PKI: all of the CAs, the root first, and some that no sound chain has. */
export interface PlanKeys {
  readonly root: CorpusKey;
  /** From the lowest up. */
  readonly cas: readonly CorpusKey[];
  readonly leaf: CorpusKey;
  /** Of the root's kind. */
  readonly stranger: CorpusKey;
  /** RSA of 1024 and of 512 bits. */
  readonly short: CorpusKey;
  readonly tiny: CorpusKey;
  readonly edwards: CorpusKey;
  /** On a curve that hardly anybody knows. */
  readonly strange: CorpusKey;
}

export const trustDomain = 'cluster.local';
const validity = { notBeforeMs: corpusNowMs - dayMs, notAfterMs: corpusNowMs + 9 * dayMs };
const names = { root: commonName('corpus root'), none: sequence() };

/** A sound chain: a leaf below so many CAs below one root. */
export function soundPlan(keys: PlanKeys, depth: number): Plan {
  const root = rootDraft(keys.root);
  const cas: Draft[] = [];
  for (let level = depth; level >= 1; level -= 1) cas.unshift(caBelow(cas[0] ?? root, level, keyAt(keys, level)));
  return { chain: [leafBelow(cas[0] ?? root, keys.leaf), ...cas], roots: [root], atMs: corpusNowMs };
}

export function rootDraft(key: CorpusKey, subject: Uint8Array = names.root): Draft {
  const extensions = [ca(), keyUsage(0x06), subjectKeyId(key.keyId), authorityKeyId(key.keyId)];
  return { subject, issuer: subject, key, issuerKey: key, serial: 100, ...validity, extensions };
}

/** A CA below another; level 1 stands above the leaf. */
export function caBelow(above: Draft, level: number, key: CorpusKey): Draft {
  return {
    subject: commonName(`corpus CA ${level}`),
    ...issuedBy(above),
    key,
    serial: 10 + level,
    ...validity,
    extensions: [ca(level - 1), keyUsage(0x06), subjectKeyId(key.keyId), authorityKeyId(above.key.keyId)],
  };
}

export function leafBelow(above: Draft, key: CorpusKey): Draft {
  return {
    subject: names.none,
    ...issuedBy(above),
    key,
    serial: 1,
    ...validity,
    extensions: [
      notCa(),
      keyUsage(0x80),
      extendedKeyUsage(purposes.serverAuth, purposes.clientAuth),
      uriName(`spiffe://${trustDomain}/ns/default/sa/web`),
      subjectKeyId(key.keyId),
      authorityKeyId(above.key.keyId),
    ],
  };
}

/** Issuer and key of a draft that another one issues. */
export function issuedBy(above: Draft): Pick<Draft, 'issuer' | 'issuerKey'> {
  return { issuer: above.subject, issuerKey: above.key };
}

/** Changes the certificate at a place of the chain; a negative place counts from the top. */
export function changeAt(plan: Plan, place: number, change: (draft: Draft) => Draft): Plan {
  const index = place < 0 ? plan.chain.length + place : place;
  return { ...plan, chain: plan.chain.map((draft, at) => (at === index ? change(draft) : draft)) };
}

/** Changes every root. */
export function changeRoots(plan: Plan, change: (draft: Draft) => Draft): Plan {
  return { ...plan, roots: plan.roots.map(change) };
}

/** Changes the whole of a plan alike. */
export function changeAll(plan: Plan, change: (draft: Draft) => Draft): Plan {
  return { ...plan, chain: plan.chain.map(change), roots: plan.roots.map(change) };
}

/** Sets extensions, each in the place of one of its kind. */
export function having(...wanted: readonly Extension[]): (draft: Draft) => Draft {
  return (draft) => {
    const kept = draft.extensions.filter(({ oid }) => wanted.every((each) => each.oid !== oid));
    return { ...draft, extensions: [...kept, ...wanted] };
  };
}

export function lacking(...kinds: readonly (keyof typeof oids)[]): (draft: Draft) => Draft {
  const dotted: readonly string[] = kinds.map((kind) => oids[kind]);
  return (draft) => ({ ...draft, extensions: draft.extensions.filter(({ oid }) => !dotted.includes(oid)) });
}

/** The top of the chain: what the root issued. */
export function topOf(plan: Plan): Draft {
  return required(plan.chain.at(-1));
}

export function rootOf(plan: Plan): Draft {
  return required(plan.roots[0]);
}

export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the plan is shorter than its mutation needs');
  return value;
}

function keyAt(keys: PlanKeys, level: number): CorpusKey {
  return required(keys.cas[level - 1]);
}
