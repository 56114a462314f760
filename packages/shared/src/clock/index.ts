export { type Clock, systemClock } from './clock.ts';
export { systemRandom } from './random.ts';
export { createTokenBucket, type Rate, type TokenBucket } from './token-bucket.ts';
