import { join } from 'node:path';
import { checkGroups } from '../packages/mgmt/src/preflight/index.ts';
import { gates } from '../packages/mgmt/src/rotation/gate.ts';
import { moves } from '../packages/mgmt/src/rotation/moves.ts';
import { meshReasonMeanings, silenceMeanings, trustReasonMeanings } from '../packages/mgmt/src/rotation/verdict.ts';
import { describeRules } from '../packages/shared/src/istio/index.ts';
import { repository, settleGenerated } from './generated-files.ts';

/** What `reroot explain` knows besides the codes of errors: the command line may not import mgmt, which has these tables. */
interface Entry {
  readonly name: string;
  readonly kind: string;
  readonly means: string;
  readonly remedy?: string;
  readonly page: string;
}

const reasons = [
  ...Object.entries(silenceMeanings),
  ...gates.map(({ reason, waitsFor }) => [reason, waitsFor] as const),
  ...Object.entries(trustReasonMeanings),
  ...Object.entries(meshReasonMeanings),
];

const entries: readonly Entry[] = [
  ...reasons.map(([name, waitsFor]) => ({ name, kind: 'gate', means: `waits for ${waitsFor}`, page: 'docs/rotation.md' })),
  ...Object.entries(moves).map(([name, { means }]) => ({ name, kind: 'move', means, page: 'docs/rotation.md' })),
  ...checkGroups.flatMap(({ checks }) =>
    checks.map(({ id, failed, why, hint }) => ({
      ...{ name: id, kind: 'preflight check', means: `${failed}: ${why}`, remedy: hint, page: `docs/preflight.md#${id}` },
    })),
  ),
  ...describeRules().map(({ id, why, remedy }) => ({
    ...{ name: id, kind: 'pki check rule', means: why, remedy, page: 'docs/pki-check.md' },
  })),
];

const path = join(repository, 'packages/cli/src/generated/reasons.json');
await settleGenerated([{ path, content: `${JSON.stringify(entries, null, 2)}\n` }]);
