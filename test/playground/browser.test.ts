/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The page, as its users have it: in a real browser.
import { foldTime, recordRun } from '@dmsim/playground';
import type { RunSpec } from '@dmsim/playground';
import { createPrng, uniformInteger } from '@dmsim/sim';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { ALL, shareOf } from '../share.ts';
import { chromiumPath, LEFT_OUT, openPage, openSite, pageSize } from './chromium.ts';
import type { OpenPage, Site } from './chromium.ts';
import { testKeyboard } from './keyboard.case.ts';
import { testLoading } from './loading.case.ts';
import { testLongRuns } from './long-runs.case.ts';
import { expectedOf, readLab, recordMachine } from './machine-queues.ts';
import { testNarrowScreens } from './narrow-screens.case.ts';
import {
  choose,
  countOnPage,
  failedWrites,
  goTo,
  openTab,
  picture,
  queuesOnPage,
  runLab,
  seriousFindings,
  settled,
  says,
  type,
} from './on-page.ts';

if (chromiumPath === null) console.warn(LEFT_OUT);

const TABS = ['events', 'space-time', 'terminal', 'state', 'strategies', 'log'];

const replug: RunSpec = {
  lab: readLab('replug'),
  seed: 1,
  order: 'fifo',
  requeue: 'deferred-head',
  interference: [],
};

