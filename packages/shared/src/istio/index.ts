/**
 * What Istio does with the files of a plugged-in CA, version by version: named rules over parsed facts, without I/O.
 *
 *   const set = readCaSet(filesOfSecret);
 *   const { verdict, findings } = checkCa({ istio, multiRoot: 'on', atMs, scope: 'set', set });
 */
export {
  type BundleFile,
  type CaForm,
  type CaSet,
  caFileNames,
  type NamedFiles,
  type PemFile,
  readCaSet,
  readPemFile,
} from './ca-set.ts';
export { type CaReport, checkCa, describeRules, isHarmless, isRefusedAt, type RuleDescription } from './check-ca.ts';
export {
  compareVersions,
  type IstioVersion,
  isInRange,
  newestIstio,
  oldestIstio,
  parseIstioVersion,
  rangeText,
  type VersionRange,
  versionText,
} from './istio-version.ts';
export { type ManifestFiles, readManifests } from './read-manifests.ts';
export type { CaFacts, CaFinding, Stage, Verdict } from './rule.ts';
export { findSignerPath } from './signer-path.ts';
