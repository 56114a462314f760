/**
 * X.509 for a mesh: roots, intermediates, leaves, requests, chains and trust bundles.
 *
 *   const key = signerFromKey(await generateKey({ kind: 'rsa', bits: 4096 }));
 *   const root = await createRootCertificate({ key, commonName: 'mesh root 1', organization: 'acme', notBeforeMs, notAfterMs });
 *   const bundle = composeBundle(current, [oldRoot, root]);
 */
export { bytesRelated, composeBundle, countNudges, nudgeBundle, rootsOf } from './bundle.ts';
export { type Certificate, parseCertificate, parseCertificates } from './certificate.ts';
export { type ChainResult, verifyChain } from './chain.ts';
export { type Broken, type ChainProblem, inline } from './chain-problem.ts';
export { type CrlOptions, createCrl } from './create-crl.ts';
export { type Crl, parseCrl, parseCrlLikeGo, parseCrls } from './crl.ts';
export { composeCrlFile, requireCrlOfEachCa } from './crl-file.ts';
export { type CertificateRequest, createCsr, csrToPem, parseCsr, verifyCsr } from './csr.ts';
export { createRootCertificate, issueHostLeaf, issueIntermediate, issueLeaf } from './issue.ts';
export { issuingProblems, repetitionProblem } from './issuer-problem.ts';
export { algorithmOf, exportPrivateKey, generateKey, importPrivateKey, type KeyAlgorithm } from './key.ts';
export { fitName } from './name.ts';
export { nameText } from './name-text.ts';
export { certificateProblems, signatureProblem } from './path-rules.ts';
export { certificatesOf, type PemItem, readPem } from './read-pem.ts';
export { sha256Hex } from './sha256.ts';
export { type Signer, signerFromKey } from './signer.ts';
export { isRevoked, verifyCrl } from './verify-crl.ts';
