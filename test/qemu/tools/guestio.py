#!/usr/bin/env python3
"""A guest's requests while jobs, limits, errors, stops, snapshots and resets are at work (see qtlib.py, machines.py).  usage: guestio.py OUTDIR [substring,substring]"""
import sys, os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
CHOSEN = sys.argv[2] if len(sys.argv) > 2 else ''
sys.argv[2:] = ['none of its own']      # machines.py records what it is asked for when it is imported
import qtlib, machines
from machines import *
qtlib.SEL = CHOSEN; qtlib.results.clear()
SETTLE = .25
def go(kind, *steps):
    """as that of machines.py, but more patient"""
    def fn(q, qt):
        d = mk(q, qt, kind)
        for s in steps:
            if s == 'look': q.settle(SETTLE); d.state(); q.cmd('query-status'); q.cmd('query-block-jobs')
            elif isinstance(s, list): d.submit(*s)
            elif isinstance(s, tuple) and isinstance(s[1], dict): q.cmd(*s)
            elif isinstance(s, tuple): d.submit(s)
            else: q.cmd(s)
    return fn
ADDED = lambda **kw: ('blockdev-add', null(**kw))
W_ = lambda i, s, n=4096: ('w%d' % i, 'write', s, n)
R_ = lambda i, s, n=4096: ('r%d' % i, 'read', s, n)
FL = ('f1', 'flush', 0, 0)
BM = lambda verb, name='b0', **kw: ('block-dirty-bitmap-' + verb, dict({'node': 'node-drive0', 'name': name}, **kw))
IOPS = lambda n, id='disk0', **kw: ('block_set_io_throttle', dict({'id': id, 'bps': 0, 'bps_rd': 0, 'bps_wr': 0, 'iops': n, 'iops_rd': 0, 'iops_wr': 0}, **kw))
SPEED = lambda n: ('block-job-set-speed', {'device': 'job0', 'speed': n})
STATS, QB = 'query-blockstats', 'query-block'
SNAP = lambda name='s1': ('blockdev-snapshot-sync', {'device': 'drive0', 'snapshot-file': W + '/' + name + '.qcow2', 'snapshot-node-name': name})
SLOW = dict(speed=65536, buf_size=65536)
JB = lambda verb, **kw: (verb, dict({'id': 'job0'}, **kw))
def both(name, notes, argv, steps):
    for kind in ('blk', 'scsi'): scenario(kind + '-' + name, notes, argv(kind), go(kind, *steps(kind)))
both('writes-while-mirror-copies', 'writes before and after the place that a slow mirror has come to; then it goes on, pivots, and a read', lambda k: setup(k, []), lambda k: (ADDED(), start('blockdev-mirror', **SLOW), W_(1, 0), W_(2, 12000), 'look', R_(1, 64), 'look', SPEED(0), 'look', W_(3, 128), 'look', J('complete'), 'look', W_(4, 256), 'look', STATS))
both('mirror-paused-while-guest-writes', 'a ready mirror is paused by its user, the guest writes, the mirror goes on and is cancelled', lambda k: setup(k, []), lambda k: (ADDED(), start('blockdev-mirror', granularity=4096), 'look', J('pause'), W_(1, 0), W_(2, 8, 8192), W_(3, 4096), 'look', J('complete'), J('resume'), 'look', J('cancel'), 'look', STATS))
both('write-error-while-mirror-is-ready', 'a write fails with werror=enospc while a mirror is ready; it completes while the machine is stopped', lambda k: on_file(k, rules('write', 28, 2048), werror='enospc'), lambda k: (ADDED(), start('blockdev-mirror'), 'look', W_(1, 2048), 'look', QB, J('complete'), 'look', QB, 'cont', 'look', W_(2, 4096), 'look', STATS))
for pol in ('report', 'ignore', 'stop', 'enospc'):
    both('backup-target-%s-under-writes' % pol, 'the target of a backup fails once under a write of the guest and once for the job; on-target-error=' + pol, lambda k: on_file(k, werror='stop'), lambda k, pol=pol: (ADDED(inj=rules('write', 28, 2048) + rules('write', 28, 8192)), start('blockdev-backup', speed=65536, on_target_error=pol), W_(1, 2048), 'look', W_(2, 4096), 'look', SPEED(0), 'look', J('resume'), 'look', 'cont', 'look', STATS))
