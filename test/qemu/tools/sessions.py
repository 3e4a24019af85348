#!/usr/bin/env python3
"""Whole sessions: several errors, disks and jobs in one (see qtlib.py).  usage: sessions.py OUTDIR [substring,substring]"""
import sys, os, shutil, subprocess
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from qtlib import *
import qtlib, itertools
TG = ['-object', 'throttle-group,id=tg0,x-iops-total=2']
IO = ['-object', 'iothread,id=io0']
MB = 1 << 20
def null(inj=None, size=8 * MB, node='dst', **more):
    f = {'driver': 'blkdebug', 'image': {'driver': 'null-co', 'size': size}}
    if inj: f['inject-error'] = inj
    return dict({'driver': 'raw', 'node-name': node, 'file': f}, **more)
def look(q, *devs):
    q.settle(0.08)
    for d in devs: d.state()
    q.cmd('query-status'); q.cmd('query-block-jobs')
def rounds(q, n, *devs, **kw):
    """look at all there is; cont while the machine is stopped by an error"""
    for _ in range(n):
        q.settle(0.08)
        for d in devs: d.state()
        st = q.cmd('query-status')['return']['status']; q.cmd('query-block')
        if st != 'io-error': return
        q.cmd(kw.get('go', 'cont'))
def on_file(kind, inj=None, **kw): return setup(kind, inj or [], image=FILE, **kw)
W5 = lambda sector, n=1, **kw: rules('write', 5, sector, n, **kw)

# ---- several requests, several errors -------------------------------------------------------------------------------
def kick(kind, reqs, n=6):
    def fn(q, qt):
        d = mk(q, qt, kind); d.submit(*reqs); rounds(q, n, d)
    return fn
MIXED = [('r1', 'write', 2048, 4096), ('r2', 'read', 2048, 4096), ('r3', 'write', 4096, 4096), ('r4', 'read', 1024, 8192)]
INJ = rules('write', 28, 2048) + rules('read', 5, 2048)
for kind in ('blk', 'scsi'):
    for r, w in (('stop', 'ignore'), ('ignore', 'stop'), ('report', 'enospc'), ('stop', 'enospc'), ('auto', 'auto')):
        scenario('%s-mixed-%s-%s' % (kind, r, w), 'reads and writes in one kick; a write meets ENOSPC, a read EIO; rerror=%s,werror=%s' % (r, w), setup(kind, INJ, r, w), kick(kind, MIXED))
scenario('blk-flush-between-writes', 'a flush between two writes in one kick; the flush fails once', setup('blk', rules('flush', 5, None), None, 'stop'), kick('blk', [('r1', 'write', 0, 4096), ('r2', 'flush', 0, 0), ('r3', 'write', 8, 4096), ('r4', 'flush', 0, 0)]))
scenario('scsi-flush-between-writes', 'the same of a SCSI disk', setup('scsi', rules('flush', 5, None), None, 'stop'), kick('scsi', [('r1', 'write', 0, 4096), ('r2', 'flush', 0, 0), ('r3', 'write', 8, 4096), ('r4', 'flush', 0, 0)]))
scenario('blk-discard-zeroes-write', 'a discard, a write of zeroes and a write fail in one kick', setup('blk', rules('discard', 28, 1024) + rules('write-zeroes', 5, 2048) + W5(3072), None, 'stop'), kick('blk', [('r1', 'discard', 1024, 65536), ('r2', 'write-zeroes', 2048, 65536), ('r3', 'write', 3072, 4096)]))
scenario('blk-merge-of-two-runs', 'six writes in two adjacent runs; the second run fails twice', setup('blk', W5(1040, 2), None, 'stop'), kick('blk', [('r%d' % i, 'write', s, 4096) for i, s in enumerate((16, 1024, 0, 1032, 8, 1040))]))
scenario('blk-beyond-the-end', 'requests at and beyond the end of the disk', setup('blk', [], 'stop', 'stop'), kick('blk', [('r1', 'read', 16376, 4096), ('r2', 'read', 16384, 4096), ('r3', 'write', 16380, 4096), ('r4', 'write', 1 << 40, 512)]))
scenario('scsi-beyond-the-end', 'the same of a SCSI disk', setup('scsi', [], 'stop', 'stop'), kick('scsi', [('r1', 'read', 16376, 4096), ('r2', 'read', 16384, 4096), ('r3', 'write', 16380, 4096)]))

