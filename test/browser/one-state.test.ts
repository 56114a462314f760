import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { MeshStatus } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchSimulatedMesh, type SimulatedMesh } from '../fleet/simulated-mesh.ts';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { rotateTo } from '../scenarios/step-by-step.ts';
import { openBrowser, type TestBrowser } from './open-browser.ts';

const cli = resolve(import.meta.dirname, '../../packages/cli/src/main.js');
/** How often the API is asked. */
const askEveryMs = 40;
const withinMs = 1_000;

let mesh: SimulatedMesh;
let browser: TestBrowser;

beforeAll(async () => {
  [browser, mesh] = await Promise.all([openBrowser(), launchSimulatedMesh({ clusters: 3, ratePerSecond: 5 })]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await mesh.stop();
});

/** What somebody saw, and when: each state once, by the clock of the machine. */
type Seen = Map<string, number>;

const keyOf = ({ state, step, generation }: Pick<MeshStatus, 'state' | 'step' | 'generation'>): string =>
  `${state} ${step} ${generation}`;

function note(seen: Seen, key: string): void {
  if (!seen.has(key)) seen.set(key, Date.now());
}

/** `reroot status --watch -o json`, a process of its own. */
function watchByCli(seen: Seen): ChildProcess {
  const args = [cli, 'status', '--watch', '-o', 'json', '--mesh', meshName, '--server', mesh.api.server];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface(child.stdout).on('line', (line) => note(seen, keyOf(JSON.parse(line) as MeshStatus)));
  return child;
}

/** GET, again and again. */
async function watchByApi(seen: Seen, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    note(seen, keyOf(await mesh.status()));
    await systemClock.sleep(askEveryMs, signal).catch(() => undefined);
  }
}

/** What stands on the page, looked at whenever something of it changes. */
const watchPage = `
  window.seen = [];
  const look = () => {
    const code = [...document.querySelectorAll('.state-code > code')].map((each) => each.textContent.trim());
    const generation = document.querySelector('.foot')?.textContent.match(/generation (\\d+)/)?.[1];
    const key = [code[0], code[1] ?? code[0], generation].join(' ');
    if (window.seen.every(([known]) => known !== key)) window.seen.push([key, Date.now()]);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
`;

/** When somebody showed a state or one after it, by the order in which states were first seen by anybody. */
function reachedAt(seen: Seen, order: readonly string[], index: number): number {
  return Math.min(...order.slice(index).map((key) => seen.get(key) ?? Number.POSITIVE_INFINITY));
}

describe('a rotation that is observed by the command line, the dashboard and the API', () => {
  it('is in the same state everywhere within a second of whoever sees it first', async () => {
    const { page } = await browser.open();
    await page.goto(`${mesh.api.server}/ui/#/${meshName}`);
    await page.locator('.state-name', { hasText: 'At rest' }).waitFor();
    await page.evaluate(watchPage);
    const [byApi, byCli]: [Seen, Seen] = [new Map(), new Map()];
    const ending = new AbortController();
    const child = watchByCli(byCli);
    const asking = watchByApi(byApi, ending.signal);
    await mesh.look('the command line to show the mesh', async () => (byCli.size > 0 ? true : undefined));
    const asked = await rotateTo(mesh, 'DELETING_OLD_ROOT');
    await mesh.answer(asked, 'CONTINUE');
    await mesh.until('the end', ({ state }) => state === 'FINISHED');
    await page.locator('.state-name', { hasText: 'Finished' }).waitFor();
    await mesh.look('the command line to show the end', async () =>
      [...byCli.keys()].some((key) => key.startsWith('FINISHED')) ? true : undefined,
    );
    ending.abort();
    await asking;
    child.kill();
    await once(child, 'exit');
    const byPage: Seen = new Map(await page.evaluate<[string, number][]>('window.seen'));

    const everybody = { API: byApi, CLI: byCli, dashboard: byPage };
    const firstAt = new Map<string, number>();
    for (const seen of Object.values(everybody)) {
      for (const [key, atMs] of seen) firstAt.set(key, Math.min(atMs, firstAt.get(key) ?? Number.POSITIVE_INFINITY));
    }
    // What was there before anybody watched was seen by each at the moment when it began.
    const order = [...firstAt.keys()].toSorted((a, b) => (firstAt.get(a) ?? 0) - (firstAt.get(b) ?? 0));
    const spreads = order.slice(1).map((key, at) => {
      const reached = Object.values(everybody).map((seen) => reachedAt(seen, order, at + 1));
      return { key, ms: Math.max(...reached) - (firstAt.get(key) ?? 0) };
    });
    process.stderr.write(`» spread of each state, ms: ${spreads.map(({ key, ms }) => `${key} ${ms}`).join('; ')}\n`);
    expect(spreads.length).toBeGreaterThanOrEqual(9);
    expect(spreads.filter(({ ms }) => ms > withinMs)).toEqual([]);
  });
});
