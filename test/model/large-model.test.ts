import { describeWorlds } from './describe-worlds.ts';
import { largeWorlds } from './large-worlds.ts';

describeWorlds('larger worlds of the rotation, in every interleaving', largeWorlds);
