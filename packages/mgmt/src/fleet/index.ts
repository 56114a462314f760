/** What is known of the clusters, what is taken from them and given to them. */
export { createEvidenceReader, type EvidenceReader, type ReadingContext } from './evidence-reader.ts';
export { createFleetView, type FleetView, type FleetViewOptions } from './fleet-view.ts';
export { type IssuanceOptions, type IssueContext, issueFor } from './issuance.ts';
export { keepAge } from './keep-age.ts';
export { createKeyDirectory, type KeyDirectory } from './key-directory.ts';
export { type Limits, limitsSchema } from './limits.ts';
export {
  type AccountTerms,
  type ClusterName,
  createLinkAccounts,
  type LinkAccounts,
  type LinkAccountsOptions,
} from './link-accounts.ts';
export { createLinkView, type HeardState, type LinkView } from './link-view.ts';
export { createLruCache } from './lru-cache.ts';
export { createRateLimit, type RateLimit, type RateLimitOptions } from './rate-limit.ts';
export { createRefusals, type RefusalCounts, type Refusals } from './refusals.ts';
export { createReportIntake, type ReceivedReport, type ReportIntake, type ReportIntakeOptions } from './report-intake.ts';
export { createReportMemory, type ReportMemory } from './report-memory.ts';
export { createReportSizes, type ReportSizes } from './report-sizes.ts';
export { createSeldom, type Seldom } from './seldom.ts';
export { createSigningKeys, type SigningKeys, type SigningKeysOptions } from './signing-keys.ts';
