import { readFileSync } from 'node:fs';

/** A policy of docs/vault.md, as it stands there. */
export type DocumentedPolicy = 'reroot-mgmt' | 'reroot-mgmt-cleanup' | 'reroot-agent' | 'reroot-transit';

/** The text of a policy: the block that follows its name in the page. @throws when the page does not have it */
export function documentedPolicy(name: DocumentedPolicy): string {
  const page = readFileSync(new URL('../../../../docs/vault.md', import.meta.url), 'utf8');
  const block = new RegExp(`^\`${name}\`[^\`]*\`\`\`hcl\\n([^\`]+)\`\`\``, 'm').exec(page)?.[1];
  if (block === undefined) throw new Error(`docs/vault.md has no policy ${name}`);
  return block;
}
