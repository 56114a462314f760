import type { CorpusKey, Draft } from './draft.ts';
import { caBelow, changeAt, corpusNowMs, dayMs, lacking, type Plan, rootDraft } from './plan.ts';

/** Over before the corpus is verified. */
export const ended = { notBeforeMs: corpusNowMs - 9 * dayMs, notAfterMs: corpusNowMs - dayMs };
/** Begins after the corpus is verified. */
export const coming = { notBeforeMs: corpusNowMs + dayMs, notAfterMs: corpusNowMs + 9 * dayMs };

export const withoutKeyIds = lacking('subjectKeyId', 'authorityKeyId');

/** Changes the last byte: of an ECDSA signature's s, or of an RSA signature. */
export function spoilLastByte(der: Buffer): Buffer {
  const spoilt = Buffer.from(der);
  spoilt.writeUInt8(spoilt.readUInt8(spoilt.length - 1) ^ 1, spoilt.length - 1);
  return spoilt;
}

export function withSha1(draft: Draft): Draft {
  return { ...draft, signature: draft.issuerKey.kind === 'RSA' ? 'RSA-SHA1' : 'ECDSA-SHA1' };
}

/** The whole PKI hangs from a root with another key. */
export function rootKey(plan: Plan, key: CorpusKey): Plan {
  const root = rootDraft(key);
  const below = changeAt(plan, -1, (draft) => ({ ...draft, ...caBelow(root, plan.chain.length - 1, draft.key) }));
  return { ...below, roots: [root] };
}
