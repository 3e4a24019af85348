// Pictures of each view, at both sizes and in both themes, for people to look at: npm run playground:shots
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath, openPage, openSite } from './chromium.ts';
import type { Site } from './chromium.ts';
import { openTab } from './on-page.ts';

const folder = process.env['SHOTS'];
const SIZES = [
  { name: '720p', width: 1280, height: 720 },
  { name: 'projector', width: 1920, height: 1080 },
];
const VIEWS = ['events', 'space-time', 'terminal', 'state', 'strategies', 'log'];
const RUNS = SIZES.flatMap((size) => [
  { ...size, theme: 'light' as const },
  { ...size, theme: 'dark' as const },
]);

describe.skipIf(folder === undefined || chromiumPath === null)('pictures of the playground', () => {
  let site: Site;
  beforeAll(async () => {
    mkdirSync(folder ?? '', { recursive: true });
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close(), 60_000);

  it.each(RUNS)('$name, $theme', async ({ name, width, height, theme }) => {
    const { page, context, complaints } = await openPage(site, {
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    await page.fill('.time input', '5.0195 s');
    await page.keyboard.press('Enter');
    for (const view of VIEWS) {
      await openTab(page, view);
      await page.waitForTimeout(view === 'state' || view === 'strategies' ? 2500 : 600);
      await page.screenshot({ path: join(folder ?? '', `${view}-${name}-${theme}.png`) });
    }
    await page.click('[data-device=sdc]');
    await page.screenshot({ path: join(folder ?? '', `menu-${name}-${theme}.png`) });
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.screenshot({ path: join(folder ?? '', `help-${name}-${theme}.png`) });
    expect(complaints).toEqual([]);
    await context.close();
  });
});
