import { createHash, randomBytes } from 'node:crypto';
import { type Role, roles, tokenPrefix } from '@reroot/shared/api';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommonOptions } from './connection.ts';
import { isDocument, printData, say } from './print.ts';
import type { Shell } from './shell.ts';

interface NewTokenOptions extends CommonOptions {
  readonly name: string;
  readonly role: Role;
  readonly days: number;
}

const tokenBytes = 32;
const dayMs = 86_400_000;
const defaultDays = 90;

/** `reroot token`: tokens for the API; speaks to nobody. */
export function defineToken(verb: Command, shell: Shell): void {
  verb.description('make tokens for the API of mgmt');
  verb
    .command('new')
    .description('make a token; prints it once, and what of it goes into the configuration of mgmt')
    .requiredOption('--name <name>', 'who is recorded as having done what is done with it', parseName)
    .addOption(new Option('--role <role>', 'what may be done with it').choices(roles).makeOptionMandatory())
    .option('--days <number>', 'how long it is good; 0 for ever', parseDays, defaultDays)
    .action((_, command: Command) => {
      return runNewToken(command.optsWithGlobals(), shell);
    });
}

/** The token itself is nowhere but on stdout: mgmt needs no more than its digest. */
async function runNewToken({ name, role, days, output }: NewTokenOptions, shell: Shell): Promise<void> {
  const token = `${tokenPrefix}${randomBytes(tokenBytes).toString('base64url')}`;
  const sha256 = createHash('sha256').update(token).digest('hex');
  const expires = days === 0 ? undefined : new Date(shell.clock.now() + days * dayMs).toISOString();
  const entry = { name, sha256, role, ...(expires === undefined ? {} : { expires }) };
  if (!isDocument(output)) sayEntry(entry, shell);
  await printData(shell, { output }, { token, ...entry }, () => [token]);
}

function sayEntry(entry: Readonly<Record<string, string>>, shell: Shell): void {
  say(shell, 'put this into the configuration of mgmt, and restart it:');
  for (const line of yamlLines(entry)) say(shell, line);
  say(shell, 'the token, which is shown this once:');
}

/** Text in JSON is text in YAML. */
function yamlLines(entry: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(entry).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ['api:', '  access:', '    tokens:', ...lines.map((line, index) => `      ${index === 0 ? '- ' : '  '}${line}`)];
}

function parseName(text: string): string {
  const isPrintable = /^[^\p{Cc}\p{Cf}]{1,200}$/u.test(text) && /\S/.test(text);
  if (isPrintable) return text;
  throw new InvalidArgumentError('give a name of at most 200 printable characters.');
}

function parseDays(text: string): number {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (days >= 0) return days;
  throw new InvalidArgumentError('give a number of days, such as 90.');
}
