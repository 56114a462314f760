import { readFileSync } from 'node:fs';

/** docs/protocol.md, which tests hold the code to. */
export const protocolDocument = readFileSync(new URL('../../../../../docs/protocol.md', import.meta.url), 'utf8');
