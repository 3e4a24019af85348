// The kept reports in a browser, at the size of a desk and of a phone: what is written on a picture can be read.
// SHOTS=FOLDER keeps pictures of them for people to look at.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath } from '../playground/chromium.ts';
import { shareOf } from '../share.ts';

const folder = new URL('../../docs/labs/compare/', import.meta.url).pathname;
const reports = readdirSync(folder).filter((name) => name.endsWith('.html'));
const shots = process.env['SHOTS'];

const SIZES = {
  desk: { width: 1280, height: 900 },
  phone: { width: 420, height: 900 },
} as const;
const PAGES = reports.flatMap((report) => [
  { report, size: 'desk' as const },
  { report, size: 'phone' as const },
]);

/** In the page: pairs of labels of one picture that lie over each other, and what is wider than the page. */
function faultsOfPage(): string[] {
  const faults: string[] = [];
  for (const svg of document.querySelectorAll('figure svg')) {
    const labels = [...svg.querySelectorAll('text')].filter((each) => each.textContent !== '');
    const boxes = labels.map((label) => label.getBoundingClientRect());
    for (const [i, a] of boxes.entries())
      for (const [j, b] of boxes.entries()) {
        if (j <= i || a.width === 0 || b.width === 0) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 1)
          faults.push(`'${labels[i]?.textContent}' and '${labels[j]?.textContent}' overlap`);
      }
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} too wide`);
  return faults;
}

describe.skipIf(chromiumPath === null)('a kept report', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (shots !== undefined) mkdirSync(shots, { recursive: true });
    browser = await chromium.launch({
      executablePath: chromiumPath ?? '',
      args: ['--no-sandbox'],
    });
  }, 120_000);
  afterAll(() => browser.close());

  it.each(shareOf(PAGES, 5))(
    '$report can be read at the size of a $size',
    async ({ report, size }) => {
      const page = await browser.newPage({ viewport: SIZES[size] });
      await page.goto(pathToFileURL(join(folder, report)).href);
      expect(await page.locator('figure svg text').count()).toBeGreaterThan(10);
      expect(await page.evaluate(faultsOfPage)).toEqual([]);
      if (shots !== undefined) {
        const path = join(shots, `${report.replace('.html', '')}-${size}.png`);
        await page.screenshot({ path, fullPage: true });
      }
      await page.close();
    },
  );
});