# ---- two disks ------------------------------------------------------------------------------------------------------
def two(kinds, then=None):
    def fn(q, qt):
        a = mk(q, qt, kinds[0], 0); b = mk(q, qt, kinds[1], 1)
        a.submit(('a1', 'write', 2048, 4096)); b.submit(('b1', 'write', 2048, 4096)); rounds(q, 4, a, b)
    return fn
for k1, k2, p1, p2 in (('blk', 'scsi', 'stop', 'stop'), ('scsi', 'blk', 'stop', 'report'), ('blk', 'blk', 'ignore', 'report'), ('scsi', 'scsi', 'enospc', 'stop')):
    scenario('two-%s-%s-%s-%s' % (k1, p1, k2, p2), 'a write of each of two disks fails twice, ENOSPC on the one, EIO on the other', setup(k1, rules('write', 28, 2048, 2), None, p1) + setup(k2, W5(2048, 2), None, p2, n=1), two((k1, k2)))

# ---- stop, cont, reset, quit where they are awkward ------------------------------------------------------------------
def session(*steps):
    def fn(q, qt):
        d = mk(q, qt, fn.kind)
        for s in steps:
            if isinstance(s, tuple): d.submit(s)
            elif isinstance(s, list): d.submit(*s)
            elif s == 'look': look(q, d); q.cmd('query-block')
            elif s == 'init': q.rec.put({'dir': 'dev', 'do': 'device reset (status register := 0), driver re-init'}); d.init()
            elif s == 'devreset': q.rec.put({'dir': 'dev', 'do': 'device reset (status register := 0), driver re-init'}); d.init()
            elif s == 'state': d.state()
            else: q.cmd(s)
        if 'quit' in steps: q.settle(0.08)
    return fn
def awkward(name, notes, kind, argv, *steps): fn = session(*steps); fn.kind = kind; scenario(name, notes, argv, fn)
R1, R2, R3 = ('r1', 'write', 2048, 4096), ('r2', 'write', 4096, 4096), ('r3', 'read', 2048, 4096)
for kind in ('blk', 'scsi'):
    awkward(kind + '-quit-in-io-error', 'quit while a failed request is kept', kind, setup(kind, W5(2048), None, 'stop'), R1, 'look', 'quit')
    awkward(kind + '-stop-stop-cont-cont', 'stop and cont, each twice, with I/O in between', kind, on_file(kind), R1, 'look', 'stop', 'stop', 'look', 'cont', 'cont', R2, 'look')
    awkward(kind + '-error-stop-reset-write', 'a failed request is kept, system_reset, cont, the driver comes back and writes', kind, setup(kind, W5(2048, 2), None, 'stop'), R1, 'look', 'system_reset', 'cont', 'init', R2, 'look')
    awkward(kind + '-reset-while-running', 'system_reset of a running machine without errors', kind, on_file(kind), R1, 'look', 'system_reset', 'look', 'init', R2, 'look')
    awkward(kind + '-four-errors-cont-each', 'four writes fail one after another, each after a cont', kind, setup(kind, W5(2048, 4), 'stop', 'stop'), [R1, R3, R2], 'look', 'cont', 'look', 'cont', 'look', 'cont', 'look', 'cont', 'look', 'cont', 'look')
    awkward(kind + '-persistent-stop', 'an error that stays: cont does not help', kind, setup(kind, W5(2048, once=False), None, 'stop'), [R1, R2], 'look', 'cont', 'look', 'cont', 'look', 'stop', 'look', 'cont', 'look', 'quit')
    awkward(kind + '-reset-then-quit', 'system_reset in io-error, then quit', kind, setup(kind, W5(2048), None, 'stop'), R1, 'look', 'system_reset', 'quit')
awkward('blk-reset-of-the-device-twice', 'the driver resets its disk twice in io-error, then goes on', 'blk', setup('blk', W5(2048, 2), None, 'stop'), R1, 'look', 'devreset', 'devreset', 'look', 'cont', R2, 'look', R1, 'look', 'cont', 'look')
for pol in ('stop', 'enospc', 'report', 'ignore'):
    awkward('blk-iothread-four-%s' % pol, 'four writes of a disk with an iothread: EIO, ENOSPC, none, EIO; werror=%s' % pol, 'blk', IO + setup('blk', W5(0) + rules('write', 28, 1024) + W5(3072), None, pol, extra=',iothread=io0'),
            [('r%d' % i, 'write', 1024 * i, 4096) for i in range(4)], 'look', 'cont', 'look', 'cont', 'look')
