import { describeWorlds } from './describe-worlds.ts';
import { rollbackWorlds } from './worlds.ts';

describeWorlds('a rotation that is rolled back, in every interleaving', rollbackWorlds);
