// loading.case.ts — The page loads its parts one after the other, and needs no network once they are there.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { ALL } from '../share.ts';
import type { openPage } from './chromium.ts';
import { ENDLESS } from './hostile-labs.ts';
import { expectedOf } from './machine-queues.ts';
import { choose, firstPaint, openTab, PATIENT, runLab, says, settled } from './on-page.ts';

interface Loading {
  readonly open: (options?: Parameters<typeof openPage>[1]) => Promise<Page>;
  /** In bytes. */
  readonly size: () => number;
  /** Takes the complaints of the pages that are open, which the test then allows. */
  readonly complaints: () => readonly string[];
}

const FURTHER = '**/further-programs*';

const CALLS_FURTHER = 'echo begins; jq -n 1+1; qemu-img --version | grep -o qemu-img';

export function testLoading({ open, size, complaints }: Loading): void {
  it.runIf(ALL)(
    'waits for the programs that come after the page, and makes the run again with them',
    async () => {
      let letThrough = (): void => undefined;
      const gate = new Promise<void>((resolve) => (letThrough = resolve));
      const page = await open({
        before: (context) => context.route(FURTHER, (route) => gate.then(() => route.continue())),
      });
      await page.waitForSelector('.cm-content');
      await runLab(page, CALLS_FURTHER);
      await page.waitForTimeout(500);
      expect(await page.$('.run')).toBeNull();
      letThrough();
      await settled(page);
      await page.keyboard.press('End');
      expect(await page.textContent('.transcript')).toBe('begins\n2\nqemu-img\n');
    },
  );

  it.runIf(ALL)('says so when it cannot load those programs, and tries again', async () => {
    const page = await open({
      before: (context) => context.route(FURTHER, (route) => route.abort()),
    });
    await page.waitForSelector('.cm-content');
    await runLab(page, CALLS_FURTHER);
    await settled(page);
    expect(await page.textContent('.verdict')).toContain("can't load a part of itself");
    await page.context().unroute(FURTHER);
    await runLab(page, CALLS_FURTHER);
    await settled(page);
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toBe('begins\n2\nqemu-img\n');
    // The browser itself complains of the file, once for each attempt.
    expect(new Set(complaints())).toEqual(new Set(['Failed to load resource: net::ERR_FAILED']));
  });

  it.runIf(ALL)('works without a network once it is loaded', async () => {
    const page = await open();
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await choose(page, 'noflush-or-flush');
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toBe(expectedOf('noflush-or-flush'));
    await openTab(page, 'terminal');
    await says(page, 'A shell of the machine');
    // Also with a new engine, after one that was ended.
    await runLab(page, ENDLESS);
    await page.click('.stop');
    await settled(page);
    await choose(page, 'replug');
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toBe(expectedOf('replug'));
  });

  it('is small, and there at once', async () => {
    expect(size()).toBeLessThan(600_000);
    // A second, on a machine that does nothing else. Here others run too, so what is late may try again.
    await expect.poll(async () => firstPaint(await open()), PATIENT).toBeLessThan(3000);
  });
}
