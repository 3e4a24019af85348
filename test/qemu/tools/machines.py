#!/usr/bin/env python3
"""Machines: media, policies of several devices, limits with bursts, jobs under devices, questions, the human monitor (see qtlib.py).  usage: machines.py OUTDIR [substring,substring]"""
import sys, os, shutil, itertools
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from qtlib import *
import qtlib
MB = 1 << 20
IO = ['-object', 'iothread,id=io0']
BD = lambda **kw: ['-blockdev', json.dumps({k.replace('_', '-'): v for k, v in kw.items()})]
DEV = lambda text: ['-device', text]
SCSI = DEV('virtio-scsi-pci,id=scsi0,disable-modern=on,addr=0x6')
DISK = BD(driver='null-co', node_name='n1', size=MB) + SCSI + DEV('scsi-hd,bus=scsi0.0,drive=n1,id=lun0')
hmc = lambda l: ('human-monitor-command', {'command-line': l})
def asks(*cmds):
    def fn(q, qt):
        for c in cmds:
            q.cmd(*c) if isinstance(c, tuple) else q.cmd(c); q.settle(.05)
    return fn
def null(inj=None, size=8 * MB, node='dst', **more):
    f = {'driver': 'blkdebug', 'image': {'driver': 'null-co', 'size': size}}
    if inj: f['inject-error'] = inj
    return dict({'driver': 'raw', 'node-name': node, 'file': f}, **more)
def go(kind, *steps):
    """a tuple of str: a request; of str and dict: a command; 'look': wait and ask; a list: requests in one kick"""
    def fn(q, qt):
        d = mk(q, qt, kind)
        for s in steps:
            if s == 'look': q.settle(0.08); d.state(); q.cmd('query-status'); q.cmd('query-block-jobs')
            elif s == 'init': q.rec.put({'dir': 'dev', 'do': 'device reset (status register := 0), driver re-init'}); d.init()
            elif isinstance(s, list): d.submit(*s)
            elif isinstance(s, tuple) and isinstance(s[1], dict): q.cmd(*s)
            elif isinstance(s, tuple): d.submit(s)
            else: q.cmd(s)
    return fn
