/** What is known of the clusters, and what is given to them. */
export { createEvidenceReader, type EvidenceReader, type ReadingContext } from './evidence-reader.ts';
export { createFleetView, type FleetView, type FleetViewOptions } from './fleet-view.ts';
export { type IssuanceOptions, type IssueContext, issueFor } from './issuance.ts';
export { createKeyDirectory, type KeyDirectory } from './key-directory.ts';
export { createReportIntake, type ReceivedReport, type ReportIntake } from './report-intake.ts';
