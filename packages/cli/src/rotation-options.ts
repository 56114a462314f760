import { Option } from 'commander';
import { parseStrategy } from './target-root.ts';

/** How the rotation goes, in the words of the verbs that start or foresee one. */
export function strategyOption(): Option {
  return new Option('--strategy <name>', "MULTI_ROOT or NONE; defaults to the mesh's policy").argParser(parseStrategy);
}

/** Who lets its steps pass. */
export function verificationOption(): Option {
  const methods = ['none', 'manual', 'automatic'];
  return new Option('--verification <method>', "who lets each step pass; defaults to the mesh's policy").choices(methods);
}
