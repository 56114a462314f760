import { join } from 'node:path';
import { type CatalogueEntry, errorCatalogue } from '../packages/shared/src/errors/index.ts';
import { repository, settleGenerated } from './generated-files.ts';

const preface = `<!-- Generated from packages/shared/src/errors/catalogue.ts by tools/generate-error-docs.ts: do not edit. -->

# Errors

Every failure that reroot reports carries one of these codes: in a program's last lines on stderr, in the API's
\`application/problem+json\`, in an agent's report and in the log. The message beside it says to whom it happened and with
which value.

| exit code | meaning |
|---|---|
| 0 | success |
| 1 | the operation ran and failed |
| 2 | bad input |
| 3 | something needed cannot be reached |
| 4 | refused in the present state |
| 5 | a deadline passed |
| 6 | the rotation that was followed was rolled back |
| 7 | the rotation that was followed needs a person |
`;

function section([code, entry]: [string, CatalogueEntry]): string {
  return `
## ${code}

${sentence(entry.means)}

*Remedy:* ${sentence(entry.remedy)}

HTTP ${entry.status} · exit code ${entry.exit}
`;
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

const sections = Object.entries<CatalogueEntry>(errorCatalogue).map(section);
await settleGenerated([{ path: join(repository, 'docs/errors.md'), content: preface + sections.join('') }]);
