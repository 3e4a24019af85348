// long-runs.case.ts — Labs that take long, or never end.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { ALL } from '../share.ts';
import { HOSTILE } from './hostile-labs.ts';
import { expectedOf } from './machine-queues.ts';
import { choose, PATIENT, runLab, settled, timeToStop } from './on-page.ts';

const TOLD = /(\d+) s of virtual time, the trace is \d+ % full/;

export function testLongRuns(open: () => Promise<Page>): void {
  it.runIf(ALL)('tells how far a long run has come', async () => {
    const page = await open();
    await runLab(page, 'while sleep 1; do :; done');
    const seconds = async (): Promise<number> =>
      Number(TOLD.exec((await page.textContent('.verdict')) ?? '')?.[1] ?? 0);
    await expect.poll(seconds, PATIENT).toBeGreaterThan(0);
    const before = await seconds();
    await expect.poll(seconds, PATIENT).toBeGreaterThan(before);
    await page.click('.stop');
    await settled(page);
  });

  it.runIf(ALL)('stays usable under a lab that means it harm', async () => {
    const page = await open();
    for (const lab of HOSTILE) {
      await expect.poll(() => timeToStop(page, lab), PATIENT).toBeLessThan(1000);
    }
    await choose(page, 'replug');
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toBe(expectedOf('replug'));
  });
}