def on_file(kind, inj=None, **kw): return setup(kind, inj or [], image=FILE, **kw)
# ---- media ---------------------------------------------------------------------------------------------------------------
CD = BD(driver='null-co', node_name='n1', size=MB, read_only=True) + SCSI + DEV('scsi-cd,bus=scsi0.0,drive=n1,id=cd0')
EMPTY = SCSI + DEV('scsi-cd,bus=scsi0.0,id=cd0')
DRIVE = ['-drive', 'if=none,id=d0,media=cdrom,format=raw,file=' + W + '/disk.raw'] + SCSI + DEV('scsi-cd,bus=scsi0.0,drive=d0,id=cd0')
ADD = ('blockdev-add', {'driver': 'null-co', 'node-name': 'n2', 'size': 2 * MB, 'read-only': True})
OPEN, CLOSE, OUT_, IN = ('blockdev-open-tray', {'id': 'cd0'}), ('blockdev-close-tray', {'id': 'cd0'}), ('blockdev-remove-medium', {'id': 'cd0'}), ('blockdev-insert-medium', {'id': 'cd0', 'node-name': 'n2'})
scenario('media-tray', 'the tray of a CD drive, step by step, and in the wrong order', CD, asks('query-block', CLOSE, OUT_, OPEN, OPEN, 'query-block', ADD, IN, OUT_, OUT_, 'query-block', IN, IN, 'query-block', CLOSE, 'query-block', ('blockdev-del', {'node-name': 'n1'}), ('blockdev-del', {'node-name': 'n2'})))
scenario('media-empty', 'a CD drive without a medium', EMPTY, asks('query-block', hmc('info block'), ('eject', {'id': 'cd0'}), 'query-block', CLOSE, OPEN, ADD, IN, CLOSE, 'query-block', hmc('info block'), 'query-blockstats'))
scenario('media-change', 'blockdev-change-medium and eject', CD, asks(('blockdev-change-medium', {'id': 'cd0', 'filename': W + '/disk.raw', 'format': 'raw'}), 'query-block', ('blockdev-change-medium', {'id': 'cd0', 'filename': W + '/disk.raw', 'format': 'raw', 'read-only-mode': 'read-write'}), ('blockdev-change-medium', {'id': 'cd0', 'filename': '/nonexistent'}), ('blockdev-change-medium', {'id': 'cd0', 'filename': W + '/disk.raw', 'format': 'bogus'}), 'query-block', ('eject', {'id': 'cd0', 'force': True}), 'query-block', ('eject', {'id': 'cd0'})))
scenario('media-drive', 'a CD drive with a drive of -drive', DRIVE, asks('query-block', hmc('info block'), ('eject', {'device': 'd0'}), 'query-block', hmc('change d0 ' + W + '/disk.raw'), hmc('eject d0'), hmc('eject -f d0'), hmc('eject nosuch'), hmc('change nosuch x'), hmc('change d0'), 'query-block'))
scenario('media-refused', 'media commands of a disk', DISK, asks(OPEN, *[(c, dict({'id': 'lun0'}, **a)) for c, a in (('eject', {}), ('eject', {'force': True}), ('blockdev-open-tray', {}), ('blockdev-open-tray', {'force': True}), ('blockdev-close-tray', {}), ('blockdev-remove-medium', {}), ('blockdev-insert-medium', {'node-name': 'n1'}), ('blockdev-change-medium', {'filename': W + '/disk.raw'}))] + [('eject', {}), ('eject', {'device': 'a', 'id': 'b'}), ('blockdev-open-tray', {}), ('blockdev-change-medium', {'id': 'lun0'})]))
# ---- limits of devices --------------------------------------------------------------------------------------------------
T = lambda **a: ('block_set_io_throttle', dict({'id': 'lun0', 'bps': 0, 'bps_rd': 0, 'bps_wr': 0, 'iops': 0, 'iops_rd': 0, 'iops_wr': 0}, **a))
scenario('limits-with-bursts', 'block_set_io_throttle with bursts', DISK, asks(T(iops=100, iops_max=200), 'query-block', T(iops=100, iops_max=200, iops_max_length=10), 'query-block', T(bps_rd=1000000, bps_rd_max=2000000, bps_rd_max_length=3, iops_size=8192), 'query-block', hmc('info block'), T(iops=100, iops_max=50), T(iops_max=50), T(iops=100, iops_max_length=5), T(iops=100, iops_max=200, iops_max_length=0), T(iops=10, group='g1'), 'query-block', T(iops=10, iops_size=4096), T(iops_size=4096), T(), 'query-block'))
def bursts(limits, n=6, op='write', ln=4096):
    def fn(q, qt):
        d = mk(q, qt, 'blk')
        for i in range(n): d.submit(('r%d' % i, op, 64 * i, ln))
        q.settle(.3); d.state(); q.cmd('stop'); q.settle(.1); d.state(); q.cmd('cont'); d.state(wait=5)
    return ['-object', json.dumps({'qom-type': 'throttle-group', 'id': 'tg0', 'limits': limits})], fn
for name, limits in (('burst', {'iops-total': 2, 'iops-total-max': 5}), ('burst-length', {'iops-total': 1, 'iops-total-max': 4, 'iops-total-max-length': 2}), ('size', {'iops-total': 8, 'iops-size': 1024}), ('bytes', {'bps-write': 16384, 'bps-write-max': 32768})):
    a, fn = bursts(limits); scenario('group-' + name, 'six writes under ' + json.dumps(limits), a + setup('blk', [], throttle='tg0'), fn)
