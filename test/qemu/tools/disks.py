#!/usr/bin/env python3
"""Disks of a machine: discard, zeroes, iothreads, throttle groups, several LUNs, media, hot plug, queries (see qtlib.py).  usage: disks.py OUTDIR [substring,substring]"""
import sys, os, shutil
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from qtlib import *
import qtlib
MB = 1 << 20
IO = ['-object', 'iothread,id=io0']
NODE = lambda **kw: ['-blockdev', json.dumps(dict({'driver': 'raw', 'node-name': 'drive0'}, **kw))]
BLK = lambda extra='': ['-device', 'virtio-blk-pci,addr=0x5,disable-modern=on,drive=drive0,id=disk0' + extra]
FD = dict(FILE, discard='unmap')
D = lambda inj, inner=FD: {'driver': 'blkdebug', 'discard': 'unmap', 'image': inner, 'inject-error': inj}
def look(q, *devs):
    q.settle(0.08)
    for d in devs: d.state()
    q.cmd('query-status')
def stats(q): q.cmd('query-blockstats', {'query-nodes': True})
def go(kind, *steps):
    def fn(q, qt):
        d = mk(q, qt, kind)
        for s in steps:
            if s == 'look': look(q, d)
            elif s == 'stats': q.cmd('query-blockstats')
            elif s == 'init': q.rec.put({'dir': 'dev', 'do': 'device reset (status register := 0), driver re-init'}); d.init()
            elif isinstance(s, tuple) and isinstance(s[1], dict): q.cmd(*s)
            elif isinstance(s, tuple): d.submit(s)
            elif isinstance(s, list):      # one by one: a real file answers in any order
                for r in s: d.submit(r); q.settle(0.05); d.state()
            else: q.cmd(s)
    return fn
DISC = [('r1', 'discard', 1024, 65536), ('r2', 'write-zeroes', 2048, 65536), ('r3', 'write', 4096, 4096)]
# ---- discard -------------------------------------------------------------------------------------------------------
scenario('discard-unmap', 'discard and zeroes of a file opened with discard=unmap; what is counted', NODE(discard='unmap', file=FD) + BLK(), go('blk', DISC, 'look', 'stats', ('r4', 'read', 1024, 4096), 'look'))
scenario('discard-ignored', 'the same of a node without discard=unmap: the rule for discards is never met', NODE(file=D(rules('discard', 5, 1024, once=False))) + BLK(), go('blk', DISC, 'look', 'stats'))
scenario('discard-ignored-below', 'the format unmaps, the file below does not', NODE(discard='unmap', file={'driver': 'blkdebug', 'image': FILE, 'inject-error': rules('discard', 5, 1024, once=False)}) + BLK(), go('blk', DISC, 'look', 'stats'))
scenario('discard-off', 'a device without discard and write-zeroes', NODE(discard='unmap', file=FD) + BLK(',discard=off,write-zeroes=off'), go('blk', DISC, 'look', 'stats'))
scenario('discard-max-sectors', 'max-discard-sectors and max-write-zeroes-sectors', NODE(discard='unmap', file=FD) + BLK(',max-discard-sectors=64,max-write-zeroes-sectors=64'), go('blk', DISC, 'look', 'stats', [('s1', 'discard', 1024, 32768), ('s2', 'write-zeroes', 1024, 32768)], 'look', 'stats'))
scenario('discard-odd', 'discards of odd sizes, none, and beyond the end', NODE(discard='unmap', file=FD) + BLK(), go('blk', [('a1', 'discard', 1, 512), ('a2', 'discard', 16383, 512), ('a3', 'discard', 16383, 1024), ('a4', 'write-zeroes', 16383, 1024), ('a5', 'discard', 0, 0), ('a6', 'write-zeroes', 3, 1536)], 'look', 'stats'))
for pol in ('stop', 'report', 'ignore', 'enospc'):
    scenario('discard-zeroes-errors-%s' % pol, 'a discard and zeroes fail twice, werror=%s; what is counted' % pol, NODE(discard='unmap', file=D(rules('discard', 28, 1024, 2) + rules('write-zeroes', 5, 2048, 2))) + BLK(',werror=' + pol), go('blk', DISC, 'look', 'stats', 'cont', 'look', 'stats', 'cont', 'look', 'stats'))
