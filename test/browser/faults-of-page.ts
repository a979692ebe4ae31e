import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Findings of axe that keep somebody from using the page, each with the first element that it is about. */
export const hindrances = async (page: Page, rules?: readonly string[]): Promise<string[]> => {
  await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.length} times, first ${nodes[0]?.html.slice(0, 160) ?? ''})`,
    );
};

/** Runs in the page. What scrolls within itself may be as wide as it likes. */
const beyondTheEdge = `(() => {
  const scrolls = (element) => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
  const isWithin = (element) => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) if (scrolls(one)) return true;
    return false;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.checkVisibility() && !isWithin(element))
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 120));
})()`;

/** Elements that reach beyond the right edge of the window, and the page itself where it scrolls sideways. */
export const tooWide = async (page: Page): Promise<string[]> => {
  const extra = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const elements = await page.evaluate<string[]>(beyondTheEdge);
  return extra > 0 ? [`the page, by ${extra} px`, ...elements] : elements;
};
