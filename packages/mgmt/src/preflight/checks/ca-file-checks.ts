import type { InspectedCaFiles } from '@reroot/shared/protocol';
import { type Check, eachFact, isAdopted } from '../check.ts';

/** Which findings of a rule are meant: those by which something fails, or those that are traps. */
type Weight = 'harms' | 'traps';

/** The rules of docs/pki-check.md that have a check of their own. */
const rulesByCheck = {
  'ca-set-complete': ['incomplete-set', 'incomplete-set-self-signed'],
  'ca-chain-has-signer': ['chain-lacks-signer', 'chain-empty', 'chain-first-not-signer'],
  'ca-form': ['tls-form-ignores-others', 'tls-form-stray-files', 'tls-form-roots-in-chain', 'tls-form-no-crl'],
  'root-names': ['same-name'],
  'root-names-ambiguous': ['same-name-no-key-id'],
  'key-identifiers': ['missing-key-id'],
  'bundle-expired-root': ['root-not-valid'],
  'bundle-expired-namesake': ['root-expired-same-name'],
  'ca-extended-key-usage': ['ca-extended-key-usage'],
  'ca-crls': ['crl-unreadable', 'crl-incomplete'],
  'signer-outlives-leaves': ['leaf-outlives-signer', 'leaf-shortened'],
} as const satisfies Record<string, readonly string[]>;

const ownRules: ReadonlySet<string> = new Set(Object.values(rulesByCheck).flat());

/** The files of the CA that istiod has now: the rules of docs/pki-check.md, applied by each agent for its own istiods. */
export const caFileChecks: readonly Check[] = [
  {
    id: 'ca-set-complete',
    severity: 'fatal',
    passed: 'every cacerts Secret is complete',
    failed: 'a cacerts Secret lacks a file',
    why: 'istiod does not start with it, or passes over it and signs with a root of its own making',
    hint: 'let reroot write the Secret, or add the file',
    inAdoption: 'it stays fatal: what istiod signs with in the place of an incomplete Secret is not what the adoption would keep',
    find: byRules('ca-set-complete'),
  },
  {
    id: 'ca-chain-has-signer',
    severity: 'fatal',
    passed: 'every cert-chain.pem holds its signing certificate',
    failed: 'a cert-chain.pem lacks its signing certificate',
    why: 'istiod takes it; every leaf then comes without its issuer, and peers refuse it',
    hint: 'put the signing certificate first into cert-chain.pem',
    inAdoption: 'it stays fatal: signer and chain are kept as they are until the root of the mesh signs',
    find: byRules('ca-chain-has-signer'),
  },
  {
    id: 'ca-form',
    severity: 'warning',
    passed: 'no cacerts Secret has keys of the TLS form',
    failed: 'a cacerts Secret has keys of the TLS form (tls.crt, tls.key, ca.crt)',
    why: 'as soon as there is a tls.crt, istiod looks at no other name, and sends every root in the chain',
    hint: 'take these keys away; a Secret that reroot writes has none',
    inAdoption: 'it passes: what is taken over is written anew in the file names of Istio',
    // An adoption writes what it takes over in Istio's own file names.
    find: (facts) => byRules('ca-form')(facts).filter((each) => each.kind !== 'failing' || !isAdopted(facts, each.cluster)),
  },
  {
    id: 'root-names',
    severity: 'warning',
    passed: 'the roots of each bundle have names of their own',
    failed: 'roots of one bundle share a name',
    why: 'only key identifiers tell them apart, and not every verifier looks at those',
    hint: 'give the next root a name of its own; reroot does',
    find: byRules('root-names'),
  },
  {
    id: 'root-names-ambiguous',
    severity: 'fatal',
    passed: 'no verifier can take one root of a bundle for another',
    failed: 'roots of one bundle share a name, and no key identifiers tell them apart',
    why: 'a verifier picks by the name, tries the wrong key and reports a bad signature (istio/istio issues 31987, 37096)',
    hint: 'rotate to a root with a name of its own, with key identifiers in it and below it',
    find: byRules('root-names-ambiguous'),
  },
  {
    id: 'key-identifiers',
    severity: 'warning',
    passed: 'the CAs of each cluster have key identifiers',
    failed: 'CAs lack key identifiers',
    why: 'they are what tells two CAs of one name apart',
    hint: 'issue CAs with subject and authority key identifier (RFC 5280 §4.2.1)',
    find: byRules('key-identifiers'),
  },
  {
    id: 'bundle-expired-root',
    severity: 'warning',
    passed: 'no bundle has a root that is not valid',
    failed: 'a bundle has a root that is not valid',
    why: 'nothing verifies under it, and Envoy may prefer it to a valid one of its name',
    hint: 'take it out of the bundle',
    find: byRules('bundle-expired-root'),
  },
  {
    id: 'bundle-expired-namesake',
    severity: 'fatal',
    passed: 'no expired root shares its name with a valid one',
    failed: 'an expired root shares its name with a valid one',
    why: 'Envoy may pick the expired one, and fails although the other is there (envoyproxy/envoy issue 38302)',
    hint: 'take the expired one out of the bundle',
    find: byRules('bundle-expired-namesake'),
  },
  {
    id: 'ca-extended-key-usage',
    severity: 'fatal',
    passed: 'no extended key usage keeps a CA from what istiod does with it',
    failed: 'the extended key usage of a CA lets istiod not use it',
    why: 'istiod verifies its CA for serverAuth: with an extended key usage that lacks it, the files are refused',
    hint: 'issue CAs without an extended key usage',
    find: byRules('ca-extended-key-usage'),
  },
  {
    id: 'ca-crls',
    severity: 'fatal',
    passed: 'no revocation lists stand beside a CA',
    failed: 'revocation lists stand beside a CA, and its agent writes no new intermediate there',
    why: 'where there is a ca-crl.pem, istiod demands a list of every CA of cert-chain.pem, and refuses all files else; of an intermediate that is yet to be made there is none',
    hint: 'take ca-crl.pem out of the Secret and restart istiod before the rotation',
    inAdoption: 'it stays fatal: the agent writes nothing there either',
    find: byRules('ca-crls', namesOfLists),
  },
  {
    id: 'signer-outlives-leaves',
    severity: 'warning',
    passed: 'every signing certificate lasts for longer than the leaves under it',
    failed: 'a signing certificate ends before leaves under it would',
    why: 'before 1.28.7, 1.29.3 and 1.30.0 such leaves fail with it; later istiods shorten them, and all renew at once',
    hint: 'let it be renewed first; a longer intermediateCertOptions.ttlDays keeps it from happening again',
    find: byRules('signer-outlives-leaves'),
  },
  {
    id: 'ca-files-work',
    severity: 'fatal',
    passed: 'istiod takes the files that it has, and nothing fails because of them',
    failed: 'istiod refuses files that it has, or something fails because of them',
    why: 'a rotation begins with what is there: what fails now fails on',
    hint: 'docs/pki-check.md has the rule and its remedy',
    inAdoption: 'it stays fatal: signer, chain and the bytes of the bundle are kept as they are until the root of the mesh signs',
    find: byOtherRules('harms'),
  },
  {
    id: 'ca-files-traps',
    severity: 'warning',
    passed: 'there is no trap in the files of the CA',
    failed: 'there are traps in the files of the CA',
    why: 'nothing fails by this alone',
    hint: 'docs/pki-check.md has the rule and its remedy',
    find: byOtherRules('traps'),
  },
];

