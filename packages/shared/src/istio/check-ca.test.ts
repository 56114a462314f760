import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element } from '../pki/testing/corpus/der-writer.ts';
import { commonName, type Draft } from '../pki/testing/corpus/draft.ts';
import {
  ca,
  extendedKeyUsage,
  keyUsage,
  nameConstraint,
  notCa,
  purposes,
  unheardOf,
  uriBase,
  uriName,
} from '../pki/testing/corpus/extensions.ts';
import { caBelow, leafBelow, rootDraft } from '../pki/testing/corpus/plan.ts';
import { describeRules } from './check-ca.ts';
import {
  certificate,
  crl,
  dayMs,
  drafts,
  having,
  keyOf,
  keyPemOf,
  lacking,
  nowMs,
  pem,
  reportOn,
  rulesFound,
  rulesSaid,
  shortKey,
  soundFiles,
  strangeKey,
  type Told,
  tinyKey,
} from './testing/fixture.ts';

const { rootA, rootB, rootC, upper, signer, signerOfB, leaf } = drafts;
const expired = { notBeforeMs: nowMs - 9 * dayMs, notAfterMs: nowMs - dayMs };
const badBlock = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const withoutKeyIds = lacking('subjectKeyId', 'authorityKeyId');
const setOf = (...made: readonly Draft[]): Record<string, string> => ({
  'ca-cert.pem': pem(...made.slice(0, 1)),
  'cert-chain.pem': pem(...made),
});
const signerOf = (change: (draft: typeof signer) => typeof signer): Told => ({ files: soundFiles(setOf(change(signer))) });
const bundleOf = (...made: readonly Draft[]): Told => ({ files: soundFiles({ 'root-cert.pem': pem(...made) }) });
const leafOf = (change: (draft: typeof leaf) => typeof leaf): Told => ({ leaf: pem(change(leaf), signer) });
const without = (name: string) => Object.fromEntries(Object.entries(soundFiles()).filter(([each]) => each !== name));
const tls = (roots = pem(rootA)) => ({ 'tls.crt': pem(signer), 'tls.key': keyPemOf(keyOf('signer')), 'ca.crt': roots });
const twoLevelSigner = caBelow(upper, 1, keyOf('signer'));
const noCrlSigner = having(keyUsage(0x04))(signer);
const tinyRoot = rootDraft(tinyKey, commonName('root T'));
const strangeRoot = rootDraft(strangeKey, commonName('root S'));
const renewedA: Draft = { ...rootA, serial: rootA.serial + 1 };
const directoryNames = nameConstraint('permitted', element(0xa4, commonName('cluster 1')));
const sameNameAsA = rootDraft(keyOf('rootC'), commonName('root A'));

