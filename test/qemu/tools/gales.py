#!/usr/bin/env python3
"""Guests' disks under errors: several disks that stop one machine, jobs that retry, filters that copy before a write, reopens, iothreads (see faults.py).  usage: gales.py OUTDIR [substring,substring]"""
import sys, os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
GALES_ = sys.argv[2] if len(sys.argv) > 2 else ''
sys.argv[2:] = ['none of its own']      # faults.py records what it is asked for when it is imported
import qtlib
from faults import *
qtlib.SEL = GALES_; qtlib.results.clear()
THREAD = ['-object', 'iothread,id=io0']
def disks(kinds, steps):
    """several disks; a request's first member is the number of its disk"""
    def fn(q, qt):
        ds = [mk(q, qt, k, n) for n, k in enumerate(kinds)]
        for s in steps:
            if s == 'look':
                q.settle(.25); [d.state() for d in ds if d.live]; q.cmd('query-status'); q.cmd('query-block')
            elif isinstance(s, tuple) and isinstance(s[0], int): ds[s[0]].submit(*[('b' * s[0] + r[0],) + r[1:] for r in s[1:]])
            elif isinstance(s, tuple): q.cmd(*s)
            else: q.cmd(s)
    return fn
def fleet(kinds, *each):
    return [x for n, (k, (inj, kw)) in enumerate(zip(kinds, each)) for x in setup(k, inj, n=n, **kw)]
def several(name, notes, each, *steps):
    for kinds in (('blk', 'blk'), ('blk', 'scsi'), ('scsi', 'scsi')):
        scenario('%s-%s' % ('-'.join(kinds), name), notes, fleet(kinds, *each), disks(kinds, steps))
several('both-stop', 'both disks stop the machine; one cont each', ((rules('write', 28, 2048), dict(werror='stop')), (rules('write', 5, 2048, 2), dict(werror='stop'))), (0, W_(1, 2048)), (1, W_(2, 2048)), 'look', 'cont', 'look', 'cont', 'look', STATS)
several('one-stops-one-reports', 'one disk stops, the other reports, while the first waits', ((rules('write', 28, 2048, 2), dict(werror='stop', rerror='stop')), (rules('write', 28, 2048) + rules('read', 5, 0), dict(werror='report', rerror='ignore'))), (1, W_(2, 2048), R_(2, 0)), (0, W_(1, 2048)), 'look', 'cont', 'look', 'stop', 'cont', 'look', STATS)
several('stop-then-user-stops', 'an error stops the machine, its user stops it too, a reset, cont', ((rules('write', 28, 2048), dict(werror='enospc')), (rules('read', 5, 2048), dict(rerror='stop'))), (0, W_(1, 2048)), 'look', 'stop', 'look', (1, R_(2, 2048)), 'look', 'cont', 'look', 'cont', 'look')
several('quit-while-both-wait', 'quit while requests of both disks wait for cont', ((rules('write', 28, 2048), dict(werror='enospc')), (rules('write', 28, 2048), dict(werror='stop'))), (0, W_(1, 2048)), 'look', (1, W_(2, 2048)), 'look', 'quit')
several('flush-fails-and-write-waits', 'a flush of one disk fails while a write of the other waits', ((rules('flush', 5, None), dict(werror='stop')), (rules('write', 28, 2048, 3), dict(werror='stop'))), (0, W_(1, 2048), ('f1', 'flush', 0, 0)), (1, W_(2, 2048)), 'look', 'cont', 'look', 'cont', 'look', 'cont', 'look', STATS)
# ---- a job and a guest's policy ----
for pol in ('report', 'ignore', 'stop', 'enospc'):
    both('backup-of-failing-disk-%s' % pol, 'a backup reads what fails, once for the job and once for the guest; all policies are ' + pol, lambda k, pol=pol: setup(k, rules('read', 5, 2048, 2), pol if pol != 'enospc' else 'report', pol), lambda k, pol=pol: (ADDED(), BKP(on_source_error=pol, auto_dismiss=False), 'look', R_(1, 2048), 'look', 'cont', 'look', CTL('job-resume'), 'look', CTL('job-dismiss'), 'look') + Q_)
    both('stream-under-a-failing-guest-%s' % pol, 'a stream whose base fails while the guest reads the same; all policies are ' + pol, lambda k, pol=pol: on_file(k, rules('read', 5, 2048, 2) + rules('read', 28, 8192), rerror=pol if pol != 'enospc' else 'report', werror=pol), lambda k, pol=pol: (SNAP('s1'), R_(1, 2048), 'look', STR(on_error=pol, auto_dismiss=False), 'look', 'cont', 'look', CTL('job-resume'), 'look', CTL('job-resume'), 'look', CTL('job-dismiss'), 'look') + Q_)
    both('mirror-retries-under-%s' % pol, 'the target of a mirror fails thrice for the guest\'s writes; on-target-error=' + pol, lambda k: on_file(k), lambda k, pol=pol: (ADDED(inj=rules('write', 28, 2048, 3)), MIR(on_target_error=pol, auto_dismiss=False), 'look', CTL('job-resume'), 'look', W_(1, 2048), 'look', CTL('job-resume'), 'look', CTL('job-resume'), 'look', CTL('job-complete'), 'look', CTL('job-dismiss'), W_(2, 2048), 'look') + Q_)
