import { type PlanQuery, renderPlan, type Strategy, type Verification } from '@reroot/shared/api';
import { type Command, InvalidArgumentError } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printData } from './print.ts';
import { emergencyOption, strategyOption, verificationOption } from './rotation-options.ts';
import type { Shell } from './shell.ts';
import { parseFingerprint, resolveRoot } from './target-root.ts';

interface PlanOptions extends CommonOptions {
  readonly strategy?: Strategy;
  readonly verification?: Verification;
  readonly target?: string;
  readonly emergency?: true;
  readonly at?: string;
  readonly offline?: readonly string[];
  readonly until?: string;
  readonly exclude?: readonly string[];
}

/** `reroot plan`: what a rotation would do, or what is left of the one under way. */
export function definePlan(verb: Command, shell: Shell): void {
  verb
    .description('show what a rotation would do, step by step and wave by wave, or what is left of the one under way')
    .addOption(strategyOption())
    .addOption(verificationOption())
    .addOption(emergencyOption())
    .option('--target <fingerprint>', 'a root that the mesh knows, or its first digits; else the next one', parseFingerprint)
    .option('--at <time>', 'when the rotation is to start: 2027-01-04T12:00:00Z, or a span from now such as 2h')
    .option('--offline <clusters>', 'what if these, with commas between them, were offline from the start on', parseNames)
    .option('--until <time>', 'until when they are: a moment, or a span from the start; for ever when left out')
    .option('--exclude <clusters>', 'what if these were excluded before the start', parseNames)
    .action((_, command: Command) => runPlan(command.optsWithGlobals(), shell));
}

async function runPlan(options: PlanOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const { strategy, verification, target, emergency, at, offline, until, exclude } = options;
  const targetRoot = target === undefined ? undefined : resolveRoot(target, await client.readMesh(mesh, shell.signal));
  const pace = emergency === undefined ? undefined : 'emergency';
  const asked = { strategy, verification, targetRoot, pace, at, offline, until, exclude };
  const query: PlanQuery = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const plan = await client.readPlan(mesh, query, shell.signal);
  await printData(shell, options, plan, () => renderPlan(plan, shell.out.paint));
}

function parseNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => /^[a-z0-9-]{1,63}$/.test(name))) return [...before, ...names];
  throw new InvalidArgumentError('give names of clusters with commas between them.');
}