for dz in ('on', 'unmap'):
    scenario('detect-zeroes-%s' % dz, 'writes of zeroes with detect-zeroes=%s' % dz, NODE(**{'detect-zeroes': dz, 'discard': 'unmap', 'file': D(rules('write-zeroes', 5, 2048, once=False))}) + BLK(',werror=report'), go('blk', [('z1', 'write', 2048, 4096), ('z2', 'write', 4096, 65536)], 'look', 'stats', 'query-block'))
scenario('discard-iothread-stop', 'a discard fails on an iothread', IO + NODE(discard='unmap', file=D(rules('discard', 5, 1024, 2))) + BLK(',iothread=io0,werror=stop'), go('blk', DISC, 'look', 'cont', 'look', 'cont', 'look', 'stats'))
scenario('discard-qcow2-mirror', 'discards while a mirror is ready', NODE(discard='unmap', file=FD) + BLK(), go('blk', ('blockdev-add', {'driver': 'null-co', 'node-name': 'dst', 'size': 8 * MB}), ('blockdev-mirror', {'job-id': 'job0', 'device': 'drive0', 'target': 'dst', 'sync': 'full'}), 'look', DISC, 'look', 'query-block-jobs', ('block-job-complete', {'device': 'job0'}), 'look', 'stats'))
scenario('discard-backup', 'a discard in front of a slow backup', NODE(discard='unmap', file=FD) + BLK(), go('blk', ('blockdev-add', {'driver': 'null-co', 'node-name': 'dst', 'size': 8 * MB}), ('blockdev-backup', {'job-id': 'job0', 'device': 'drive0', 'target': 'dst', 'sync': 'full', 'speed': 65536}), ('r1', 'discard', 8192, 65536), 'look', 'query-block-jobs', ('block-job-set-speed', {'device': 'job0', 'speed': 0}), 'look', 'look'))
scenario('discard-throttled', 'discards under a throttle group', ['-object', 'throttle-group,id=tg0,x-iops-total=2'] + ['-blockdev', json.dumps({'driver': 'throttle', 'node-name': 'drive0', 'throttle-group': 'tg0', 'discard': 'unmap', 'file': {'driver': 'raw', 'discard': 'unmap', 'file': FD}})] + BLK(), go('blk', DISC, 'look', 'stop', 'look', 'cont', 'look', 'stats'))
# ---- SCSI: UNMAP, WRITE SAME, several LUNs ---------------------------------------------------------------------------
def scsi_unmap(q, d, id, sector, nsec, lun=0):
    q.rec.put({'dir': 'dev', 'submit': [{'id': id, 'op': 'discard', 'sector': sector, 'len': nsec * 512}]})
    h = d.alloc(4096); param = struct.pack('>HHI', 22, 16, 0) + struct.pack('>QII', sector, nsec, 0)
    cdb = bytes([0x42, 0, 0, 0, 0, 0, 0, 0, len(param), 0])
    d.qt.wr(h, b'\x01\x00' + struct.pack('>H', 0x4000 | lun) + b'\0\0\0\0' + struct.pack('<QBBB', h, 0, 0, 0) + cdb.ljust(32, b'\0')); d.qt.wr(h + 1024, b'\xff' * 108)
    data = d.alloc(len(param)); d.qt.wr(data, param)
    d.live[d.chain([(h, 51, False), (data, len(param), False), (h + 1024, 108, True)])] = {'id': id, 'st': h + 1024}; d.kick()
def scsi_same(q, d, id, sector, nsec, unmap=True):
    q.rec.put({'dir': 'dev', 'submit': [{'id': id, 'op': 'write-zeroes', 'sector': sector, 'len': nsec * 512}]})
    h = d.alloc(4096); cdb = bytes([0x93, 8 if unmap else 0]) + struct.pack('>QIBB', sector, nsec, 0, 0)
    d.qt.wr(h, b'\x01\x00\x40\x00\0\0\0\0' + struct.pack('<QBBB', h, 0, 0, 0) + cdb.ljust(32, b'\0')); d.qt.wr(h + 1024, b'\xff' * 108)
    data = d.alloc(512); d.qt.wr(data, b'\0' * 512)
    d.live[d.chain([(h, 51, False), (data, 512, False), (h + 1024, 108, True)])] = {'id': id, 'st': h + 1024}; d.kick()
