#!/usr/bin/env python3
"""Guests' disks whose requests stop at breakpoints, fail by events of blkdebug, or lose their drive (see tides.py).  usage: faults.py OUTDIR [substring,substring]"""
import sys, os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
FAULTS_ = sys.argv[2] if len(sys.argv) > 2 else ''
sys.argv[2:] = ['none of its own']      # tides.py records what it is asked for when it is imported
import qtlib
from tides import *
qtlib.SEL = FAULTS_; qtlib.results.clear()
IO = lambda l: HM('qemu-io drive0 "%s"' % l)
ev = lambda event, errno=5, **kw: dict({'event': event, 'errno': errno, 'once': True}, **kw)
for pol in ('report', 'ignore', 'enospc', 'stop'):
    both('events-%s' % pol, 'errors that events of each kind arm, one by one; werror and rerror are ' + pol, lambda k, pol=pol: setup(k, [ev('write_aio', 28), ev('read_aio', 5), ev('pwritev_done', 28), ev('flush_to_disk', 5), ev('flush_to_os', 28)], 'report' if pol == 'enospc' else pol, pol), lambda k: (W_(1, 2048), 'look', 'cont', 'look', R_(1, 2048), 'look', 'cont', 'look', FL, 'look', 'cont', 'look', W_(2, 4096), 'look', 'cont', 'look') + Q_)
    both('held-then-fails-%s' % pol, 'a write that a breakpoint holds meets an error when it goes on; werror is ' + pol, lambda k, pol=pol: setup(k, rules('write', 28, 2048, 2), werror=pol), lambda k: (IO('break write_aio A'), W_(1, 2048), 'look', W_(2, 4096), 'look', IO('resume A'), 'look', 'cont', 'look', 'cont', 'look') + Q_)
both('held-write', 'a write of the guest stops at a breakpoint, others go by, limits change meanwhile', lambda k: setup(k, []), lambda k: (IO('break write_aio A'), W_(1, 0), 'look', W_(2, 8), R_(1, 0), 'look', FL, 'look', IO('resume A'), 'look') + Q_)
both('held-read', 'a read of the guest stops at a breakpoint twice', lambda k: setup(k, []), lambda k: (IO('break read_aio A'), IO('break read_aio B'), R_(1, 0), 'look', IO('resume B'), 'look', IO('resume A'), 'look', R_(2, 8), 'look') + Q_)
both('held-flush', 'a flush of the guest stops, writes go on', lambda k: setup(k, []), lambda k: (W_(1, 0), 'look', IO('break flush_to_disk A'), FL, 'look', W_(2, 8), ('f2', 'flush', 0, 0), 'look', IO('resume A'), 'look') + Q_)
both('held-under-a-mirror', 'a write of the guest is held while a mirror is ready; it is copied after that', lambda k: setup(k, []), lambda k: (ADDED(), MIR(), 'look', IO('break write_aio A'), W_(1, 0), 'look', W_(2, 4096), 'look', IO('resume A'), 'look', CTL('job-complete'), 'look') + Q_)
both('held-read-of-a-mirror', 'the read of a mirror is held, and the guest writes to that place', lambda k: setup(k, []), lambda k: (ADDED(), IO('break read_aio A'), MIR(granularity=65536, buf_size=65536), 'look', W_(1, 0), W_(2, 4096), 'look', IO('resume A'), 'look', CTL('job-complete'), 'look') + Q_)
both('held-read-of-a-backup', 'the read of a backup is held: a write of the guest waits for it', lambda k: setup(k, []), lambda k: (ADDED(), IO('break read_aio A'), BKP(x_perf={'max-workers': 1}), 'look', W_(1, 0), W_(2, 8192), 'look', IO('resume A'), 'look') + Q_)
both('held-copy-before-a-write', 'the guest writes under a backup of old data whose read is held', lambda k: setup(k, []), lambda k: (ADDED(), BKP(sync='none'), 'look', IO('break read_aio A'), W_(1, 0), 'look', W_(2, 8), R_(1, 2048), 'look', IO('resume A'), 'look', CTL('job-cancel'), 'look') + Q_)
both('drive-deleted-while-stopped', 'a write waits for cont with werror=stop; its drive is deleted by the human monitor, then cont', lambda k: setup(k, rules('write', 28, 2048), werror='stop'), lambda k: (W_(1, 2048), 'look', HM('drive_del drive0'), QB, HM('info block'), 'cont', 'look', W_(2, 0), R_(1, 0), 'look') + Q_)
both('drive-deleted-under-a-limit', 'requests wait for a limit when their drive is deleted', lambda k: setup(k, []), lambda k: (IOPS(1), W_(1, 0), W_(2, 8), W_(3, 16), 'look', HM('drive_del drive0'), 'look', W_(4, 24), 'look', HM('drive_del drive0'), HM('info block')) + Q_)
both('drive-deleted-under-a-job', 'drive_del while a mirror of the drive runs, and after it', lambda k: on_file(k), lambda k: (ADDED(), MIR(speed=65536), 'look', HM('drive_del drive0'), 'look', CTL('job-cancel'), 'look', HM('drive_del drive0'), 'look', W_(1, 0), 'look') + Q_)
bad = [r for r in qtlib.results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(qtlib.results), len(bad), bad))
