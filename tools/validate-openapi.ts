import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { repository } from './generated-files.ts';

/** Has somebody else say whether the document is OpenAPI 3.1: by the schema that its authors publish. */
const validator = new Validator();
const { valid, errors } = await validator.validate(join(repository, 'docs/openapi.json'));
if (!valid || validator.version !== '3.1') {
  process.stderr.write(`error: docs/openapi.json is not OpenAPI 3.1:\n${JSON.stringify(errors, undefined, 2)}\n`);
  process.stderr.write('remedy: look at packages/shared/src/api/openapi, which makes it\n');
  process.exitCode = 1;
}