scenario('group-of-two-disks', 'two disks share a group of limits; the machine stops', ['-object', 'throttle-group,id=tg0,x-iops-total=4'] + setup('blk', [], throttle='tg0') + setup('scsi', [], throttle='tg0', n=1), lambda q, qt: (lambda a, b: ([(a.submit(('a%d' % i, 'write', 8 * i, 4096)), b.submit(('b%d' % i, 'read', 8 * i, 4096))) for i in range(3)], q.settle(.1), q.cmd('stop'), q.settle(.1), a.state(), b.state(), q.cmd('cont'), q.settle(.1), q.cmd('query-block')))(mk(q, qt, 'blk', 0), mk(q, qt, 'scsi', 1)))
# ---- devices, policies, iothreads ----------------------------------------------------------------------------------------
R1, R2, R3 = ('r1', 'write', 2048, 4096), ('r2', 'write', 4096, 4096), ('r3', 'read', 2048, 4096)
for kind in ('blk', 'scsi'):
    scenario(kind + '-iothread-reset-while-retried' if kind == 'blk' else 'scsi-reset-while-retried', 'a write that failed is dropped by system_reset; the driver starts again', (IO if kind == 'blk' else []) + setup(kind, rules('write', 5, 2048, 3), None, 'stop', extra=',iothread=io0' if kind == 'blk' else ''), go(kind, R1, 'look', 'cont', 'look', 'system_reset', 'look', 'cont', 'look'))
    scenario(kind + '-states-of-blkdebug', 'the second write fails, the third does not: set-state', backing([], 'drive0', True)[:0] + (lambda f: ['-drive', 'if=none,id=drive0,node-name=node-drive0,format=raw,discard=unmap,' + f] + setup(kind, [])[2:])('file.driver=blkdebug,file.image.driver=null-co,file.image.size=8M,file.image.read-zeroes=on,file.set-state.0.event=write_aio,file.set-state.0.state=1,file.set-state.0.new_state=2,file.set-state.1.event=write_aio,file.set-state.1.state=2,file.set-state.1.new_state=3,file.inject-error.0.event=write_aio,file.inject-error.0.state=2,file.inject-error.0.errno=28'), go(kind, R1, 'look', R2, 'look', 'cont', 'look', R1, 'look'))
    scenario(kind + '-quit-with-a-parked-request', 'quit while the machine is stopped by an error', setup(kind, rules('write', 28, 2048, once=False), None, 'enospc'), go(kind, R1, 'look', 'query-block', 'quit'))
    scenario(kind + '-permanent-read-error', 'a read that never succeeds: stop, cont, stop', setup(kind, rules('read', 5, 2048, once=False), 'stop', 'ignore'), go(kind, R3, 'look', 'cont', 'look', 'stop', 'look', 'cont', 'look', 'query-blockstats'))
    scenario(kind + '-many-in-one-kick', 'eight writes in one kick, two of them fail, one by ENOSPC', setup(kind, rules('write', 5, 64) + rules('write', 28, 192), None, 'stop'), go(kind, [('r%d' % i, 'write', 32 * i, 4096) for i in range(8)], 'look', 'cont', 'look', 'query-block', 'query-blockstats'))
    scenario(kind + '-ignore-counts', 'errors that are ignored, and what is counted', setup(kind, rules('write', 5, 2048, 2) + rules('read', 5, 2048, 1), 'ignore', 'ignore'), go(kind, R1, 'look', R1, 'look', R3, 'look', ('f1', 'flush', 0, 0), 'look', 'query-block', 'query-blockstats'))