awkward('blk-iothread-rerror-stop', 'a read fails twice on an iothread, rerror=stop', 'blk', IO + setup('blk', rules('read', 5, 2048, 2), 'stop', None, extra=',iothread=io0'), R3, 'look', 'cont', 'look', 'cont', 'look', 'quit')
awkward('blk-iothread-system-reset', 'system_reset of a running machine whose disk has an iothread', 'blk', IO + on_file('blk', extra=',iothread=io0'), R1, 'look', 'system_reset', 'look', 'init', R2, 'look')
awkward('blk-iothread-throttled-stop-cont', 'requests that a throttle filter holds back on an iothread when stop comes', 'blk', IO + TG + setup('blk', [], throttle='tg0', extra=',iothread=io0'), ('r1', 'write', 0, 4096), ('r2', 'write', 2048, 4096), ('r3', 'write', 4096, 4096), 'stop', 'look', 'cont', 'look')
awkward('blk-iothread-throttled-quit', 'the same when quit comes', 'blk', IO + TG + setup('blk', [], throttle='tg0', extra=',iothread=io0'), ('r1', 'write', 0, 4096), ('r2', 'write', 2048, 4096), ('r3', 'write', 4096, 4096), 'quit')

# ---- a request that comes while the machine is stopped, or at the moment of a drain ----------------------------------
def stopped_kick(kind):
    def fn(q, qt):
        d = mk(q, qt, kind); q.cmd('stop'); d.submit(R1); q.settle(0.08); d.state(); q.cmd('query-status'); q.cmd('query-blockstats'); q.cmd('cont'); q.settle(0.08); d.state(wait=1); q.cmd('query-status')
        d.submit(R2); q.settle(0.08); d.state(wait=1)
    return fn
for kind in ('blk', 'scsi'):
    scenario('%s-kick-while-stopped' % kind, 'ARTIFICIAL: the ring is kicked while the machine is stopped, which no vCPU does', on_file(kind), stopped_kick(kind))
    if kind == 'blk': scenario('%s-kick-while-stopped-error' % kind, 'ARTIFICIAL: the same, and the write fails', setup(kind, W5(2048), None, 'stop'), stopped_kick(kind))
# ---- jobs under a guest ---------------------------------------------------------------------------------------------
def job_session(kind, cmd, args, *steps, **kw):
    def fn(q, qt):
        d = mk(q, qt, kind); q.cmd('blockdev-add', null(kw.get('inj')))
        q.cmd(cmd, dict({'job-id': 'job0', 'device': 'drive0', 'target': 'dst', 'sync': 'full'}, **args)); look(q, d)
        for s in steps:
            if isinstance(s, tuple): d.submit(s); q.settle(0.08)
            elif isinstance(s, dict): q.cmd(s['execute'], s.get('arguments'))
            elif s == 'look': look(q, d)
            elif s == 'init': q.rec.put({'dir': 'dev', 'do': 'device reset (status register := 0), driver re-init'}); d.init()
            else: q.cmd(s)
    return fn
J = lambda verb, **kw: {'execute': 'block-job-' + verb, 'arguments': dict({'device': 'job0'}, **kw)}
SLOW = {'speed': 65536, 'buf-size': 65536}
for kind in ('blk', 'scsi'):
    scenario(kind + '-mirror-target-stop-machine-stop', 'the target of a mirror fails and pauses the job; then the machine is stopped and goes on; then the job', on_file(kind),
             job_session(kind, 'blockdev-mirror', {'on-target-error': 'stop', 'granularity': 65536, 'buf-size': 65536}, 'stop', 'look', 'cont', 'look', J('resume'), 'look', J('complete'), 'look', R1, 'look', inj=rules('write', 28, 4096)))
    scenario(kind + '-mirror-source-and-guest', 'a mirror and the guest read the same bad sector', setup(kind, rules('read', 5, 2048, 2), 'stop', 'stop', image=FILE),
             job_session(kind, 'blockdev-mirror', {'on-source-error': 'stop', 'granularity': 65536, 'buf-size': 65536}, R3, 'look', 'cont', 'look', J('resume'), 'look', J('cancel'), 'look'))
    scenario(kind + '-backup-write-in-front', 'the guest writes where a slow backup has not been yet; the old data goes to the target first', on_file(kind), job_session(kind, 'blockdev-backup', {'speed': 65536}, ('w1', 'write', 8192, 4096), ('w2', 'write', 8192, 4096), 'look', J('set-speed', speed=0), 'look', 'look'))
