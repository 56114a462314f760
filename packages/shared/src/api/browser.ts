/** What of the API a page needs besides its types: nothing here takes more than a browser has. */
export { newIdempotencyKey } from './exchange-again.ts';
export { type LiveClientOptions, openLiveClient } from './live-client.ts';
export { durationText } from './wording.ts';
