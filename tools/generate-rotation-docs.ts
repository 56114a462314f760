import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, settleGenerated } from './generated-files.ts';
import { fillParts, rotationParts } from './rotation-docs.ts';

const path = join(repository, 'docs/rotation.md');
await settleGenerated([{ path, content: fillParts(await readFile(path, 'utf8'), rotationParts()) }]);