SC = lambda extra='': ['-device', 'virtio-scsi-pci,addr=0x5,disable-modern=on,id=scsi0', '-device', 'scsi-hd,bus=scsi0.0,drive=drive0,id=disk0' + extra]
def unmaps(pol_conts):
    def fn(q, qt):
        d = mk(q, qt, 'scsi'); scsi_unmap(q, d, 'u1', 1024, 128); look(q, d); q.cmd('query-blockstats')
        for _ in range(pol_conts): q.cmd('cont'); look(q, d); q.cmd('query-blockstats')
        scsi_same(q, d, 'w1', 2048, 128); look(q, d); q.cmd('query-blockstats')
        for _ in range(pol_conts): q.cmd('cont'); look(q, d); q.cmd('query-blockstats')
    return fn
scenario('scsi-unmap', 'UNMAP and WRITE SAME of a file with discard=unmap', NODE(discard='unmap', file=FD) + SC(), unmaps(0))
scenario('scsi-unmap-ignored', 'the same without discard=unmap', NODE(file=D(rules('discard', 5, 1024, once=False))) + SC(), unmaps(0))
for pol in ('stop', 'report', 'ignore'):
    scenario('scsi-unmap-%s' % pol, 'UNMAP and WRITE SAME fail, werror=%s' % pol, NODE(discard='unmap', file=D(rules('discard', 5, 1024, 1) + rules('write-zeroes', 28, 2048, 1))) + SC(',werror=' + pol), unmaps(1 if pol == 'stop' else 0))
scenario('scsi-unmap-beyond', 'UNMAP beyond the end', NODE(discard='unmap', file=FD) + SC(), lambda q, qt: (lambda d: (scsi_unmap(q, d, 'u1', 16380, 128), look(q, d), scsi_unmap(q, d, 'u2', 16384, 8), look(q, d), q.cmd('query-blockstats')))(mk(q, qt, 'scsi')))
# ---- queries of machines ----------------------------------------------------------------------------------------------
TWO = ['-blockdev', json.dumps({'driver': 'null-co', 'node-name': 'n1', 'size': MB}), '-device', 'virtio-scsi-pci,id=scsi0,disable-modern=on,addr=0x6', '-device', 'scsi-hd,bus=scsi0.0,drive=n1,id=lun0,lun=0', '-blockdev', json.dumps({'driver': 'null-co', 'node-name': 'n2', 'size': 2 * MB}), '-device', 'scsi-hd,bus=scsi0.0,drive=n2,id=lun1,lun=3,scsi-id=2']
def asks(*cmds):
    def fn(q, qt):
        for c in cmds:
            q.cmd(*c) if isinstance(c, tuple) else q.cmd(c); q.settle(.05)
    return fn
