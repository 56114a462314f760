import { writeFile } from 'node:fs/promises';
import { errorMessage, toRerootError } from '@reroot/shared/errors';
import { describeError } from '@reroot/shared/lifecycle';
import type { CampaignOutcome } from './campaign.ts';
import { exitCodes } from './exit-codes.ts';
import type { ChaosOptions } from './options.ts';
import { summarise, tellSummary } from './summary.ts';

/** Where a report goes, and how the campaign has ended. */
export interface Reporting {
  /** What people and programs read. */
  readonly print: (text: string) => void;
  /** What is said besides. */
  readonly say: (line: string) => void;
  readonly ended: 'by-itself' | 'interrupted';
}

/**
 * Tells what came of a campaign, and writes its figures where they are wanted; of one that has ended early, those of the runs that were made.
 * @returns what to end with
 */
export async function reportCampaign(
  options: ChaosOptions,
  outcome: CampaignOutcome,
  { print, say, ended }: Reporting,
): Promise<number> {
  const { runs, problem } = outcome;
  const summary = summarise(options, outcome);
  let figures: 'kept' | 'lost' = 'kept';
  if (runs.length > 0 || problem === undefined) {
    print(tellSummary(summary));
    if (options.json !== undefined) figures = await keepFigures(options.json, summary, say);
  }
  if (ended === 'interrupted') return exitCodes.interrupted;
  if (problem !== undefined) say(describeError(toRerootError(problem)).trimEnd());
  // What is known to be wrong comes before what could not be seen.
  if (summary.broken.length > 0) return exitCodes.broken;
  if (problem !== undefined) return exitCodes.launch;
  return figures === 'kept' ? exitCodes.held : exitCodes.options;
}

/** The file could be written as the campaign began; that may have changed in an hour. */
async function keepFigures(file: string, figures: object, say: (line: string) => void): Promise<'kept' | 'lost'> {
  try {
    await writeFile(file, `${JSON.stringify(figures, undefined, 2)}\n`);
    return 'kept';
  } catch (thrown) {
    say(`error: --json ${file} cannot be written any more: ${errorMessage(thrown)}\nremedy: take the figures from the summary`);
    return 'lost';
  }
}
