import { join } from 'node:path';
import { checkGroups } from '../packages/mgmt/src/preflight/index.ts';
import { lossReasons } from '../packages/mgmt/src/rotation/emergency/losses.ts';
import { moves } from '../packages/mgmt/src/rotation/moves.ts';
import { describeRules } from '../packages/shared/src/istio/index.ts';
import { repository, settleGenerated } from './generated-files.ts';
import { alarmSections, driftSections, gateSections, withoutLinks } from './runbook.ts';

/** What `reroot explain` knows besides the codes of errors: the command line may not import mgmt, which has these tables. */
interface Entry {
  readonly name: string;
  readonly kind: string;
  readonly means: string;
  readonly look?: string;
  readonly remedy?: string;
  readonly page: string;
}

const entries: readonly Entry[] = [
  ...[...gateSections, ...alarmSections, ...driftSections].map(({ name, kind, means, look, todo, anchor }) => ({
    ...{ name, kind, means: withoutLinks(means), look: withoutLinks(look), remedy: withoutLinks(todo) },
    page: `docs/troubleshooting.md#${anchor}`,
  })),
  ...lossReasons.map(({ reason, means }) => ({
    ...{ name: reason, kind: 'loss in an emergency', means, page: 'docs/emergency.md#what-is-lost' },
  })),
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
