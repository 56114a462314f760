import { describeWorlds } from './describe-worlds.ts';
import { adoptionWorlds } from './worlds.ts';

describeWorlds('an adoption, in every interleaving', adoptionWorlds);