hmc = lambda l: ('human-monitor-command', {'command-line': l})
scenario('luns-queries', 'queries of a machine with LUNs and an IDE disk', TWO + ['-drive', 'if=none,id=ide0,driver=null-co,size=1M', '-device', 'ide-hd,drive=ide0,id=ided,bus=ide.0'], asks('query-block', 'query-blockstats', ('query-blockstats', {'query-nodes': True}), hmc('info block'), hmc('info block -v'), hmc('info blockstats'), hmc('info block -n'), hmc('info qtree-nosuch')))
scenario('luns-plug', 'LUNs plugged and unplugged', TWO, asks(('blockdev-add', {'driver': 'null-co', 'node-name': 'n3', 'size': MB}), ('device_add', {'driver': 'scsi-hd', 'bus': 'scsi0.0', 'drive': 'n3', 'id': 'lun2', 'lun': 3, 'scsi-id': 2}), ('device_add', {'driver': 'scsi-hd', 'bus': 'scsi0.0', 'drive': 'n3', 'id': 'lun2', 'lun': 4, 'scsi-id': 2, 'werror': 'stop'}), ('device_add', {'driver': 'scsi-hd', 'bus': 'scsi0.0', 'drive': 'n3', 'id': 'lun3'}), 'query-block', ('blockdev-del', {'node-name': 'n3'}), ('device_del', {'id': 'lun2'}), ('device_del', {'id': 'lun2'}), 'query-block', ('blockdev-del', {'node-name': 'n3'}), ('device_del', {'id': 'scsi0'}), ('device_del', {'id': '/machine/peripheral/lun0'}), 'query-block'))
scenario('plug-errors', 'device_add that is refused', TWO, asks(*[('device_add', a) for a in ({'driver': 'bogus'}, {}, {'driver': 'scsi-hd'}, {'driver': 'scsi-hd', 'drive': 'nosuch'}, {'driver': 'scsi-hd', 'drive': 'n1'}, {'driver': 'scsi-hd', 'drive': 'n1', 'bus': 'nosuch.0'}, {'driver': 'virtio-blk-pci', 'drive': 'n1'}, {'driver': 'virtio-blk-pci'}, {'driver': 'scsi-hd', 'id': 'lun0'}, {'driver': 'scsi-hd', 'id': '1x'}, {'driver': 'scsi-hd', 'bogus': 1, 'id': 'q'}, {'driver': 'scsi-hd', 'lun': 'x', 'id': 'q'}, {'driver': 'pc-dimm'}, {'driver': 'ide-hd', 'drive': 'n1'})]))
scenario('io-throttle', 'block_set_io_throttle in its forms, shown by query-block and info block', TWO, asks(*[('block_set_io_throttle', dict({'id': 'lun0', 'bps': 0, 'bps_rd': 0, 'bps_wr': 0, 'iops': 0, 'iops_rd': 0, 'iops_wr': 0}, **a)) for a in ({'bps': 1000000}, {'bps': 1, 'bps_rd': 1}, {'iops': 100, 'iops_max': 200, 'iops_max_length': 10}, {'iops': 100, 'iops_max': 50}, {'iops_rd': 10, 'iops_size': 4096}, {'iops': -1}, {'iops': 10, 'group': 'g1'}, {'iops_max': 10}, {'id': 'nosuch'}, {'bps': 1 << 60})] + ['query-block', hmc('info block')]))
scenario('reset-stop-cont', 'stop, system_reset, cont, system_wakeup, system_powerdown in a row', TWO, asks('stop', 'system_reset', 'query-status', 'cont', 'query-status', 'system_wakeup', 'system_reset', 'system_reset', 'query-status', 'system_powerdown', 'query-status', 'stop', 'system_powerdown', 'quit'))
scenario('query-misc', 'queries of the machine', TWO, asks('query-uuid', 'query-kvm', 'query-cpus-fast', 'query-chardev', 'query-pci', 'query-target', 'query-machines-nosuch', 'query-balloon', 'query-migrate', 'query-fdsets', 'query-memory-size-summary', 'query-hotpluggable-cpus', 'query-events', 'query-tpm', 'query-vnc', 'query-spice', 'query-mice', 'query-current-machine', 'query-block-exports', 'query-pr-managers', 'query-rx-filter', ('qom-list', {'path': '/machine/peripheral'}), ('qom-get', {'path': '/machine/peripheral/lun0', 'property': 'drive'}), ('qom-list-types', {'implements': 'throttle-group'}), ('device-list-properties', {'typename': 'iothread'}), ('query-command-line-options', {'option': 'trace'}), 'query-command-line-options-nosuch'))
# ---- media ---------------------------------------------------------------------------------------------------------------
CD = ['-blockdev', json.dumps({'driver': 'null-co', 'node-name': 'n1', 'size': MB, 'read-only': True}), '-device', 'virtio-scsi-pci,id=scsi0,disable-modern=on,addr=0x6', '-device', 'scsi-cd,bus=scsi0.0,drive=n1,id=cd0']
scenario('medium', 'a medium goes and comes', CD, asks('query-block', ('blockdev-open-tray', {'id': 'cd0'}), ('blockdev-remove-medium', {'id': 'cd0'}), 'query-block', ('blockdev-insert-medium', {'id': 'cd0', 'node-name': 'nosuch'}), ('blockdev-insert-medium', {'id': 'cd0', 'node-name': 'n1'}), ('blockdev-close-tray', {'id': 'cd0'}), ('blockdev-close-tray', {'id': 'cd0'}), ('eject', {'id': 'cd0'}), 'query-block', ('eject', {'id': 'cd0'}), ('blockdev-change-medium', {'id': 'cd0', 'filename': W + '/disk.raw', 'format': 'raw', 'read-only-mode': 'read-only'}), 'query-block', ('eject', {'id': 'nosuch'}), ('blockdev-open-tray', {'id': 'nosuch'}), ('blockdev-change-medium', {'id': 'cd0', 'filename': '/nonexistent'})))
scenario('medium-of-a-disk', 'media commands of a disk that has none to remove', TWO, asks(('eject', {'id': 'lun0'}), ('eject', {'id': 'lun0', 'force': True}), ('blockdev-open-tray', {'id': 'lun0'}), ('blockdev-remove-medium', {'id': 'lun0'}), ('blockdev-change-medium', {'id': 'lun0', 'filename': W + '/disk.raw'}), ('eject', {'device': 'x', 'id': 'y'}), ('eject', {})))
# ---- a guest on an image: snapshots, reopen, resize while it writes --------------------------------------------------------
scenario('snapshot-under-guest', 'blockdev-snapshot-sync under a guest, then commit', NODE(file=FILE) + BLK(), go('blk', ('r1', 'write', 0, 4096), 'look', ('blockdev-snapshot-sync', {'node-name': 'drive0', 'snapshot-file': W + '/new.qcow2', 'snapshot-node-name': 'new'}), ('r2', 'write', 2048, 4096), 'look', 'query-block', ('block-commit', {'job-id': 'job0', 'device': 'new'}), 'look', ('block-job-complete', {'device': 'job0'}), 'look', ('r3', 'write', 4096, 4096), 'look', 'query-block', 'stats'))
scenario('snapshot-iothread', 'the same on an iothread', IO + NODE(file=FILE) + BLK(',iothread=io0'), go('blk', ('r1', 'write', 0, 4096), 'look', ('blockdev-snapshot-sync', {'node-name': 'drive0', 'snapshot-file': W + '/new.qcow2', 'snapshot-node-name': 'new'}), ('r2', 'write', 2048, 4096), 'look', 'query-block'))
scenario('resize-under-guest', 'block_resize under a guest', NODE(file=FILE) + BLK(), go('blk', ('r1', 'write', 16376, 4096), 'look', ('block_resize', {'node-name': 'drive0', 'size': 9 * MB}), ('r2', 'write', 16384, 4096), 'look', ('block_resize', {'node-name': 'drive0', 'size': 4 * MB}), ('r3', 'read', 16376, 4096), 'look', 'query-block'))
scenario('bitmap-under-guest', 'a bitmap records what a guest writes; incremental backup', NODE(file=FILE) + BLK(), go('blk', ('block-dirty-bitmap-add', {'node': 'drive0', 'name': 'b0'}), [('r1', 'write', 0, 4096), ('r2', 'write', 4096, 131072)], 'look', 'query-block', ('blockdev-add', {'driver': 'null-co', 'node-name': 'dst', 'size': 8 * MB}), ('blockdev-backup', {'job-id': 'job0', 'device': 'drive0', 'target': 'dst', 'sync': 'incremental', 'bitmap': 'b0'}), 'look', 'query-block'))
scenario('del-in-use', 'nodes and objects in use are not deleted', IO + NODE(file=FILE) + BLK(',iothread=io0'), asks(('blockdev-del', {'node-name': 'drive0'}), ('object-del', {'id': 'io0'}), ('device_del', {'id': 'disk0'}), 'query-block', ('object-add', {'qom-type': 'iothread', 'id': 'io1'}), ('x-blockdev-set-iothread', {'node-name': 'drive0', 'iothread': 'io1'})))
bad = [r for r in results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(results), len(bad), bad))
