export { type Clock, monotonicClock, systemClock } from './clock.ts';
export { systemRandom } from './random.ts';
export { createTokenBucket, type Rate, type TokenBucket } from './token-bucket.ts';