scenario('blk-iothread-mirror-pivot', 'a mirror of a disk on an iothread completes', IO + on_file('blk', extra=',iothread=io0'), job_session('blk', 'blockdev-mirror', {}, R1, 'look', J('complete'), 'look', R2, 'look', 'query-block'))
scenario('blk-iothread-backup', 'a backup of a disk on an iothread', IO + on_file('blk', extra=',iothread=io0'), job_session('blk', 'blockdev-backup', {}, R1, 'look', R2, 'look'))
scenario('blk-iothread-mirror-target-stop', 'the target of a mirror of a disk on an iothread fails', IO + on_file('blk', extra=',iothread=io0'), job_session('blk', 'blockdev-mirror', {'on-target-error': 'stop', 'granularity': 65536, 'buf-size': 65536}, J('resume'), 'look', J('cancel', force=True), 'look', inj=rules('write', 5, 2048)))
scenario('blk-mirror-reset-when-ready', 'system_reset while a mirror is READY, then the pivot', on_file('blk'), job_session('blk', 'blockdev-mirror', {}, 'system_reset', 'look', 'init', R1, 'look', J('complete'), 'look'))
scenario('blk-mirror-sync-none-writes', 'a mirror of new writes only; the target fails for one of them', on_file('blk'), job_session('blk', 'blockdev-mirror', {'sync': 'none', 'on-target-error': 'stop'}, R1, 'look', R2, 'look', J('resume'), 'look', J('complete'), 'look', inj=rules('write', 5, 4096)))
scenario('scsi-mirror-unplug-when-ready', 'the disk is unplugged while its mirror is READY', on_file('scsi', named=False), lambda q, qt: (mk(q, qt, 'scsi'), q.cmd('blockdev-add', null()), q.cmd('blockdev-mirror', {'job-id': 'job0', 'device': 'drive0', 'target': 'dst', 'sync': 'full'}), look(q), q.cmd('device_del', id='disk0'), look(q), q.cmd('block-job-complete', device='job0'), look(q), q.cmd('query-named-block-nodes', flat=True)))
scenario('blk-throttle-changes', 'block_set_io_throttle with requests held back', on_file('blk'), lambda q, qt: (lambda d: (q.cmd('block_set_io_throttle', {'id': 'disk0', 'bps': 0, 'bps_rd': 0, 'bps_wr': 0, 'iops': 2, 'iops_rd': 0, 'iops_wr': 0}),
         d.submit(('r1', 'write', 0, 4096)), d.submit(('r2', 'write', 2048, 4096)), d.submit(('r3', 'read', 4096, 4096)), q.settle(.08), d.state(), q.cmd('block_set_io_throttle', {'id': 'disk0', 'bps': 0, 'bps_rd': 0, 'bps_wr': 0, 'iops': 0, 'iops_rd': 0, 'iops_wr': 0}), d.state(wait=1), q.cmd('query-block')))(mk(q, qt, 'blk')))

# ---- what is asked for when there is little to say, and what is asked for wrongly -----------------------------------
def questions(q, qt):
    d = mk(q, qt, 'blk'); d.submit(R1); q.settle(.08); d.state(wait=1)
    for c in ('query-status', 'query-name', 'query-blockstats', 'query-jobs', 'query-block-jobs', 'query-iothreads', 'query-version'): q.cmd(c)
    q.cmd('query-blockstats', {'query-nodes': True}); q.cmd('query-named-block-nodes'); q.cmd('query-named-block-nodes', flat=True)
    q.cmd('stop'); q.cmd('query-status'); q.cmd('system_reset'); q.settle(.08); q.cmd('query-status'); q.cmd('cont'); q.cmd('query-status')
