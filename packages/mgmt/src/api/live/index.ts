/** The live stream of the API. */
export { addLive, type LiveOptions } from './add-live.ts';
export { type ChangeSignal, createChangeSignal } from './change-signal.ts';
export { createLiveSource, type LiveSource } from './live-source.ts';
