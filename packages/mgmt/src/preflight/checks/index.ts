import type { CheckGroup } from '../check.ts';
import { agentChecks } from './agent-checks.ts';
import { caFileChecks } from './ca-file-checks.ts';
import { hostChecks } from './host-checks.ts';
import { istiodChecks } from './istiod-checks.ts';
import { meshChecks } from './mesh-checks.ts';
import { proxyChecks } from './proxy-checks.ts';
import { publicationChecks } from './publication-checks.ts';

/** Every check, in the order in which they are made and shown. */
export const checkGroups: readonly CheckGroup[] = [
  { category: 'agents', checks: agentChecks },
  { category: 'istiod', checks: istiodChecks },
  { category: 'files of the CA', checks: caFileChecks },
  { category: 'published roots', checks: publicationChecks },
  { category: 'proxies', checks: proxyChecks },
  { category: 'roots and policy', checks: meshChecks },
  { category: 'room', checks: hostChecks },
];
