/** The journal of what was done, as everybody can check it. */
export {
  type AuditEntry,
  type AuditHead,
  type AuditKind,
  auditEntrySchema,
  auditHeadSchema,
  type ChainedDigest,
  type ChainedEntry,
  chainedDigestSchema,
  chainedEntrySchema,
} from './audit-entry.ts';
export { type AuditLine, readAuditLine, writeAuditLine } from './audit-lines.ts';
export { canonicalJson } from './canonical-json.ts';
export { checkHead, digestOfEntry, linkHash, originHash, signHead } from './chain.ts';
export { type ChainCheck, type ChainFinding, createChainCheck } from './chain-check.ts';
export { checkPack, journalPath, type PackFinding, type PackManifest, sealPack } from './evidence-pack.ts';
export { type ArchivedFile, readZip, writeZip } from './zip-archive.ts';
