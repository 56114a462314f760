import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What of a page keeps people out, by every rule of axe but those that are experimental.
 * @returns one line for each element: the rule, what is wrong, and the element
 */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  // By the protocol of the browser, past the policy of the page: a script element would be refused.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** Whether anything is wider than the window: then one has to scroll to both sides. */
export function findOverflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