/** What is told, the one rule that must find something, and the version where it is not the newest kind. */
const cases: readonly (readonly [string, readonly string[], Told])[] = [
  ['nothing is wrong', [], {}],
  ['a bundle alone is fine', [], { bundle: pem(rootA, rootB) }],
  ['the signer is the root, and the chain is empty', [], rootSigns('')],

  ['cert-chain.pem is missing', ['incomplete-set'], { files: without('cert-chain.pem'), istio: '1.27.0' }],
  [
    'cert-chain.pem is missing, before 1.27',
    ['incomplete-set-self-signed'],
    { files: without('cert-chain.pem'), istio: '1.26.9' },
  ],
  ['both forms are there', ['tls-form-ignores-others'], { files: soundFiles(tls()) }],
  ['ca.crt alone stands beside the other form', ['tls-form-stray-files'], { files: soundFiles({ 'ca.crt': pem(rootA) }) }],
  ['the TLS form', [], { files: tls() }],
  ['the TLS form with two roots', ['tls-form-roots-in-chain'], { files: tls(pem(rootA, rootB)) }],
  ['the TLS form with a CRL', ['tls-form-no-crl'], { files: { ...tls(), 'ca-crl.pem': '' }, istio: '1.27.0' }],
  ['the TLS form with a CRL, before 1.27', [], { files: { ...tls(), 'ca-crl.pem': '' }, istio: '1.26.0' }],
  [
    'the TLS form without ca.crt',
    ['incomplete-set'],
    { files: { 'tls.crt': pem(signer), 'tls.key': keyPemOf(keyOf('signer')) } },
  ],
  [
    'a TLS form whose files join into one line',
    ['chain-block-unreadable', 'chain-first-unreadable', 'chain-lacks-signer'],
    { files: { ...tls(), 'tls.crt': pem(signer).trimEnd() } },
  ],

  ['ca-cert.pem is empty', ['signer-unreadable'], { files: soundFiles({ 'ca-cert.pem': '' }) }],
  [
    'ca-cert.pem begins with a key',
    ['private-key-published', 'signer-more-blocks', 'signer-unreadable'],
    {
      files: soundFiles({ 'ca-cert.pem': keyPemOf(keyOf('signer')) + pem(signer) }),
    },
  ],
  [
    'the signer stands second',
    ['signer-more-blocks', 'signer-not-first'],
    {
      files: soundFiles({ 'ca-cert.pem': pem(rootA, signer) }),
    },
  ],
  ['the key is that of another', ['key-mismatch'], { files: soundFiles({ 'ca-key.pem': keyPemOf(keyOf('otherSigner')) }) }],
  [
    'EC PARAMETERS stand before the key',
    ['key-unreadable'],
    {
      files: soundFiles({
        'ca-key.pem': `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${keyPemOf(keyOf('signer'))}`,
      }),
    },
  ],
  ['the key is no PEM', ['key-unreadable'], { files: soundFiles({ 'ca-key.pem': 'secret' }) }],
  ['the signer is no CA', ['signer-not-ca'], signerOf(having(notCa()))],
  ['the signer may not sign certificates', ['signer-key-usage'], signerOf(having(keyUsage(0x80)))],

  ['the root of the signer is missing', ['signer-without-root'], bundleOf(rootB)],
  ['the signer has expired', ['path-not-valid'], signerOf((draft) => ({ ...draft, ...expired }))],
  ['the root of the signer has expired', ['outlives-issuer', 'path-not-valid'], bundleOf({ ...rootA, ...expired })],
  ['the signer is for clients alone', ['ca-extended-key-usage'], signerOf(having(extendedKeyUsage(purposes.clientAuth)))],
  ['the signer is for servers', [], signerOf(having(extendedKeyUsage(purposes.serverAuth)))],
  ['the signer is for any purpose', [], signerOf(having(extendedKeyUsage(purposes.any)))],
  ['the root is for clients alone', ['ca-extended-key-usage'], bundleOf(having(extendedKeyUsage(purposes.clientAuth))(rootA))],
  ['the root may not sign certificates', ['path-not-allowed-to-issue'], bundleOf(having(keyUsage(0x80))(rootA))],
  ['the signer has an unknown critical extension', ['unknown-critical-extension'], signerOf(having(unheardOf(true)))],
  ['the signer is signed with SHA-1', ['weak-signature'], signedWithSha1()],
  ['the root is on an unknown curve', ['bundle-block-unreadable', 'key-not-supported'], under(strangeRoot)],
  ['the signer is on an unknown curve', ['key-not-supported'], signerWith(strangeKey)],
  ['the root has an RSA key of 512 bits', ['rsa-key-too-short'], under(tinyRoot)],
  ['the root has an RSA key of 512 bits, before 1.27', ['rsa-key-breakable'], { ...under(tinyRoot), istio: '1.26.9' }],
  ['the signer has an RSA key of 512 bits', ['signer-key-too-short'], signerWith(tinyKey)],
  ['the signer has an RSA key of 1024 bits', [], signerWith(shortKey)],
  ['the root constrains directory names', ['name-constraints-unknown'], bundleOf(having(directoryNames)(rootA))],
  ['the signer constrains directory names', ['name-constraints-unknown'], signerOf(having(directoryNames))],
  [
    'the root constrains directory names, and not critically',
    [],
    bundleOf(having({ ...directoryNames, critical: false })(rootA)),
  ],
  ['the name of the signer is not permitted', ['name-constraints-violated'], namedUnder('other.local')],
  ['the name of the signer is permitted', [], namedUnder('cluster.local')],
  ['the name of the signer lies below what is permitted', [], namedUnder('local')],
  [
    'the root is of version 1',
    ['bundle-first-not-ca', 'bundle-first-not-ca-at-start', 'missing-key-id', 'root-without-extensions'],
    bundleOf({ ...rootA, version: 1 }),
  ],
  [
    'a CA below the root is of version 1',
    ['missing-key-id', 'path-not-allowed-to-issue'],
    { files: soundFiles(setOf(twoLevelSigner, { ...upper, version: 1 })) },
  ],
  ['the root of the signer is there with another key', ['signer-without-root'], bundleOf(sameNameAsA)],
  ['the signer is another form of the root', ['signer-without-root'], rootSigns(pem(renewedA), renewedA)],
  ['the root allows no CA below it', ['path-too-long-for-leaves'], bundleOf(having(ca(0))(rootA))],
  ['the root allows one CA too few for the signer', ['path-too-long'], twoLevels(having(ca(0))(rootA))],
  ['the root allows as many CAs as there are', [], twoLevels(having(ca(2))(rootA))],
  ['the signer names another key than its root has', ['path-key-id-mismatch'], bundleOf(having(subjectKey())(rootA))],
  ['the root has no key identifier', ['missing-key-id'], bundleOf(withoutKeyIds(rootA))],
  ['the signer outlives its root', ['outlives-issuer'], bundleOf({ ...rootA, notAfterMs: nowMs + 2 * dayMs })],

  ['the chain lacks the signer', ['chain-lacks-signer'], { files: soundFiles({ 'cert-chain.pem': '' }) }],
  [
    'the chain is one blank line',
    ['chain-first-unreadable', 'chain-lacks-signer'],
    { files: soundFiles({ 'cert-chain.pem': '\n' }) },
  ],
  ['the signer is the root, and the chain is one blank line', ['chain-first-unreadable'], rootSigns('\n')],
  [
    'a later block of the chain is bad',
    ['chain-block-unreadable'],
    { files: soundFiles({ 'cert-chain.pem': pem(signer) + badBlock }) },
  ],
  ['the chain begins with the root', ['chain-first-not-signer'], { files: soundFiles({ 'cert-chain.pem': pem(rootA, signer) }) }],
  [
    'the chain begins with something expired',
    ['chain-first-expired', 'chain-first-not-signer'],
    { files: soundFiles({ 'cert-chain.pem': pem({ ...rootB, ...expired }, signer) }) },
  ],
  [
    'a private key stands in the chain',
    ['chain-block-unreadable', 'private-key-published'],
    {
      files: soundFiles({ 'cert-chain.pem': pem(signer) + keyPemOf(keyOf('signer')) }),
    },
  ],

  ['the bundle is empty', ['bundle-empty'], { bundle: '# nothing\n' }],
  ['a block of the bundle is bad', ['bundle-block-unreadable'], { bundle: pem(rootA) + badBlock }],
  [
    'a private key stands in the bundle',
    ['bundle-block-unreadable', 'private-key-published'],
    {
      bundle: pem(rootA) + keyPemOf(keyOf('rootA')),
    },
  ],
  [
    'a certificate has another label',
    ['bundle-block-renamed'],
    { bundle: pem(rootA) + pem(rootB).replaceAll('CERTIFICATE', 'X509 CERTIFICATE') },
  ],
  [
    'two certificates are joined in one line',
    ['bundle-block-damaged', 'bundle-empty'],
    { bundle: pem(rootA).trimEnd() + pem(rootB) },
  ],
  [
    'the first root is no CA',
    ['bundle-first-not-ca', 'bundle-first-not-ca-at-start'],
    { bundle: pem(having(notCa())(rootB), rootA) },
  ],
  [
    'the first root is no CA, multi-root is unknown',
    ['bundle-first-not-ca'],
    { bundle: pem(having(notCa())(rootB), rootA), multiRoot: 'unknown' },
  ],
  ['the first root is no CA, multi-root is off', [], { bundle: pem(having(notCa())(rootB), rootA), multiRoot: 'off' }],
  [
    'the first root is no CA, before 1.20',
    ['ztunnel-first-root-only'],
    { bundle: pem(having(notCa())(rootB), rootA), istio: '1.19.10' },
  ],
  ['another root is no CA', ['root-not-ca'], { bundle: pem(rootA, having(notCa())(rootB)) }],
  ['a root that nobody uses has expired', ['root-not-valid'], bundleOf(rootA, { ...rootB, ...expired })],
  [
    'every root has expired',
    ['no-usable-root', 'root-not-valid'],
    { bundle: pem({ ...rootA, ...expired }, { ...rootB, ...expired }) },
  ],
  ['one of two roots has expired', ['root-not-valid'], { bundle: pem({ ...rootA, ...expired }, rootB) }],
  ['the only root has an RSA key of 512 bits', ['no-usable-root', 'root-key-not-supported'], { bundle: pem(tinyRoot) }],
  ['a root that nobody uses has an RSA key of 512 bits', ['root-key-not-supported'], bundleOf(rootA, tinyRoot)],
  ['an expired root shares its name', ['root-expired-same-name'], bundleOf(rootA, { ...sameNameAsA, ...expired })],
  ['two roots share a name', ['same-name'], bundleOf(rootA, sameNameAsA)],
  [
    'two roots share a name, without key identifiers',
    ['missing-key-id', 'same-name-no-key-id'],
    bundleOf(rootA, withoutKeyIds(sameNameAsA)),
  ],
  ['a root stands twice', ['duplicate-roots'], { bundle: pem(rootA, rootB, rootA) }],
  ['two roots, where ztunnel takes one', ['ztunnel-first-root-only'], { bundle: pem(rootA, rootB), istio: '1.25.9' }],
  ['two roots, where ztunnel takes both', [], { bundle: pem(rootA, rootB), istio: '1.26.0' }],

  ['a CRL of the signer is there', [], crlOf(crl(signer))],
  ['a CRL of the signer is there, with a critical extension', [], crlOf(crl(signer, 'partial'))],
  ['a CRL of the signer is there and out of date', [], { ...crlOf(crl(signer)), atMs: nowMs + 2 * dayMs }],
  ['a CRL is there that the signer did not sign', ['crl-incomplete'], crlOf(crl(rootA))],
  ['the CRL of the upper CA is missing', ['crl-incomplete'], crlsOf(crl(twoLevelSigner))],
  ['each CA of the chain has its CRL', [], crlsOf(crl(upper) + crl(twoLevelSigner))],
  [
    'the signer may not sign CRLs',
    ['crl-incomplete'],
    { files: soundFiles({ ...setOf(noCrlSigner), 'ca-crl.pem': crl(noCrlSigner) }) },
  ],
  ['ca-crl.pem is empty', [], crlOf('')],
  ['ca-crl.pem holds a certificate', ['crl-incomplete', 'crl-unreadable'], crlOf(pem(signer))],
  ['a CRL is cut off', ['crl-incomplete', 'crl-unreadable'], crlOf(crl(signer).replace(/(?<=-\n.{40}).*\n/, '\n'))],
  ['a CRL is there, before 1.27', ['crl-ignored'], { ...crlOf(''), istio: '1.26.9' }],

  ['the signer ends within a day', ['leaf-outlives-signer'], { atMs: nowMs + 9 * dayMs - 1000, istio: '1.28.6' }],
  [
    'the signer ends within a day, in the first 1.28 with the clamp',
    ['leaf-shortened'],
    { atMs: nowMs + 9 * dayMs - 1000, istio: '1.28.7' },
  ],
  [
    'the signer ends within a day, in a 1.29 without',
    ['leaf-outlives-signer'],
    { atMs: nowMs + 9 * dayMs - 1000, istio: '1.29.2' },
  ],
  [
    'the signer ends within a day, in the first 1.29 with',
    ['leaf-shortened'],
    { atMs: nowMs + 9 * dayMs - 1000, istio: '1.29.3' },
  ],
  ['the signer ends within a day, in 1.30', ['leaf-shortened'], { atMs: nowMs + 9 * dayMs - 1000, istio: '1.30.0' }],
  ['the signer ends in just a day', [], { atMs: nowMs + 8 * dayMs, istio: '1.28.6' }],

  ['the bundle grows', [], reload([rootA], [rootA, rootB])],
  ['the bundle grows, multi-root off', ['reload-multiroot-off'], { ...reload([rootA], [rootA, rootB]), multiRoot: 'off' }],
  [
    'the bundle grows, multi-root unknown',
    ['reload-multiroot-unknown'],
    { ...reload([rootA], [rootA, rootB]), multiRoot: 'unknown' },
  ],
  ['the bundle stays, multi-root off', [], { ...reload([rootA], [rootA]), multiRoot: 'off' }],
  [
    'the bundle grows, before 1.20',
    ['reload-roots-unsupported', 'ztunnel-first-root-only'],
    { ...reload([rootA], [rootA, rootB]), istio: '1.19.9' },
  ],
  ['the bundle grows, in 1.20', ['ztunnel-first-root-only'], { ...reload([rootA], [rootA, rootB]), istio: '1.20.0' }],
  ['the bundle stays, where nothing is watched', ['reload-not-automatic'], { ...reload([rootA], [rootA]), istio: '1.17.9' }],
  ['the bundle stays, where files are watched', [], { ...reload([rootA], [rootA]), istio: '1.18.0' }],
  ['roots come and go at once', ['reload-roots-unrelated'], reload([rootA, rootB], [rootA, rootC])],
  ['the order changes, by bytes', ['reload-bytes-unrelated'], { ...reload([rootA, rootB], [rootB, rootA]), istio: '1.29.9' }],
  ['the order changes, by sets', [], { ...reload([rootA, rootB], [rootB, rootA]), istio: '1.30.0' }],
  [
    'the middle goes, by bytes',
    ['reload-bytes-unrelated'],
    { ...reload([rootA, rootB, rootC], [rootA, rootC]), istio: '1.29.9' },
  ],
  ['the middle goes, by sets', [], { ...reload([rootA, rootB, rootC], [rootA, rootC]), istio: '1.30.0' }],
  ['the end goes, by bytes', [], { ...reload([rootA, rootB], [rootA]), istio: '1.29.9' }],
  [
    'the signer changes before anybody trusts its root',
    ['signer-before-its-root'],
    {
      before: soundFiles(),
      files: soundFiles({ ...otherSigner(), 'root-cert.pem': pem(rootA, rootB) }),
    },
  ],
  [
    'the signer changes under roots that all trust',
    [],
    {
      before: soundFiles({ 'root-cert.pem': pem(rootA, rootB) }),
      files: soundFiles({ ...otherSigner(), 'root-cert.pem': pem(rootA, rootB) }),
    },
  ],
  [
    'a root goes, and nobody knows the signer',
    ['root-removed-signer-unknown'],
    { before: { 'root-cert.pem': pem(rootA, rootB) }, bundle: pem(rootA) },
  ],
  ['a root comes, and nobody knows the signer', [], { before: { 'root-cert.pem': pem(rootA) }, bundle: pem(rootA, rootB) }],
  ['the CRL goes', ['crl-removed'], { before: soundFiles({ 'ca-crl.pem': '' }), istio: '1.27.0' }],
  ['the CRL goes, before 1.27', [], { before: soundFiles({ 'ca-crl.pem': '' }), istio: '1.26.0' }],
  [
    'the root of the former signer goes with it',
    ['root-removed-in-use'],
    {
      before: soundFiles({ 'root-cert.pem': pem(rootA, rootB) }),
      files: soundFiles({ ...otherSigner(), 'root-cert.pem': pem(rootB) }),
    },
  ],

  ['the leaf is fine', [], leafOf((draft) => draft)],
  ['the leaf comes alone, and the set has its chain', [], { leaf: pem(leaf) }],
  ['the leaf comes alone, and nobody has its chain', ['leaf-not-verified'], { leaf: pem(leaf), bundle: pem(rootA) }],
  ['the leaf is of another root', ['leaf-not-verified'], { leaf: pem(leaf, signer), bundle: pem(rootB) }],
  ['the leaf has a bad block behind it', ['leaf-unreadable'], { leaf: pem(leaf, signer) + badBlock }],
  ['the leaf has no name', ['leaf-not-spiffe'], leafOf(lacking('subjectAltName'))],
  ['the leaf is for servers alone', ['leaf-extended-key-usage'], leafOf(having(extendedKeyUsage(purposes.serverAuth)))],
  ['the leaf has no extended key usage', [], leafOf(lacking('extendedKeyUsage'))],
  ['the leaf has a short key', ['leaf-key'], { leaf: pem(leafBelow(signer, shortKey), signer) }],
  ['the leaf stands behind its key', [], { leaf: keyPemOf(keyOf('leaf')) + pem(leaf, signer) }],
  ['the leaf is a CA', ['leaf-is-ca'], leafOf(having(ca(), keyUsage(0x84)))],
  ['the leaf names no key of its issuer', ['leaf-no-authority-key-id'], leafOf(lacking('authorityKeyId'))],
  ['the leaf outlives its signer', ['leaf-outlives-chain'], leafOf((draft) => ({ ...draft, notAfterMs: nowMs + 30 * dayMs }))],
  [
    'the leaf is of another signer',
    ['leaf-of-another-signer'],
    {
      leaf: pem(leafBelow(signerOfB, keyOf('leaf')), signerOfB),
      files: soundFiles({ 'root-cert.pem': pem(rootA, rootB) }),
    },
  ],
];

