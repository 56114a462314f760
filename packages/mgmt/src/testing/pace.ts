/** For models of mgmt: how much it says at a time, to whom how often, how often it looks, and when it reads what it knows. */
export { rememberedReports, rereadAfterMs } from '../fleet/report-memory.ts';
export { gatherMsOf } from '../runner/gathering.ts';
export { sliceMs, wordsPerSlice, wordsPerTurn } from '../runner/pacer.ts';
export { hastenEveryMs } from '../runner/publisher.ts';
export { freshMsOf, restPeriods } from '../runner/resync.ts';
