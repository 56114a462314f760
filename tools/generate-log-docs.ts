import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logKeys } from '../packages/shared/src/log/index.ts';
import { repository, settleGenerated } from './generated-files.ts';
import { fillParts } from './rotation-docs.ts';

const path = join(repository, 'docs/logs.md');
const rows = Object.entries(logKeys).map(([key, meaning]) => `| \`${key}\` | ${meaning} |\n`);
const keys = `| key | what stands there |\n|---|---|\n${rows.join('')}`;

await settleGenerated([{ path, content: fillParts(await readFile(path, 'utf8'), { keys }) }]);
