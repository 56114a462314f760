import { caFileNames } from '../ca-set.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { sources } from '../sources.ts';

/** Which files there are, and which of them count. */
export const setRules: readonly Rule[] = [
  {
    id: 'incomplete-set',
    verdict: 'refuses',
    versions: { since: ['1.27.0'] },
    title: 'a file of the CA is missing',
    why: 'istiod does not start: "incomplete signing CA bundle detected"',
    remedy: 'add the missing file; cert-chain.pem may be empty where ca-cert.pem is the root',
    source: sources.istioCa,
    check: incompleteSet,
  },
  {
    id: 'incomplete-set-self-signed',
    verdict: 'breaks',
    versions: { until: ['1.27.0'] },
    title: 'a file of the CA is missing',
    why: 'istiod passes over the set without a word and signs with a root that it makes itself, which nobody else trusts; where the key is there, it may instead not start',
    remedy: 'add the missing file; cert-chain.pem may be empty where ca-cert.pem is the root',
    source: sources.istioCa,
    check: incompleteSet,
  },
  {
    id: 'tls-form-ignores-others',
    verdict: 'warns',
    versions: {},
    title: 'tls.crt stands beside files of the other form',
    why: 'as soon as tls.crt is there, istiod reads tls.crt, tls.key and ca.crt and looks at nothing else',
    remedy: 'keep one form: take tls.crt out, or the others',
    source: sources.istioCa,
    check: ({ set }) =>
      set.form === 'tls' && set.ignored.some((name) => name !== caFileNames.pem.crl)
        ? [{ message: `${set.ignored.join(', ')}: ignored, for tls.crt is there` }]
        : [],
  },
  {
    id: 'tls-form-stray-files',
    verdict: 'warns',
    versions: {},
    title: 'tls.key or ca.crt stand there without tls.crt',
    why: 'without tls.crt istiod reads the other form and does not look at them',
    remedy: 'take them out, or add tls.crt and give the set in the TLS form',
    source: sources.istioCa,
    check: ({ set }) =>
      set.form === 'pem' && set.ignored.length > 0
        ? [{ message: `${set.ignored.join(', ')}: ignored, for there is no tls.crt` }]
        : [],
  },
  {
    id: 'tls-form-roots-in-chain',
    verdict: 'warns',
    versions: {},
    title: 'the TLS form with more than one root',
    why: 'istiod joins tls.crt and ca.crt to the chain that it sends behind each leaf, so every handshake carries every root',
    remedy: 'use ca-cert.pem, ca-key.pem, cert-chain.pem and root-cert.pem',
    source: sources.istioCa,
    check: ({ set, roots }) =>
      set.form === 'tls' && roots.length > 1
        ? [{ message: `each of the ${roots.length} roots is sent in each chain`, where: 'ca.crt' }]
        : [],
  },
  {
    id: 'tls-form-no-crl',
    verdict: 'warns',
    versions: { since: ['1.27.0'] },
    title: 'the TLS form with a CRL',
    why: 'istiod looks for ca-crl.pem only beside ca-cert.pem; what it revokes stays trusted',
    remedy: 'use ca-cert.pem, ca-key.pem, cert-chain.pem and root-cert.pem beside ca-crl.pem',
    source: sources.istioCa,
    check: ({ set }) =>
      set.form === 'tls' && set.ignored.includes(caFileNames.pem.crl)
        ? [{ message: 'ca-crl.pem is ignored, for tls.crt is there' }]
        : [],
  },
];

function incompleteSet({ scope, set }: CaCase): readonly Occurrence[] {
  if (scope === 'parts' || set.missing.length === 0) return [];
  return [{ message: `missing: ${set.missing.join(', ')}` }];
}
