// narrow-screens.case.ts — All of the page can be read and reached on a telephone, and in a window of any width.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { ALL } from '../share.ts';
import type { openPage } from './chromium.ts';
import { openTab, says } from './on-page.ts';

type Open = (options?: Parameters<typeof openPage>[1]) => Promise<Page>;

const TABS = ['events', 'space-time', 'terminal', 'state', 'strategies', 'log'];
const PHONE = { width: 360, height: 740 };

/** The smallest letters that are drawn in a part of the page, in pixels of the screen. */
const smallestLetters = (page: Page, part: string): Promise<number> =>
  page.evaluate((selector) => {
    const sizes = [...document.querySelectorAll<SVGTextElement>(`${selector} text`)].map(
      (text) =>
        parseFloat(getComputedStyle(text).fontSize) *
        ((text.ownerSVGElement as SVGSVGElement).getScreenCTM()?.a ?? 0),
    );
    return Math.min(...sizes);
  }, part);

/** Whether a part of the picture is within its frame, from side to side. */
const isInView = (page: Page, part: string): Promise<boolean> =>
  page.evaluate((selector) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box !== undefined && box.left >= 0 && box.right <= innerWidth;
  }, part);

const isAscending = (numbers: readonly number[]): boolean =>
  numbers.every((n, i) => i === 0 || n >= (numbers[i - 1] ?? 0));

/** What has the focus, if nothing at all of it can be seen once the page has scrolled there. It runs in the page. */
async function hiddenFocus(): Promise<string> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const focused = document.activeElement ?? document.body;
  if (focused === document.body) return '';
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const bar = document.querySelector('.transport');
  const end = bar === null || bar.contains(focused) ? innerHeight : bar.getBoundingClientRect().top;
  const isSeen = Math.min(bottom, end) > Math.max(top, 0) && right > 0 && left < innerWidth;
  return isSeen ? '' : (focused.getAttribute('aria-label') ?? focused.outerHTML.slice(0, 80));
}

export function testNarrowScreens(open: Open): void {
  it.runIf(ALL)(
    'draws letters on a telephone that can be read, and brings what acts into view',
    async () => {
      const page = await open({ viewport: PHONE });
      await page.fill('.time input', '5.0485 s');
      await page.keyboard.press('Enter');
      expect(await smallestLetters(page, 'svg.picture')).toBeGreaterThan(9);
      await openTab(page, 'space-time');
      expect(await smallestLetters(page, '.space-time')).toBeGreaterThan(9);
      await page.keyboard.press('Home');
      await expect.poll(() => isInView(page, '.space-time .now')).toBe(true);
      await page.keyboard.press('End');
      await expect.poll(() => isInView(page, '.space-time .now')).toBe(true);
      await page.fill('.time input', '0.0305 s');
      await page.keyboard.press('Enter');
      for (let step = 0; step < 6; step++) {
        await page.keyboard.press('n');
        await expect.poll(() => isInView(page, 'svg.picture .active')).toBe(true);
      }
    },
  );

  it.runIf(ALL)('fits into windows of any width, and shows its panels there in full', async () => {
    const page = await open();
    for (const width of [320, 360, 400, 700, 940, 1000, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      for (const tab of TABS) {
        await openTab(page, tab);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([width, tab, wide]).toEqual([width, tab, width]);
      }
      await openTab(page, 'events');
      for (const panel of ['.breakpoints', '.share', 'header .options']) {
        await page.click(`${panel} summary`);
        const [left, right] = await page.evaluate((selector) => {
          const box = document.querySelector(`${selector} .panel`)?.getBoundingClientRect();
          return [box?.left ?? -1, box?.right ?? Infinity];
        }, panel);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(width);
        await page.click(`${panel} summary`);
      }
    }
  });

  it('leaves the page where it was scrolled to when a step runs another line', async () => {
    const page = await open({ viewport: PHONE });
    await page.waitForSelector('.cm-content');
    await page.keyboard.press('End');
    await page.keyboard.press('[');
    const runningLine = async (): Promise<number[]> =>
      page.evaluate(() => {
        const frame = document.querySelector('.cm-scroller')?.getBoundingClientRect();
        const line = document.querySelector('.line-running')?.getBoundingClientRect();
        return [frame?.top ?? 0, line?.top ?? 0, line?.bottom ?? 0, frame?.bottom ?? 0];
      });
    // In the editor the line can be seen, if one scrolls to the editor.
    await expect.poll(async () => isAscending(await runningLine())).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  it('shows which view is open', async () => {
    const page = await open({ viewport: PHONE });
    // As a link does: nobody has scrolled to the tab.
    await page.evaluate(() => document.querySelector<HTMLElement>('#tab-log')?.click());
    await expect.poll(() => isInView(page, '#tab-log')).toBe(true);
  });

  it.runIf(ALL).each([
    { width: 320, height: 256 },
    { width: 360, height: 740 },
    { width: 720, height: 450 },
  ])('hides nothing that has the focus below the buttons for time: %j', async (viewport) => {
    const page = await open({ viewport });
    await page.keyboard.press('End');
    const hidden: string[] = [];
    for (let press = 0; press < 45; press++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(hiddenFocus);
      if (name !== '') hidden.push(name);
    }
    expect(hidden).toEqual([]);
  });

  it.runIf(ALL)(
    'lets the terminal have what is typed after a press on its tab, and closes panels by Escape',
    async () => {
      const page = await open();
      await openTab(page, 'terminal');
      await page.waitForSelector('.terminal-pane textarea:focus', { state: 'attached' });
      await page.keyboard.type('x=suspended; echo $x');
      await page.keyboard.press('Enter');
      await says(page, 'suspended');
      expect(await page.textContent('.fork')).toContain('1 action');
      await page.click('.share summary');
      await page.keyboard.press('Escape');
      expect(await page.$('details[open]')).toBeNull();
    },
  );
}
