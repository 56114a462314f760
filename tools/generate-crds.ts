import { join } from 'node:path';
import { buildCrds, renderCrd } from '../packages/shared/src/api/resources/index.ts';
import { repository, settleGenerated } from './generated-files.ts';

const header = '# Made by tools/generate-crds.ts from the schemas of the API; ./dev generate makes it anew.\n';

await settleGenerated(
  buildCrds().map((definition) => ({
    path: join(repository, `deploy/crds/${definition.metadata.name}.yaml`),
    content: header + renderCrd(definition),
  })),
);
