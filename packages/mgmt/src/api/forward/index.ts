/** What a replica that does not lead hands over to the one that does. */
export { createForward, type Forward, type ForwardOutcome, type LeaderAddress } from './forward-to-leader.ts';
export { createHandOverDoor, type HandOver, type HandOverDoor } from './hand-over.ts';