scenario('ide-and-scsi-and-blk', 'three devices at once, shown', ['-drive', 'if=none,id=a,driver=null-co,size=1M', '-drive', 'if=none,id=b,driver=null-co,size=2M,werror=stop', '-drive', 'if=none,id=c,driver=null-co,size=3M,rerror=ignore,werror=ignore'] + SCSI + DEV('ide-hd,drive=a,bus=ide.0') + DEV('scsi-hd,drive=b') + DEV('virtio-blk-pci,drive=c,serial=abc'), asks('query-block', 'query-blockstats', hmc('info block'), hmc('info blockstats'), hmc('info block -v')))
# ---- jobs under devices --------------------------------------------------------------------------------------------------
J = lambda verb, **kw: ('block-job-' + verb, dict({'device': 'job0'}, **kw))
def start(cmd, **a): return (cmd, dict({'job-id': 'job0', 'device': 'drive0', 'target': 'dst', 'sync': 'full'}, **{k.replace('_', '-'): v for k, v in a.items()}))
for kind in ('blk', 'scsi'):
    scenario(kind + '-mirror-manual-pivot', 'a mirror that waits for finalize pivots under writes', on_file(kind), go(kind, ('blockdev-add', null()), start('blockdev-mirror', auto_finalize=False, auto_dismiss=False), 'look', R1, 'look', J('complete'), 'look', R2, 'look', ('job-finalize', {'id': 'job0'}), 'look', R1, 'look', ('job-dismiss', {'id': 'job0'}), 'query-block'))
    scenario(kind + '-mirror-blocking-target-fails', 'write-blocking: the target of a mirror fails under a write of the guest, then the job goes on', on_file(kind), go(kind, ('blockdev-add', null(rules('write', 28, 2048, 1, True))), start('blockdev-mirror', copy_mode='write-blocking', sync='none', on_target_error='enospc'), R1, 'look', R2, 'look', J('resume'), 'look', J('complete'), 'look'))
    scenario(kind + '-backup-none-and-stop', 'backup of old data only: writes before and after a stop', on_file(kind), go(kind, ('blockdev-add', null()), start('blockdev-backup', sync='none'), R1, 'look', 'stop', 'cont', R2, 'look', J('cancel'), 'look', R1, 'look'))
    scenario(kind + '-two-jobs-two-disks', 'a mirror and a backup of one disk are refused together', on_file(kind), go(kind, ('blockdev-add', null()), ('blockdev-add', null(node='dst2')), start('blockdev-mirror', speed=65536), start('blockdev-backup', job_id='job1', target='dst2'), ('blockdev-del', {'node-name': 'dst'}), ('device_del', {'id': 'nosuch'}), J('cancel', force=True), 'look'))
    scenario(kind + '-drive-mirror', 'drive-mirror of a drive under writes', on_file(kind), go(kind, ('drive-mirror', {'device': 'drive0', 'target': W + '/m.raw', 'format': 'raw', 'sync': 'full'}), 'look', R1, 'look', ('block-job-complete', {'device': 'drive0'}), 'look', R2, 'look', 'query-block'))
    scenario(kind + '-snapshot-and-commit', 'a snapshot under a drive, writes, an active commit', on_file(kind), go(kind, R1, 'look', ('blockdev-snapshot-sync', {'device': 'drive0', 'snapshot-file': W + '/s.qcow2', 'format': 'qcow2'}), R2, 'look', ('block-commit', {'job-id': 'job0', 'device': 'drive0'}), 'look', R1, 'look', J('complete'), 'look', 'query-block'))
