import { describe, expect, it } from 'vitest';

import type { HostFile } from '../block/host-file.ts';
import { formatQcow2 } from '../block/qcow2-image.ts';
import { createRawFile } from '../block/raw-file.ts';
import { fillImage } from '../replay/recorded-host.ts';
import type { Machine } from '../vm/machine.case.ts';
import { machine } from '../vm/machine.case.ts';

const MiB: number = 1 << 20;

const contentOf = (file: HostFile | undefined): Uint8Array =>
  file?.readAt(0, file.size()) ?? new Uint8Array();

/** A source and a target of 1 MiB, and an overlay that holds the first 64 KiB of its own. */
function withImages(faults: object[] = []): Machine & { readonly files: Map<string, HostFile> } {
  const overlay = createRawFile('o', formatQcow2({ virtualSize: MiB, backingFile: 's' }));
  fillImage(overlay, 64 << 10, 2);
  const list = [
    createRawFile('s', new Uint8Array(MiB).fill(1)),
    createRawFile('t', new Uint8Array(MiB)),
    overlay,
  ];
  const files = new Map(list.map((file) => [file.path, file]));
  const m = machine(['-machine', 'none'], { files });
  m.qmp('blockdev-add', { driver: 'file', 'node-name': 'src', filename: 's' });
  m.qmp('blockdev-add', {
    driver: 'blkdebug',
    'node-name': 'dst',
    image: { driver: 'file', filename: 't' },
    ...(faults.length > 0 ? { 'inject-error': faults } : {}),
  });
  m.runFor(1);
  m.heard.length = 0;
  return Object.assign(m, { files });
}

const mirror = { 'job-id': 'j', device: 'src', target: 'dst', sync: 'full', granularity: 65536 };

describe('the speed of a job', () => {
  it('makes a megabyte at a megabyte per second last a second', () => {
    const m = withImages();
    m.qmp('blockdev-mirror', { ...mirror, 'buf-size': 65536, speed: MiB });
    m.runFor(700);
    expect(m.heard.some((line) => line.includes('READY'))).toBe(false);
    m.runFor(500);
    expect(m.heard.at(-1)).toBe('BLOCK_JOB_READY');
  });

  it('can be raised while it runs', () => {
    const m = withImages();
    m.qmp('blockdev-mirror', { ...mirror, 'buf-size': 65536, speed: 65536 });
    m.runFor(100);
    m.qmp('block-job-set-speed', { device: 'j', speed: 0 });
    m.runFor(100);
    expect(m.heard.at(-1)).toBe('BLOCK_JOB_READY');
  });
});

describe('a job that is cancelled before it is ready', () => {
  it('ends as cancelled', () => {
    const m = withImages();
    m.qmp('blockdev-mirror', { ...mirror, 'buf-size': 65536, speed: 65536 });
    m.runFor(200);
    m.heard.length = 0;
    m.qmp('block-job-cancel', { device: 'j' });
    m.runFor(10);
    expect(m.heard).toEqual([
      'return',
      'JOB_STATUS_CHANGE aborting',
      'BLOCK_JOB_CANCELLED',
      'JOB_STATUS_CHANGE concluded',
      'JOB_STATUS_CHANGE null',
    ]);
  });
});

describe('pausing', () => {
  it('is refused twice, and resuming what runs', () => {
    const m = withImages();
    m.qmp('blockdev-mirror', { ...mirror, 'buf-size': 65536, speed: 65536 });
    m.runFor(10);
    m.heard.length = 0;
    m.qmp('block-job-resume', { device: 'j' });
    m.runFor(10);
    m.qmp('block-job-pause', { device: 'j' });
    m.runFor(1000);
    m.qmp('block-job-pause', { device: 'j' });
    m.runFor(10);
    m.qmp('block-job-complete', { device: 'j' });
    m.runFor(10);
    expect(m.heard).toEqual([
      "error Can't resume a job that was not paused",
      'JOB_STATUS_CHANGE paused',
      'return',
      'error Job is already paused',
      "error Job 'j' in state 'paused' cannot accept command verb 'complete'",
    ]);
  });
});

describe('a job without auto-finalize and auto-dismiss', () => {
  const backup = {
    'job-id': 'j',
    device: 'src',
    target: 'dst',
    sync: 'full',
    'auto-finalize': false,
    'auto-dismiss': false,
  };

  it('waits to be finalized, then to be dismissed', () => {
    const m = withImages();
    m.qmp('blockdev-backup', backup);
    m.runFor(100);
    expect(m.heard.at(-1)).toBe('BLOCK_JOB_PENDING');
    m.qmp('job-finalize', { id: 'j' });
    m.runFor(10);
    expect(m.heard.at(-2)).toBe('JOB_STATUS_CHANGE concluded');
    m.qmp('job-dismiss', { id: 'j' });
    m.runFor(10);
    expect(m.heard.at(-2)).toBe('JOB_STATUS_CHANGE null');
    const bytesOf = (name: string): Uint8Array => contentOf(m.files.get(name));
    expect(Buffer.compare(bytesOf('s'), bytesOf('t'))).toBe(0);
  });

  it('stays concluded with its error when it failed', () => {
    const m = withImages([{ event: 'none', iotype: 'write', errno: 28 }]);
    m.qmp('blockdev-backup', backup);
    m.runFor(100);
    m.qmp('query-jobs');
    m.runFor(10);
    expect(m.heard.at(-1)).toBe('return concluded');
    expect(m.vm.jobs.map((job) => job.error)).toEqual(['No space left on device']);
  });
});

describe('a mirror with sync=top', () => {
  it('copies what the overlay holds itself', () => {
    const m = withImages();
    const options = { driver: 'qcow2', 'node-name': 'ovl', backing: 'src' };
    m.qmp('blockdev-add', { ...options, file: { driver: 'file', filename: 'o' } });
    m.qmp('blockdev-mirror', { ...mirror, device: 'ovl', sync: 'top' });
    m.runFor(100);
    expect(m.heard.at(-1)).toBe('BLOCK_JOB_READY');
    const target = contentOf(m.files.get('t'));
    expect([target[0], target[65535], target[65536]]).toEqual([2, 2, 0]);
  });
});

describe('quit', () => {
  it('cancels what runs and hangs up', () => {
    const m = withImages();
    m.qmp('blockdev-mirror', { ...mirror, 'buf-size': 65536, speed: 65536 });
    m.runFor(200);
    m.heard.length = 0;
    m.qmp('quit');
    m.runFor(1000);
    expect(m.heard[0]).toBe('SHUTDOWN');
    expect(m.heard).toContain('BLOCK_JOB_CANCELLED');
    expect(m.heard).toContain('return');
    expect(m.vm.exit).toEqual({ kind: 'exited', status: 0 });
  });
});
