import { describeWorlds } from './describe-worlds.ts';
import { forwardWorlds } from './worlds.ts';

describeWorlds('a rotation that goes forward, in every interleaving', forwardWorlds);
