// on-page.ts — Actions of the tests on the page, and facts that they read from it.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core';

/** An action that must be quick is tried again, since other programs may have slowed it down; one that is always slow fails. */
export const PATIENT = { timeout: 60_000, interval: 1000 };

/** Goes to the instant after so many records, by the slider, as the mouse would. */
export async function goTo(page: Page, distance: number): Promise<void> {
  await page.evaluate((value) => {
    const slider = document.querySelector<HTMLInputElement>('.slider input');
    if (slider === null) throw new Error('no slider');
    slider.value = String(value);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }, distance);
}

/** `155/222` */
export const countOnPage = async (page: Page): Promise<string> =>
  (await page.textContent('.time .count')) ?? '';

/** Everything that is drawn, but for what is on its way from one place to another. */
export const picture = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector('svg.picture')?.outerHTML ?? '');

/** By mapped device and queue: `mpatha deferred` → 1. */
export const queuesOnPage = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() => {
    const counts: Record<string, number> = {};
    for (const map of document.querySelectorAll('svg.picture .map')) {
      const name = map.querySelector('[data-map]')?.getAttribute('data-map') ?? '';
      for (const queue of map.querySelectorAll('[data-queue]')) {
        const key = `${name} ${queue.getAttribute('data-queue')}`;
        counts[key] = Number(queue.getAttribute('data-count'));
      }
    }
    return counts;
  });

/** Puts a lab into the editor, as one would by pasting, and runs it. Waits for no end. */
export async function runLab(page: Page, lab: string): Promise<void> {
  await page.click('.cm-content');
  await page.keyboard.press('Control+A');
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const paste = new ClipboardEvent('paste', {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
    });
    document.querySelector('.cm-content')?.dispatchEvent(paste);
  }, lab);
  await page.click('.run, .stop');
}

/**
 * Runs a lab for a while and presses the button that ends it. In ms, until the page can run another lab; 0 for a lab that has
 * ended by itself, as it reached a limit. Throws when it is not the button that ended the lab.
 */
export async function timeToStop(page: Page, lab: string): Promise<number> {
  await runLab(page, lab);
  await page.waitForTimeout(700);
  const begun = performance.now();
  const pressed = await page.evaluate(() => {
    const button = document.querySelector<HTMLElement>('.stop');
    button?.click();
    return button !== null;
  });
  await settled(page);
  if (!pressed) return 0;
  const took = performance.now() - begun;
  const verdict = await page.textContent('.verdict');
  if (verdict?.startsWith('Stopped.') !== true) throw new Error(`${lab}: ${verdict}`);
  return took;
}

export const settled = (page: Page): Promise<unknown> => page.waitForSelector('.run');

export async function choose(page: Page, name: string): Promise<void> {
  await page.selectOption('.scenario', name);
  await settled(page);
}

export const openTab = (page: Page, name: string): Promise<void> => page.click(`#tab-${name}`);

export async function type(page: Page, line: string): Promise<void> {
  await page.click('.terminal-pane');
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

/** Waits until the terminal shows it, as a screen reader has it. */
export const says = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('.xterm-accessibility-tree')?.textContent?.includes(wanted),
    text,
  );

/** Returns the serious and critical findings of axe. The page must have loaded axe. */
export const seriousFindings = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { violations } = await (globalThis as any).axe.run();
    return violations
      .filter(({ impact }: any) => ['serious', 'critical'].includes(impact))
      .map(
        ({ id, nodes }: any) =>
          `${id}: ${nodes.map(({ html }: any) => html.slice(0, 160)).join(' | ')}`,
      );
  });

/** The label of the element that has the focus, and whether it shows that; null if the focus has left the page. */
export const focusOf = (page: Page): Promise<readonly [string, boolean] | null> =>
  page.evaluate(() => {
    const it = document.activeElement;
    if (it === null || it === document.body) return null;
    const label = it.getAttribute('aria-label') ?? it.textContent?.trim().slice(0, 30) ?? '';
    const outlined = getComputedStyle(it).outlineStyle !== 'none';
    return [label, outlined || it.closest('.cm-focused') !== null] as const;
  });

/** How many writes failed under deferred-head, pushback and none. */
export const failedWrites = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    ['deferred-head', 'pushback', 'none'].map(
      (name) =>
        document.querySelector(`[data-strategy=${name}] pre`)?.textContent?.match(/write FAILED/g)
          ?.length ?? 0,
    ),
  );

/** When the page showed something first, in ms. */
export const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
  );
