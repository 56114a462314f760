export { othersMayRead } from './others-may-read.ts';
