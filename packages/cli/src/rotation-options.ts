import { Option } from 'commander';
import { parseStrategy } from './target-root.ts';

/** How the rotation goes, in the words of the verbs that start or foresee one. */
export function strategyOption(): Option {
  return new Option('--strategy <name>', "MULTI_ROOT or NONE; defaults to the mesh's policy").argParser(parseStrategy);
}

/** Whether it goes as the policy says, for the verbs that foresee one; `rotate` has more of it. */
export function emergencyOption(): Option {
  return new Option('--emergency', 'of a rotation without soak, waves, windows or overlap, as `rotate --emergency` starts one');
}

/** Who lets its steps pass. */
export function verificationOption(): Option {
  const methods = ['none', 'manual', 'automatic'];
  return new Option('--verification <method>', "who lets each step pass; defaults to the mesh's policy").choices(methods);
}