both('mirror-target-ignored-under-writes', 'the target of a blocking mirror fails under writes, ignored', lambda k: on_file(k), lambda k: (ADDED(inj=rules('write', 5, 2048, 2)), start('blockdev-mirror', copy_mode='write-blocking', sync='none', on_target_error='ignore'), 'look', W_(1, 2048), 'look', W_(2, 2048), 'look', J('complete'), 'look', W_(3, 0), 'look'))
both('stop-under-limits', 'requests held back by limits when stop and cont come, and when the limits go', lambda k: setup(k, []), lambda k: (IOPS(1), W_(1, 0), W_(2, 8), R_(1, 16), 'look', 'stop', 'look', W_(3, 24), 'look', 'cont', 'look', IOPS(0), 'look', QB, STATS))
both('limits-by-bytes', 'a large write under limits of bytes, then a reset', lambda k: setup(k, []), lambda k: (IOPS(0, bps_wr=65536), W_(1, 0, 65536), W_(2, 256, 65536), R_(1, 0), 'look', ('system_reset', {}), 'look', QB))
both('limits-and-errors', 'a write that waits for a limit fails, and another one behind it', lambda k: setup(k, rules('write', 5, 2048, 2) + rules('write', 28, 4096), werror='stop'), lambda k: (IOPS(2), W_(1, 0), W_(2, 2048), W_(3, 4096), 'look', 'look', QB, 'cont', 'look', 'look', 'cont', 'look', 'look', QB))
both('stop-while-stopped-by-error', 'stop and reset come while an error has stopped the machine; a second error after cont', lambda k: setup(k, rules('write', 28, 2048, 2) + rules('read', 5, 4096), 'stop', 'stop'), lambda k: ([W_(1, 2048), R_(1, 4096), W_(2, 0)], 'look', 'stop', 'look', 'cont', 'look', 'cont', 'look', QB, STATS))
both('three-kinds-in-one-kick', 'writes, reads and a flush in one kick, with other errors and policies', lambda k: setup(k, rules('write', 5, 64) + rules('read', 28, 128) + rules('write', 28, 192, 2), 'ignore', 'enospc'), lambda k: ([W_(1, 64), R_(1, 128), W_(2, 192), FL, R_(2, 0)], 'look', QB, 'cont', 'look', 'cont', 'look', STATS))
both('states-by-guest-events', 'blkdebug changes its state with reads, writes and flushes of the guest', lambda k: ['-drive', 'if=none,id=drive0,node-name=node-drive0,format=raw,file.driver=blkdebug,file.image.driver=file,file.image.filename=' + W + '/disk.raw,file.set-state.0.event=write_aio,file.set-state.0.state=1,file.set-state.0.new_state=2,file.set-state.1.event=read_aio,file.set-state.1.state=2,file.set-state.1.new_state=3,file.set-state.2.event=flush_to_disk,file.set-state.2.state=3,file.set-state.2.new_state=1,file.inject-error.0.event=read_aio,file.inject-error.0.state=3,file.inject-error.0.errno=5,file.inject-error.1.event=write_aio,file.inject-error.1.state=3,file.inject-error.1.errno=28'] + setup(k, [], 'report', 'report')[2:], lambda k: (R_(1, 0), 'look', W_(1, 0), 'look', R_(2, 0), 'look', R_(3, 8), 'look', W_(2, 0), 'look', FL, 'look', W_(3, 8), R_(4, 8), 'look', STATS))
both('snapshot-under-limits', 'a snapshot is taken while writes wait for a limit, and while the machine is stopped by an error', lambda k: setup(k, rules('read', 5, 2048), rerror='stop'), lambda k: (IOPS(1), W_(1, 0), W_(2, 8), 'look', SNAP(), 'look', IOPS(0), R_(1, 2048), 'look', SNAP('s2'), 'look', 'cont', 'look', W_(3, 0), R_(2, 0), 'look', QB, STATS))
both('stream-of-a-snapshot-with-errors', 'the base of a snapshot fails for the guest and for a stream', lambda k: on_file(k, rules('read', 5, 2048, 2), rerror='stop'), lambda k: (W_(1, 0), SNAP(), R_(1, 2048), 'look', ('block-stream', {'job-id': 'job0', 'device': 'drive0', 'on-error': 'stop', 'speed': 65536}), 'look', 'cont', W_(2, 4096), 'look', J('resume'), SPEED(0), 'look', QB))
both('commit-under-writes', 'an active commit while the guest writes; completes; the guest goes on', lambda k: setup(k, []), lambda k: (SNAP(), W_(1, 0), W_(2, 4096, 65536), 'look', ('block-commit', {'job-id': 'job0', 'device': 'drive0', 'speed': 65536}), W_(3, 8192), 'look', SPEED(0), 'look', J('complete'), 'look', W_(4, 0), 'look', QB, STATS))
both('bitmap-and-failed-writes', 'a bitmap under writes that fail, are ignored, or are sent again', lambda k: setup(k, rules('write', 5, 2048) + rules('write', 28, 8192), None, 'enospc'), lambda k: (BM('add', granularity=4096), W_(1, 2048), 'look', W_(2, 8192), 'look', QB, 'cont', 'look', QB, BM('clear'), W_(3, 0), 'look', QB))
both('backup-none-then-full', 'a backup of what is overwritten, cancelled, then a full one under writes', lambda k: setup(k, []), lambda k: (ADDED(), start('blockdev-backup', sync='none'), W_(1, 0), W_(2, 2048, 65536), 'look', J('cancel'), 'look', ('blockdev-add', null(node='dst2')), start('blockdev-backup', target='dst2', speed=65536), W_(3, 0), W_(4, 12000), 'look', SPEED(0), 'look', STATS))
both('manual-job-under-guest', 'a mirror that is finalized and dismissed by hand, with writes between', lambda k: on_file(k), lambda k: (ADDED(), start('blockdev-mirror', auto_finalize=False, auto_dismiss=False), 'look', W_(1, 0), 'look', J('complete'), 'look', W_(2, 8), 'look', JB('job-finalize'), 'look', 'query-jobs', W_(3, 16), 'look', JB('job-dismiss'), QB))
both('reset-while-job-and-limit', 'a reset while a backup runs and a request waits for a limit', lambda k: setup(k, []), lambda k: (ADDED(), IOPS(1), start('blockdev-backup', speed=65536), W_(1, 0), W_(2, 4096), 'look', ('system_reset', {}), 'look', QB, SPEED(0), 'look'))
both('quit-under-everything', 'quit while a mirror runs, a limit holds a request back, and a snapshot lies above', lambda k: setup(k, []), lambda k: (ADDED(), SNAP(), W_(1, 0), IOPS(1, bps_rd=0), start('blockdev-mirror', speed=65536), W_(2, 0), W_(3, 8), W_(4, 16), 'look'))
both('errors-ignored-by-both', 'errors of guest and job on the same sectors, all ignored', lambda k: on_file(k, rules('read', 5, 2048, 2) + rules('write', 5, 4096, 2), rerror='ignore', werror='ignore'), lambda k: (ADDED(), R_(1, 2048), W_(1, 4096), 'look', start('blockdev-mirror', on_source_error='ignore'), 'look', W_(2, 4096), 'look', J('complete'), 'look', STATS))
both('copy-on-read-under-guest', 'a copy-on-read filter over a snapshot: reads fill it, one fails', lambda k: on_file(k, rules('read', 5, 2048), rerror='stop'), lambda k: (SNAP(), ('blockdev-add', {'driver': 'copy-on-read', 'node-name': 'cor', 'file': 's1'}), R_(1, 0), R_(2, 2048), 'look', 'cont', 'look', ('query-named-block-nodes', {'flat': True}), STATS))
both('limits-of-reads-only', 'iops_rd with bursts: reads wait, writes do not', lambda k: setup(k, []), lambda k: (IOPS(0, iops_rd=1, iops_rd_max=2), R_(1, 0), R_(2, 8), R_(3, 16), W_(1, 24), W_(2, 32), 'look', QB, IOPS(0), 'look'))
scenario('blk-discard-and-zeroes-under-backup', 'discards and zeroes while a backup runs; one fails', on_file('blk', rules('discard', 5, 2048) + rules('write-zeroes', 28, 4096), werror='stop'), go('blk', ADDED(), start('blockdev-backup', speed=65536), ('d1', 'discard', 0, 65536), ('z1', 'write-zeroes', 1024, 65536), 'look', ('d2', 'discard', 2048, 4096), 'look', 'cont', 'look', ('z2', 'write-zeroes', 4096, 4096), 'look', 'cont', 'look', SPEED(0), 'look', STATS))
for name, steps in (('mirror-and-errors', (ADDED(), start('blockdev-mirror'), 'look', W_(1, 2048), 'look', QB, 'cont', 'look', J('complete'), 'look', W_(2, 0), 'look')), ('limits-and-stop', (IOPS(1), W_(1, 0), W_(2, 8), W_(3, 16), 'look', 'stop', 'look', 'cont', 'look')), ('backup-and-reset', (ADDED(), start('blockdev-backup', speed=65536), W_(1, 0), 'look', ('system_reset', {}), 'look')), ('snapshot-and-errors', (SNAP(), W_(1, 0), R_(1, 4096), 'look', W_(2, 4096), 'look', QB))):
    scenario('blk-iothread-' + name, 'on an iothread: ' + name, IO + setup('blk', rules('write', 28, 2048), werror='stop', extra=',iothread=io0'), go('blk', *steps))
