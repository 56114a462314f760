export { type Clock, systemClock } from './clock.ts';
export { systemRandom } from './random.ts';