describe('checkCa', () => {
  it.each(cases)('finds what is wrong when %s', (_, expected, told) => {
    expect(rulesFound(told)).toEqual([...expected].toSorted());
  });

  it.each([
    ['signer-verified', {}],
    ['chain-empty', rootSigns('')],
    ['reload-accepted', reload([rootA], [rootA, rootB])],
    ['leaf-verified', leafOf((draft) => draft)],
  ] satisfies [string, Told][])('says that it is well: %s', (rule, told) => {
    expect(rulesSaid(told)).toContain(rule);
    expect(reportOn(told).verdict).toBe('ok');
  });

  it('gives the worst verdict, and the worst finding first', () => {
    const { verdict, findings } = reportOn({ files: soundFiles({ 'root-cert.pem': pem(rootB, rootB) }) });
    expect(verdict).toBe('refuses');
    expect(findings.map(({ rule }) => rule)).toEqual(['signer-without-root', 'duplicate-roots']);
  });

  it('says what a root with the name of the missing issuer has to do with it', () => {
    const said = (told: Told) => reportOn(told).findings.find(({ rule }) => rule === 'signer-without-root')?.message;
    expect(said(bundleOf(sameNameAsA))).toMatch(/CN=root A .* has the name of its issuer and another key/);
    expect(said(rootSigns(pem(renewedA), renewedA))).toContain('another certificate of the same name and key');
    expect(said(bundleOf(rootB))).toMatch(/no way leads from there to a root$/);
  });

  it('says of a root of version 1 nothing that istiod would not do', () => {
    const { verdict, findings } = reportOn({ ...bundleOf({ ...rootA, version: 1 }), multiRoot: 'off' });
    expect(verdict).toBe('warns');
    expect(findings.map(({ rule }) => rule)).toContain('signer-verified');
  });

  it('names file, block and line', () => {
    const { findings } = reportOn({ bundle: `# a comment\n${pem(rootA)}${badBlock}` });
    const line = `# a comment\n${pem(rootA)}`.split('\n').length;
    expect(findings[0]).toMatchObject({ rule: 'bundle-block-unreadable', where: `root-cert.pem, block 2, line ${line}` });
  });

  it('has a case for each rule', () => {
    const tested = new Set(cases.flatMap(([, expected]) => expected));
    const untested = describeRules().filter(({ id, verdict }) => verdict !== 'ok' && !tested.has(id));
    expect(untested.map(({ id }) => id)).toEqual([]);
  });
});

