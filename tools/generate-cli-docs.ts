import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWholeProgram } from '../packages/cli/src/program.ts';
import { createShell } from '../packages/cli/src/shell.ts';
import { systemClock } from '../packages/shared/src/clock/index.ts';
import { cliReference, manualPage } from './cli-reference.ts';
import { repository, settleGenerated } from './generated-files.ts';
import { fillParts } from './rotation-docs.ts';

const program = await createWholeProgram(createShell(process, systemClock, new AbortController().signal));
const path = join(repository, 'docs/cli.md');
await settleGenerated([
  { path, content: fillParts(await readFile(path, 'utf8'), { reference: cliReference(program) }) },
  { path: join(repository, 'docs/man/reroot.1'), content: manualPage(program) },
]);