both('mirror-stops-then-machine-stops', 'a mirror is stopped by its target, the guest by its own error; resumed in the other order', lambda k: on_file(k, rules('write', 5, 4096), werror='stop'), lambda k: (ADDED(inj=rules('write', 28, 2048)), MIR(on_target_error='stop'), 'look', W_(1, 4096), 'look', QB, CTL('job-resume'), 'look', CTL('job-complete'), 'look', 'cont', 'look') + Q_)
both('mirror-stopped-then-stop-cont', 'stop and cont while an error has stopped a job; iostatus of both', lambda k: on_file(k), lambda k: (ADDED(inj=rules('write', 28, 2048, 2)), MIR(on_target_error='enospc'), 'look', 'stop', 'look', CTL('job-resume'), 'look', 'cont', 'look', CTL('job-resume'), 'look', 'stop', CTL('job-complete'), 'look', 'cont', 'look') + Q_)
both('reset-while-a-job-is-stopped', 'system_reset while an error has stopped a job and the machine', lambda k: on_file(k, rules('write', 28, 4096), werror='enospc'), lambda k: (ADDED(inj=rules('write', 28, 2048)), BKP(on_target_error='stop'), 'look', W_(1, 4096), 'look', 'system_reset', 'look', CTL('job-resume'), 'look', 'cont', 'look') + Q_)
# ---- filters under a disk ----
CBWN = lambda **kw: ('blockdev-add', D(driver='copy-before-write', node_name='cbw', file='node-drive0', target='dst', **kw))
for oe in ('break-guest-write', 'break-snapshot'):
    for pol in ('report', 'stop', 'enospc'):
        both('cbw-%s-%s' % (oe, pol), 'a copy-before-write filter put under a disk by qom-set; its target fails; on-cbw-error=%s, werror=%s' % (oe, pol), lambda k, pol=pol: setup(k, [], werror=pol), lambda k, oe=oe: (ADDED(inj=rules('write', 28, 2048)), CBWN(on_cbw_error=oe), ('qom-set', {'path': '/machine/peripheral/disk0', 'property': 'drive', 'value': 'cbw'}), ('blockdev-add', D(driver='snapshot-access', node_name='acc', file='cbw')), W_(1, 2048), 'look', 'cont', 'look', W_(2, 2048), R_(1, 2048), 'look', HM('qemu-io acc "read -q 1M 4k"'), ('qom-set', {'path': '/machine/peripheral/disk0', 'property': 'drive', 'value': 'node-drive0'}), 'look') + Q_)