describe('properties of the rules', () => {
  const roots = [rootA, rootB, rootC].map((draft) => certificate(draft).pem);
  const some = fc.shuffledSubarray(roots, { minLength: 1 });

  it('take from 1.30 on every order of the same roots, and exactly the changes that only add or only remove', () => {
    fc.assert(
      fc.property(some, some, (before, after) => {
        const told = { before: { 'root-cert.pem': before.join('') }, bundle: after.join(''), istio: '1.30.0' } as const;
        const related = before.every((each) => after.includes(each)) || after.every((each) => before.includes(each));
        expect(reportOn(told).verdict === 'refuses').toBe(!related);
      }),
    );
  });

  it('refuse before 1.30 whatever they refuse from then on', () => {
    fc.assert(
      fc.property(some, some, (before, after) => {
        const told = { before: { 'root-cert.pem': before.join('') }, bundle: after.join('') } as const;
        const later = reportOn({ ...told, istio: '1.30.0' }).verdict;
        if (later === 'refuses') expect(reportOn({ ...told, istio: '1.29.0' }).verdict).toBe('refuses');
      }),
    );
  });

  it('never throw, whatever the files hold', () => {
    const line = fc.constantFrom(
      '-----BEGIN CERTIFICATE-----',
      '-----END CERTIFICATE-----',
      'AAAA',
      'x: y',
      '-----BEGIN PRIVATE KEY-----',
      '',
    );
    const text = fc
      .array(fc.oneof(line, fc.constantFrom(...roots), fc.string({ maxLength: 20 })))
      .map((lines) => lines.join('\n'));
    const names = ['ca-cert.pem', 'ca-key.pem', 'cert-chain.pem', 'root-cert.pem', 'tls.crt', 'ca.crt'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), text), text, text, (files, before, leafText) => {
        const { verdict } = reportOn({ files, before: { 'root-cert.pem': before }, leaf: leafText });
        expect(['refuses', 'breaks', 'warns', 'ok']).toContain(verdict);
      }),
    );
  });
});