describe.skipIf(chromiumPath === null)('the playground', () => {
  let site: Site;
  let opened: OpenPage[] = [];
  const open = async (options: Parameters<typeof openPage>[1] = {}): Promise<Page> => {
    const one = await openPage(site, options);
    opened.push(one);
    return one.page;
  };

  /** One page for all that leave it as they found it, at the beginning of the first lab. */
  let shared: OpenPage | null = null;
  const fresh = async (): Promise<Page> => {
    shared ??= await openPage(site);
    const { page } = shared;
    await page.keyboard.press('Escape');
    await openTab(page, 'events');
    if ((await page.$('.fork')) !== null) await page.click('.fork');
    await page.waitForSelector('.fork', { state: 'detached' });
    await page.click('h1');
    await page.keyboard.press('Home');
    return page;
  };

  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close(), 60_000);
  afterEach(async () => {
    // After all that was done, nothing was thrown, and nothing complained of.
    const complaints = [...opened, ...(shared === null ? [] : [shared])].flatMap(
      (one) => one.complaints,
    );
    await Promise.all(opened.map(({ context }) => context.close()));
    opened = [];
    expect(complaints).toEqual([]);
  });

  it('runs the first lab, and shows what it printed', async () => {
    const page = await fresh();
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toBe(expectedOf('replug'));
    expect(await page.textContent('.verdict')).toContain('every invariant held');
  });

  it('shows the queues that the machine has', async () => {
    const { recording, seen } = recordMachine(replug.lab);
    const { at } = foldTime(recording);
    const page = await fresh();
    const deferred = seen.findIndex(({ maps }) =>
      [...maps.values()].some((map) => map.deferred === 4),
    );
    for (const [i, { nth, maps }] of seen.entries()) {
      const [queues] = maps.values();
      if (queues === undefined || (i !== deferred && i % 5 !== 0)) continue;
      await goTo(page, at[nth] as number);
      const shown = await queuesOnPage(page);
      const waiting = (shown['mpatha deferred'] ?? 0) + (shown['mpatha pushed back'] ?? 0);
      expect([nth, waiting]).toEqual([nth, queues.deferred + queues.pushedBack]);
      expect(shown['mpatha in the target'] ?? 0).toBe(queues.queued);
      const gate = queues.suspended ? 'suspended, noflush' : null;
      if (i === deferred) expect(await page.textContent('.flag')).toBe(gate);
    }
    expect(deferred).toBeGreaterThan(0);
  });

  it('steps by event, by rule, by line of the lab', async () => {
    const page = await fresh();
    const line = (): Promise<string> => page.innerText('.line-running');
    await page.keyboard.press(']');
    await expect.poll(line).toContain('modprobe scsi_debug');
    await page.keyboard.press(']');
    await expect.poll(line).toContain('blockdev');
    await page.keyboard.press('[');
    await expect.poll(line).toContain('modprobe');
    await page.keyboard.press('n');
    expect(await page.textContent('.rule .kernel')).toContain('dm');
    const count = await countOnPage(page);
    await page.keyboard.press('ArrowRight');
    expect(await countOnPage(page)).not.toBe(count);
    await page.keyboard.press('ArrowLeft');
    expect(await countOnPage(page)).toBe(count);
  });

  it.runIf(ALL)('draws the same picture when one goes back to it', async () => {
    const { at } = foldTime(recordRun(replug).recording);
    const page = await fresh();
    const first: string[] = [];
    for (let nth = 0; nth < at.length; nth += 8) {
      await goTo(page, at[nth] as number);
      first.push(await picture(page));
    }
    expect(new Set(first).size).toBeGreaterThan(20);
    const rng = createPrng(5);
    for (let i = 0; i < 50; i++) {
      const n = uniformInteger(rng, 0, first.length - 1);
      await goTo(page, at[n * 8] as number);
      expect(await picture(page)).toBe(first[n]);
    }
  });

  it.runIf(ALL)('plays by itself, faster and slower, and stops at a breakpoint', async () => {
    const page = await fresh();
    await openTab(page, 'events');
    await page.click('text=Breakpoints');
    await page.click('.breakpoints button[type=submit]');
    await page.click('text=Breakpoints: 1');
    await page.selectOption('.speed select', { label: 'as fast as it goes' });
    await page.click('.play');
    await page.waitForFunction(() => document.querySelector('.play')?.textContent === 'Play');
    expect(await page.textContent('.rule .text')).toContain('is pushed back');
    const stopped = await countOnPage(page);
    await page.click('.play');
    await page.waitForFunction(() => document.querySelector('.play')?.textContent === 'Play');
    expect(await countOnPage(page)).not.toBe(stopped);
    await page.keyboard.press('B');
    await page.waitForFunction(
      (count) => document.querySelector('.time .count')?.textContent === count,
      stopped,
    );
  });

  it('goes to a time that is typed', async () => {
    const page = await fresh();
    await page.fill('.time input', '1.5 s');
    await page.keyboard.press('Enter');
    expect(await page.inputValue('.time input')).toMatch(/^1\.0/);
    expect(await queuesOnPage(page)).toMatchObject({ 'mpatha in the target': 3 });
    // Keys act on the page again.
    await page.keyboard.press('Home');
    expect(await countOnPage(page)).toMatch(/^0\//);
  });

  it('goes on from an instant at which something was done, and back', async () => {
    const page = await fresh();
    await page.keyboard.press('End');
    const before = await page.textContent('.transcript');
    // The only path that is left, just before the new table becomes live.
    await page.fill('.time input', '4.9 s');
    await page.keyboard.press('Enter');
    await page.click('[data-device=sdc]');
    await page.click('role=menuitem[name=/take it offline/]');
    await page.waitForSelector('.fork');
    expect(await page.textContent('.fork')).toContain('1 action');
    await page.waitForSelector('[data-device=sdc] .lamp.bad');
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).not.toBe(before);
    await page.click('.fork');
    await page.waitForSelector('.fork', { state: 'detached' });
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toBe(before);
  });

  it('loses all paths at the instant of the suspend by one key', async () => {
    const page = await fresh();
    await page.keyboard.press('a');
    await page.waitForSelector('.fork');
    await page.keyboard.press('End');
    expect(await page.textContent('.verdict')).toContain('every invariant held');
  });

  it('has a shell inside the machine at that instant', async () => {
    const page = await fresh();
    await page.fill('.time input', '1.5 s');
    await page.keyboard.press('Enter');
    await openTab(page, 'terminal');
    await type(page, 'dmsetup status');
    await page.waitForSelector('.fork');
    await says(page, '2 0 1 0 1 1 E 0 2 0 8:0 F 1 8:16 F 1');
    await type(page, 'x=$((6 * 7))');
    await page.waitForFunction(() =>
      document.querySelector('.fork')?.textContent?.includes('2 actions'),
    );
    await type(page, 'echo "it is $x"');
    await page.waitForFunction(() =>
      document.querySelector('.fork')?.textContent?.includes('3 actions'),
    );
    await says(page, 'it is 42');
    // Before, it was not so.
    await page.keyboard.press('Escape');
    await goTo(page, 0);
    await page.waitForFunction(
      () => !document.querySelector('.xterm-accessibility-tree')?.textContent?.includes('it is 42'),
    );
  });

  it.runIf(ALL)('completes commands and paths of the machine', async () => {
    const page = await fresh();
    await page.keyboard.press('End');
    await openTab(page, 'terminal');
    await page.click('.terminal-pane');
    await page.keyboard.type('blockd');
    await page.keyboard.press('Tab');
    await page.keyboard.type('--getsz /dev/mapper/mp');
    await page.keyboard.press('Tab');
    await page.waitForFunction(() =>
      document.querySelector('.xterm-accessibility-tree')?.textContent?.includes('mpatha'),
    );
    await page.keyboard.press('Enter');
    await page.waitForSelector('.fork');
    await says(page, '16384');
  });

  it('says the state in the words of the commands', async () => {
    const page = await fresh();
    await page.fill('.time input', '4.9 s');
    await page.keyboard.press('Enter');
    await openTab(page, 'state');
    await page.waitForSelector('.state-words');
    const words = (await page.textContent('.state-words')) ?? '';
    expect(words).toContain('SUSPENDED');
    expect(words).toContain('sdc 8:32 running');
    await page.keyboard.press('Home');
    await page.waitForFunction(
      () => !document.querySelector('.state-words')?.textContent?.includes('SUSPENDED'),
    );
  });

  it('opens a link with the same screen', async () => {
    const page = await open();
    await page.fill('.time input', '4.9 s');
    await page.keyboard.press('Enter');
    await page.click('[data-map=mpatha]');
    await page.click('role=menuitem[name=/write a block/]');
    await page.waitForSelector('.fork');
    await openTab(page, 'space-time');
    await page.click('text=Share');
    await page.click('text=Copy a link');
    await page.waitForSelector('.share >> text=is copied');
    const hash = await page.evaluate(() => location.hash);
    const other = await open({ hash });
    expect(await countOnPage(other)).toBe(await countOnPage(page));
    expect(await picture(other)).toBe(await picture(page));
    expect(await other.getAttribute('#tab-space-time', 'aria-selected')).toBe('true');
    expect(await other.textContent('.words')).toBe(await page.textContent('.words'));
  });

  it.runIf(ALL)(
    'runs a lab that was typed, also with letters beyond ASCII, and shows it again after a reload',
    async () => {
      const page = await open();
      await runLab(page, "echo Ωé€ | LC_ALL=C.UTF-8 grep -o '[[:alpha:]]'; exit 3\n");
      await page.waitForURL(/#1\./);
      await page.keyboard.press('End');
      expect(await page.textContent('.transcript')).toBe('Ω\né\n');
      // It ended well, but the lab says that something failed.
      expect(await page.textContent('.verdict.failed')).toBe(
        '! exit status 3; every invariant held',
      );
      await page.reload();
      await page.waitForSelector('.verdict.failed');
      await runLab(page, 'echo a\nif true; then\n');
      // The page stands at the beginning, and has not come to the message yet.
      await page.waitForFunction(() =>
        document.querySelector('.verdict.failed')?.textContent.includes('syntax error'),
      );
      expect(await page.textContent('.verdict.failed [role=status]')).toBe(
        '! exit status 2; last error: lab.sh: line 3: syntax error: unexpected end of file; every invariant held',
      );
      // The line may be too narrow for it; bash's second line, which quotes the first, says less.
      await runLab(page, 'echo a | ; echo b\n');
      await settled(page);
      await page.click('.verdict.failed summary');
      expect(await page.innerText('.verdict .panel')).toContain("near unexpected token `;'");
      await choose(page, 'replug');
      expect(new URL(page.url()).hash).toBe('');
    },
  );

  it.runIf(ALL)('offers each lab once, those of the tutorial in its order', async () => {
    const page = await open();
    await page.waitForSelector('optgroup[label=Tutorial]', { state: 'attached' });
    const names = await page.$$eval('.scenario option', (all) => all.map((one) => one.textContent));
    expect(names.slice(0, 4)).toEqual(['paths', 'lost', 'swap', 'replug']);
    expect(names).toEqual([...new Set(names)]);
    await choose(page, 'swap');
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toBe(expectedOf('tutorial/swap'));
  });

  it('shows how the strategies differ', async () => {
    const page = await fresh();
    await openTab(page, 'strategies');
    await page.waitForFunction(() => document.querySelectorAll('.compare pre').length === 3);
    expect(await failedWrites(page)).toEqual([0, 0, 3]);
    await page.click('[data-strategy=none] button');
    await page.waitForSelector('.verdict.bad');
    expect(await page.textContent('.verdict')).toContain(
      'no path loss is seen while I/O is queued',
    );
  });

  it.runIf(ALL)('has nothing that axe finds serious, in any view and either theme', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open({ colorScheme });
      await page.evaluate(axe.source);
      await page.fill('.time input', '4.9 s');
      await page.keyboard.press('Enter');
      // Each in the light; in the dark, the colours are what differs.
      const tabs = colorScheme === 'light' ? TABS : ['events', 'strategies'];
      for (const tab of tabs) {
        await openTab(page, tab);
        await page.waitForTimeout(300);
        expect(await seriousFindings(page)).toEqual([]);
      }
      await page.keyboard.press('?');
      expect(await seriousFindings(page)).toEqual([]);
    }
  });

  it.runIf(ALL)('moves nothing by itself when motion is to be reduced', async () => {
    const page = await open({ reducedMotion: 'reduce' });
    await page.fill('.time input', '1.5 s');
    await page.keyboard.press('Enter');
    const durations = await page.evaluate(() =>
      [...document.querySelectorAll('.dot')].map((dot) => getComputedStyle(dot).transitionDuration),
    );
    expect(durations).toHaveLength(3);
    expect(new Set(durations)).toEqual(new Set(['0s']));
  });

  it.runIf(ALL)('tells an incident, with the daemon', async () => {
    const page = await open();
    await page.waitForSelector('optgroup[label=Incidents]', { state: 'attached' });
    await choose(page, 'checker-passes-io-fails');
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toBe(
      expectedOf('incidents/checker-passes-io-fails'),
    );
    expect(await page.textContent('.verdict')).toContain('every invariant held');
  });

  testLoading({
    open,
    size: () => pageSize(site),
    complaints: () => opened.flatMap((one) => one.complaints.splice(0)),
  });

  testKeyboard(open);

  testLongRuns(open);

  testNarrowScreens(open);

  const BROKEN = ['nonsense', '1.AAAA', `1.${'A'.repeat(200_000)}`];
  it.each(shareOf(BROKEN, 3))(
    'refuses a broken link and shows the first scenario, case %#',
    async (hash) => {
      const page = await open({ hash: `#${hash}` });
      expect(await page.textContent('.verdict')).toMatch(/^This link can't be opened: it is/);
      await page.click('.verdict summary');
      expect(await page.innerText('.verdict .panel')).toBe(
        await page.textContent('.verdict [role=status]'),
      );
      await page.click('h1');
      await page.keyboard.press('End');
      expect(await page.textContent('.transcript')).toBe(expectedOf('replug'));
    },
  );

  it.runIf(ALL)('shows what a lab says, and never runs it', async () => {
    const page = await open();
    const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await runLab(
      page,
      `#: ${evil}
echo '${evil}'
echo '${evil}' >&2
modprobe brd rd_nr=1 rd_size=1024
dmsetup create '<b>bold</b>' --table '0 8 linear /dev/ram0 0'
nosuch '${evil}'
`,
    );
    await settled(page);
    await page.keyboard.press('End');
    expect(await page.textContent('.transcript')).toContain(evil);
    expect(await page.textContent('.caption')).toBe(evil);
    for (const tab of TABS) {
      await openTab(page, tab);
      await page.waitForTimeout(200);
    }
    expect(await page.title()).toBe('dmsim playground');
    expect(await page.$$('img, #page script, #page b')).toEqual([]);
  });
});