scenario('blk-iothread-backup-target-stop', 'iothread: the target of a backup fails, policy stop', IO + on_file('blk', extra=',iothread=io0'), go('blk', ('blockdev-add', null(rules('write', 28, 4096))), start('blockdev-backup', on_target_error='stop'), 'look', R1, 'look', J('resume'), 'look'))
scenario('blk-iothread-drive-backup', 'iothread: drive-backup while writes go on', IO + on_file('blk', extra=',iothread=io0'), go('blk', ('drive-backup', {'job-id': 'job0', 'device': 'drive0', 'target': W + '/b.raw', 'format': 'raw', 'sync': 'full'}), R1, 'look', R2, 'look'))
scenario('blk-reopen-under-guest', 'blockdev-reopen of a disk that a guest writes to', BD(**{'driver': 'file', 'node_name': 'f0', 'filename': W + '/disk.raw'}) + BD(driver='raw', node_name='drive0', file='f0') + DEV('virtio-blk-pci,addr=0x5,disable-modern=on,drive=drive0,id=disk0'), go('blk', R1, 'look', ('blockdev-reopen', {'options': [{'driver': 'raw', 'node-name': 'drive0', 'file': 'f0', 'read-only': True}]}), ('blockdev-add', {'driver': 'blkdebug', 'node-name': 'dbg', 'image': 'f0', 'inject-error': rules('write', 28, 4096)}), ('blockdev-reopen', {'options': [{'driver': 'raw', 'node-name': 'drive0', 'file': 'dbg'}]}), R2, 'look', 'cont', 'look', ('blockdev-reopen', {'options': [{'driver': 'raw', 'node-name': 'drive0', 'file': 'f0'}]}), R1, 'look'))
# ---- questions and the human monitor -------------------------------------------------------------------------------------
scenario('questions', 'what a machine with a disk is asked', DISK, asks('query-uuid', 'query-kvm', 'query-target', 'query-fdsets', 'query-balloon', 'query-migrate', 'query-memory-size-summary', 'query-tpm', 'query-vnc', 'query-spice', 'query-mice', 'query-current-machine', 'query-pr-managers', 'query-rx-filter', 'query-dump', 'query-replay', 'query-yank', 'query-vm-generation-id', 'query-hotpluggable-cpus', 'query-memdev', 'query-block-exports', 'query-iothreads', 'query-acpi-ospm-status', 'query-memory-devices', ('qom-list', {'path': '/machine/peripheral'}), ('qom-get', {'path': '/machine/peripheral/lun0', 'property': 'drive'}), ('qom-get', {'path': 'lun0', 'property': 'type'}), ('qom-get', {'path': 'lun0', 'property': 'bogus'}), ('qom-list', {'path': '/nosuch'})))
scenario('human-monitor-of-a-machine', 'the human monitor of a machine with a disk', DISK, asks(*[hmc(l) for l in ('info block', 'info block -v', 'info blockstats', 'info status', 'stop', 'info status', 'cont', 'system_reset', 'info name', 'info uuid', 'device_del lun0', 'info block', 'device_del nosuch', 'device_add scsi-hd,drive=n1,id=lun1', 'device_add', 'device_add bogus', 'info block', 'block_set_io_throttle lun1 0 0 0 0 0 0', 'system_powerdown', 'system_wakeup', 'block_resize n1 2M', 'qemu-io n1 "length"', 'nosuch', 'info', 'sum', 'quit')]))
scenario('unplug-of-a-pci-disk', 'device_del of a virtio-blk disk on a root port, without a guest that answers', BD(driver='null-co', node_name='n1', size=MB) + DEV('pcie-root-port,id=rp0,slot=1') + DEV('virtio-blk-pci,drive=n1,id=v0,bus=rp0'), asks(('device_del', {'id': 'v0'}), 'query-block', ('device_del', {'id': 'v0'}), ('device_del', {'id': 'rp0'}), ('blockdev-del', {'node-name': 'n1'}), 'system_reset', 'query-block', ('device_add', {'driver': 'virtio-blk-pci', 'drive': 'n1', 'id': 'v1', 'bus': 'rp0'})))
scenario('power-and-sleep', 'stop, system_powerdown, system_wakeup, reset and cont in odd orders', DISK, asks('system_powerdown', 'stop', 'system_powerdown', 'system_wakeup', 'cont', 'cont', 'system_reset', 'stop', 'stop', 'system_reset', 'cont', 'query-status', ('inject-nmi', {}), ('set-action', {'reboot': 'shutdown'}), 'system_reset'))
bad = [r for r in results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(results), len(bad), bad))
