// keyboard.case.ts — The page without a pointer, and as it is read out.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { ALL } from '../share.ts';
import type { openPage } from './chromium.ts';
import { focusOf } from './on-page.ts';

type Open = (options?: Parameters<typeof openPage>[1]) => Promise<Page>;

/** The labels of all that Tab reaches from the top of the page on. Each must show that it has the focus. */
async function reachedByTab(page: Page): Promise<string[]> {
  // From there on Tab begins.
  await page.click('h1');
  const reached: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    // The editor shows its focus a moment later.
    await page.waitForTimeout(20);
    const focused = await focusOf(page);
    // Past the last one the browser itself has the focus.
    if (focused === null) break;
    const [name, outlined] = focused;
    expect(`${name} ${outlined}`).toBe(`${name} true`);
    reached.push(name);
  }
  return reached;
}

const LANDMARKS = [
  'Run',
  'The lab, a bash',
  'mpatha dm-0',
  'sda 8:0',
  'bio 2,',
  'Events',
  'Instant',
];

export function testKeyboard(open: Open): void {
  it.runIf(ALL)('works by the keyboard alone, and shows where it is', async () => {
    const page = await open();
    await page.fill('.time input', '5.0195 s');
    await page.keyboard.press('Enter');
    const reached = await reachedByTab(page);
    const places = LANDMARKS.map((name) => reached.findIndex((one) => one.startsWith(name)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it.runIf(ALL)('has each step read out, and is quiet while the run plays', async () => {
    const page = await open();
    const live = page.locator('.words .text');
    await page.keyboard.press('ArrowRight');
    expect(await live.getAttribute('aria-live')).toBe('polite');
    await page.keyboard.press('Space');
    await expect.poll(() => live.getAttribute('aria-live')).toBe('off');
    await page.keyboard.press('Space');
    await expect.poll(() => live.getAttribute('aria-live')).toBe('polite');
  });
}