def two(*steps):
    def fn(q, qt):
        a, b = mk(q, qt, 'blk', 0), mk(q, qt, 'scsi', 1)
        for s in steps:
            if s == 'look':
                q.settle(SETTLE); a.state(); b.state(); q.cmd('query-status')
            elif isinstance(s, tuple) and isinstance(s[1], dict): q.cmd(*s)
            elif isinstance(s, tuple): (b if s[0].startswith('b') else a).submit(s)
            else: q.cmd(s)
    return fn
A_, B_ = (lambda i, s: ('a%d' % i, 'write', s, 4096)), (lambda i, s: ('b%d' % i, 'write', s, 4096))
scenario('two-disks-one-stops-the-other-waits', 'one disk stops the machine while a limit holds back a request of the other', on_file('blk', rules('write', 5, 2048, 2), werror='stop') + setup('scsi', [], n=1), two(IOPS(1, id='disk1'), B_(1, 0), B_(2, 8), A_(1, 2048), 'look', 'cont', 'look', 'cont', 'look', IOPS(0, id='disk1'), 'look', QB))
scenario('two-disks-two-policies-two-jobs', 'a backup of each of two disks, errors on both, one reported and one that stops', on_file('blk', rules('write', 28, 2048), werror='enospc') + setup('scsi', rules('write', 28, 2048), None, 'report', n=1), two(ADDED(), ('blockdev-add', null(node='dst2')), start('blockdev-backup', speed=65536), start('blockdev-backup', job_id='job1', device='drive1', target='dst2', speed=65536), B_(9, 64), 'look', A_(1, 2048), 'look', 'cont', B_(1, 2048), 'look', 'query-block-jobs', 'look', ('block-job-set-speed', {'device': 'job1', 'speed': 0}), 'look', SPEED(0), 'look', 'query-block-jobs', QB))
bad = [r for r in results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(results), len(bad), bad))
