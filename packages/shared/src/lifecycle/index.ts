export { type Deadline, withDeadline } from './deadline.ts';
export { createLifecycle, type Lifecycle, type LifecycleOptions } from './lifecycle.ts';
export { type RetryOptions, retry } from './retry.ts';
export { describeError, type ProgramContext, runProgram } from './run-program.ts';
