// The page, as its users have it: in a real browser.
import { readFileSync } from 'node:fs';

import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath, LEFT_OUT, openPage, openSite } from './chromium.ts';
import type { Site } from './chromium.ts';

if (chromiumPath === null) console.warn(LEFT_OUT);

describe.skipIf(chromiumPath === null)('the playground', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  it('runs the first lab without a complaint, and shows what it printed', async () => {
    const { page, context, complaints } = await openPage(site);
    await page.keyboard.press('End');
    const printed = await page.textContent('.transcript');
    const expected = readFileSync(
      new URL('../../docs/labs/replug.expected', import.meta.url),
      'utf8',
    );
    expect(printed).toBe(expected);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('has nothing that axe finds serious', async () => {
    const { page, context } = await openPage(site);
    // The page's own policy forbids scripts from elsewhere: this one is the test's.
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await (globalThis as any).axe.run();
      return violations
        .filter(({ impact }: any) => ['serious', 'critical'].includes(impact))
        .map(
          ({ id, nodes }: any) =>
            `${id}: ${nodes.map(({ html }: any) => html.slice(0, 120)).join(' | ')}`,
        );
    });
    expect(found).toEqual([]);
    await context.close();
  });
});
