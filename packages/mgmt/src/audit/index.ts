/** Who acts, and what the journal is told of it. */
export { actAs, actByItself, whoActs } from './acting.ts';
export { createFileSink, createStreamSink } from './audit-sink.ts';
export { followJournal, type JournalFollower } from './journal-follower.ts';
export { createPackMaker } from './pack-maker.ts';
export { createRefusalNotes, type RefusedAct } from './refusal-notes.ts';
export { type ClusterVersions, describeStart } from './start-evidence.ts';
export { describeStep } from './step-evidence.ts';
