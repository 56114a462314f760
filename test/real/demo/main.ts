import { runDemoProgram } from '@reroot/simulator/demo';
import { parseRealDemoOptions } from './options.ts';
import { stageRealDemo } from './stage.ts';

await runDemoProgram(parseRealDemoOptions, stageRealDemo);