/** @param more what is wrong besides, as sentences */
function byRules(
  check: keyof typeof rulesByCheck,
  more: (namespaces: readonly InspectedCaFiles[]) => readonly string[] = () => [],
): Check['find'] {
  const rules: readonly string[] = rulesByCheck[check];
  return eachFact('caFiles', (namespaces) => [
    ...findingsOf(namespaces, ({ rule, verdict }) => rules.includes(rule) && verdict !== 'ok'),
    ...more(namespaces),
  ]);
}

/** What agents answer with `RR_SECRET_CRL_INCOMPLETE` once the new root is to sign. */
function namesOfLists(namespaces: readonly InspectedCaFiles[]): readonly string[] {
  return namespaces
    .filter(({ keys }) => keys.some(({ name, bytes }) => name === 'ca-crl.pem' && bytes > 0))
    .map(({ namespace, secret }) => `${namespace}/${secret} has a ca-crl.pem, and no list of the next intermediate can be in it`);
}

function byOtherRules(weight: Weight): Check['find'] {
  return eachFact('caFiles', (namespaces) =>
    findingsOf(namespaces, ({ rule, verdict }) => {
      if (ownRules.has(rule) || verdict === 'ok') return false;
      return (verdict === 'warns' ? 'traps' : 'harms') === weight;
    }),
  );
}

type Finding = InspectedCaFiles['findings'][number];

function findingsOf(namespaces: readonly InspectedCaFiles[], isMeant: (finding: Finding) => boolean): readonly string[] {
  return namespaces.flatMap(({ namespace, secret, findings }) =>
    findings.filter(isMeant).map(({ rule, message }) => `${namespace}/${secret}: ${message} (${rule})`),
  );
}
