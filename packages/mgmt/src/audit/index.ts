/** Who acts, and what the journal is told of it. */
export { actAs, actByItself, whoActs } from './acting.ts';
export { createFileSink, createStreamSink } from './audit-sink.ts';
export { followJournal, type JournalFollower } from './journal-follower.ts';
export { createRefusalNotes, type RefusedAct } from './refusal-notes.ts';