scenario('blk-questions', 'each query there is, of a machine with one disk', on_file('blk'), questions)
WRONG = ['{"execute":"cont","arguments":{"x":1}}', '{"execute":"stop","id":null}', '{"execute":"query-block","arguments":[]}', '{"execute":"query-block","arguments":{},"id":[1,{"a":null}]}', '{"execute":"block-job-cancel"}', '{"execute":"block-job-cancel","arguments":{"device":"x"}}',
         '{"execute":"block-job-cancel","arguments":{"device":"x","force":"yes"}}', '{"execute":"block-job-set-speed","arguments":{"device":"x","speed":1.5}}', '{"execute":"block-job-set-speed","arguments":{"device":"x","speed":9223372036854775808}}', '{"execute":"device_del","arguments":{}}',
         '{"execute":"device_del","arguments":{"id":7}}', '{"execute":"blockdev-add","arguments":{"driver":"nosuch","node-name":"n"}}', '{"execute":"blockdev-add","arguments":{"node-name":"n"}}', '{"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"n"}}',
         '{"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"n","file":"nosuch"}}', '{"execute":"blockdev-add","arguments":{"driver":"file","node-name":"n","filename":"/nonexistent"}}', '{"execute":"blockdev-add","arguments":{"driver":"null-co","node-name":"9n"}}',
         '{"execute":"blockdev-add","arguments":{"driver":"null-co","node-name":"n","bogus":1}}', '{"execute":"blockdev-add","arguments":{"driver":"blkdebug","node-name":"n","image":{"driver":"null-co"},"inject-error":[{"event":"bogus"}]}}',
         '{"execute":"blockdev-add","arguments":{"driver":"blkdebug","node-name":"n","image":{"driver":"null-co"},"inject-error":[{"event":"none","errno":"EIO"}]}}', '{"execute":"blockdev-add","arguments":{"driver":"qcow2","node-name":"n","file":{"driver":"null-co"}}}',
         '{"execute":"blockdev-add","arguments":{"driver":"throttle","node-name":"n","throttle-group":"nosuch","file":{"driver":"null-co"}}}', '{"execute":"block_set_io_throttle","arguments":{"id":"nosuch","bps":0,"bps_rd":0,"bps_wr":0,"iops":0,"iops_rd":0,"iops_wr":0}}', '{"execute":"block_set_io_throttle","arguments":{"id":"nosuch"}}',
         '{"execute":"block-stream","arguments":{"device":"drive0","base":"x","base-node":"y"}}', '{"execute":"block-stream","arguments":{"device":"drive0","job-id":"j","on-error":"never"}}', '{"execute":"block-commit","arguments":{"device":"drive0","job-id":"j","top":"x"}}', '{"execute":"block-commit","arguments":{"device":"drive0"}}',
         '{"execute":"job-pause","arguments":{"id":"x"}}', '{"execute":"job-finalize","arguments":{"id":"x"}}', '{"execute":"job-dismiss","arguments":{"id":"x"}}', '{"execute":"job-complete","arguments":{"id":"x"}}', '{"execute":"job-cancel","arguments":{"id":"x"}}', '{"execute":"human-monitor-command","arguments":{"command-line":"bogus"}}',
         '{"execute":"human-monitor-command","arguments":{"command-line":"info status"}}', '{"execute":"human-monitor-command","arguments":{"command-line":"info block-jobs"}}', '{"execute":"human-monitor-command","arguments":{"command-line":"qemu-io drive0 \\"write -P 1 0 64k\\""}}', '{"execute":"human-monitor-command","arguments":{"command-line":"qemu-io nosuch \\"read 0 512\\""}}',
         '{"execute":true}', '{"execute":"query-status","arguments":null}', 'null', '17', '{"execute":"query-status"', '}', '{"execute":"query-status"}']
def blockstats(kind):
    def fn(q, qt):
        d = mk(q, qt, kind); d.submit(R1, R3, ('r4', 'flush', 0, 0)); rounds(q, 3, d); q.cmd('query-blockstats'); d.submit(R1, R3); rounds(q, 3, d); q.cmd('query-blockstats')
    return fn
for kind, pol in itertools.product(('blk', 'scsi'), ('stop', 'ignore', 'report')):
    scenario('%s-blockstats-%s' % (kind, pol), 'what is counted of requests that fail and are sent again, rerror=%s,werror=%s' % (pol, pol), setup(kind, W5(2048) + rules('read', 5, 2048) + rules('flush', 5, None), pol, pol), blockstats(kind))
def wrong(q, qt):
    for t in WRONG: q.raw(t); q.settle(.08)
scenario('blk-wrong-commands', 'commands that are refused, each in QEMU\'s words', on_file('blk'), wrong)
bad = [r for r in results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(results), len(bad), bad))