# ---- reopen, limits ----
both('reopened-while-a-write-waits', 'the broken node below a disk is left out by reopen while a write waits for cont', lambda k: BD(driver='file', node_name='good', filename=W + '/disk.raw') + BD(driver='blkdebug', node_name='bad', image='good', inject_error=rules('write', 28, 2048, once=False)) + BD(driver='raw', node_name='node-drive0', file='bad') + (['-device', 'virtio-blk-pci,addr=0x5,disable-modern=on,drive=node-drive0,id=disk0,werror=stop'] if k == 'blk' else ['-device', 'virtio-scsi-pci,addr=0x5,disable-modern=on,id=scsi0', '-device', 'scsi-hd,bus=scsi0.0,drive=node-drive0,id=disk0,werror=stop']), lambda k: (W_(1, 2048), 'look', 'cont', 'look', ('blockdev-reopen', {'options': [D(driver='raw', node_name='node-drive0', file='good')]}), ('blockdev-del', {'node-name': 'bad'}), 'cont', 'look', ('query-named-block-nodes', {'flat': True})) + Q_)
both('resized-while-a-write-waits', 'block_resize below a write that waits for cont', lambda k: on_file(k, rules('write', 28, 8192), werror='stop'), lambda k: (W_(1, 8192), 'look', ('block_resize', {'node-name': 'node-drive0', 'size': 2 << 20}), 'look', 'cont', 'look', R_(1, 0), 'look') + Q_)
both('limit-and-werror-stop', 'writes under a limit, the second fails with stop; the third still waits; cont', lambda k: setup(k, rules('write', 28, 8), werror='stop'), lambda k: (IOPS(2), [W_(1, 0), W_(2, 8), W_(3, 16), W_(4, 24)], 'look', 'cont', 'look', IOPS(0), 'look') + Q_)
both('retry-until-it-goes', 'a write that fails four times, cont after each; counts and iostatus', lambda k: setup(k, rules('write', 28, 2048, 2) + rules('write', 5, 2048, 2), werror='stop'), lambda k: (W_(1, 2048), W_(2, 0), 'look', QB, 'cont', 'look', 'cont', 'look', 'cont', 'look', 'cont', 'look') + Q_)
both('cont-while-another-read-waits', 'a read and a write wait; cont; the read fails again', lambda k: setup(k, rules('read', 5, 64, 2) + rules('write', 28, 128), 'stop', 'stop'), lambda k: ([R_(1, 64), W_(1, 128), R_(2, 0)], 'look', 'cont', 'look', 'cont', 'look') + Q_)
for pol in ('stop', 'report', 'ignore'):
    scenario('blk-iothread-mirror-retries-%s' % pol, 'a mirror of a disk on an iothread whose target fails thrice; policies are ' + pol, THREAD + on_file('blk', rules('write', 5, 4096), werror=pol, extra=',iothread=io0'), go('blk', ADDED(inj=rules('write', 28, 2048, 3)), MIR(on_target_error=pol), 'look', W_(1, 4096), 'look', CTL('job-resume'), 'look', 'cont', 'look', CTL('job-resume'), 'look', CTL('job-resume'), 'look', CTL('job-complete'), 'look', W_(2, 0), 'look', *Q_))
scenario('blk-iothread-two-disks', 'two disks on two iothreads, both stop the machine at once', ['-object', 'iothread,id=io1'] + THREAD + setup('blk', rules('write', 28, 2048), werror='stop', extra=',iothread=io0') + setup('blk', rules('write', 28, 2048), werror='stop', n=1, extra=',iothread=io1'), disks(('blk', 'blk'), ((0, W_(1, 2048)), 'look', 'cont', 'look', (1, W_(2, 2048)), 'look', 'cont', 'look', STATS)))
bad = [r for r in qtlib.results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(qtlib.results), len(bad), bad))
