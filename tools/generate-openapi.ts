import { join } from 'node:path';
import { buildOpenApi } from '../packages/shared/src/api/contract.ts';
import { describeApi } from './api-reference.ts';
import { repository, settleGenerated } from './generated-files.ts';

await settleGenerated([
  { path: join(repository, 'docs/openapi.json'), content: `${JSON.stringify(buildOpenApi(), undefined, 2)}\n` },
  { path: join(repository, 'docs/api-reference.md'), content: describeApi() },
]);