/** A signer below another root, which is the bundle. */
function under(root: Draft): Told {
  return { files: soundFiles({ ...setOf(caBelow(root, 1, keyOf('signer'))), 'root-cert.pem': pem(root) }) };
}

/** A signer with another key, below root A. */
function signerWith(key: typeof shortKey): Told {
  return { files: soundFiles({ ...setOf(caBelow(rootA, 1, key)), 'ca-key.pem': keyPemOf(key) }) };
}

/** A signer with a URI, below a root that permits those of one host. */
function namedUnder(host: string): Told {
  const named = having(uriName('spiffe://cluster.local/ns/istio-system/sa/istiod'))(signer);
  const root = having(nameConstraint('permitted', uriBase(host)))(rootA);
  return { files: soundFiles({ ...setOf(named), 'root-cert.pem': pem(root) }) };
}

/** The key of root A signs, by default with the certificate that the bundle has. */
function rootSigns(chain: string, certificateOfA: Draft = rootA): Told {
  return {
    files: soundFiles({ 'ca-cert.pem': pem(certificateOfA), 'ca-key.pem': keyPemOf(keyOf('rootA')), 'cert-chain.pem': chain }),
  };
}

/** A signer below an upper CA below root A. */
function twoLevels(root: typeof rootA): Told {
  return { files: soundFiles({ ...setOf(twoLevelSigner, upper), 'root-cert.pem': pem(root) }) };
}

function crlOf(text: string): Told {
  return { files: soundFiles({ 'ca-crl.pem': text }), istio: '1.27.0' };
}

/** With an upper CA between signer and root. */
function crlsOf(text: string): Told {
  return { files: { ...twoLevels(rootA).files, 'ca-crl.pem': text } };
}

/** Below a root with an RSA key: the drafts know SHA-1 only with that. */
function signedWithSha1(): Told {
  const root = rootDraft(shortKey, commonName('root R'));
  const below = { ...caBelow(root, 1, keyOf('signer')), signature: 'RSA-SHA1' } as const;
  return { files: soundFiles({ ...setOf(below), 'root-cert.pem': pem(root) }) };
}

function subjectKey() {
  return { oid: '2.5.29.14', critical: false, value: Buffer.concat([Buffer.of(4, 20), Buffer.alloc(20, 7)]) };
}

function reload(before: readonly (typeof rootA)[], after: readonly (typeof rootA)[]): Told {
  return { before: soundFiles({ 'root-cert.pem': pem(...before) }), files: soundFiles({ 'root-cert.pem': pem(...after) }) };
}

function otherSigner() {
  return { ...setOf(signerOfB), 'ca-key.pem': keyPemOf(keyOf('otherSigner')) };
}
