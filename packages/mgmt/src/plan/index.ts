/** What a rotation would do, before it does it: `planRotation`. Pure: no I/O, no clock, no chance. */
export type { PlanAsk, PlanFacts } from './plan-facts.ts';
export { planRotation } from './plan-rotation.ts';
