#!/usr/bin/env python3
"""Jobs, devices, throttling, iothreads, and stop or quit at awkward moments (see qtlib.py).  usage: awkward.py OUTDIR [substring,substring]"""
import sys, os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from qtlib import *
import qtlib, itertools
TG = ['-object', 'throttle-group,id=tg0,x-iops-total=2']
IO = ['-object', 'iothread,id=io0']
SIZE8 = 8 << 20
JOBS = {'mirror': 'blockdev-mirror', 'backup': 'blockdev-backup'}

def add_target(q, inj=None, node='dst', size=SIZE8):
    f = {'driver': 'blkdebug', 'image': {'driver': 'null-co', 'size': size}}
    if inj: f['inject-error'] = inj
    q.cmd('blockdev-add', {'driver': 'raw', 'node-name': node, 'file': f})
def start(q, job='mirror', device='drive0', target='dst', **more):
    a = {'job-id': 'job0', 'device': device, 'target': target, 'sync': 'full'}
    a.update({k.replace('_', '-'): v for k, v in more.items()})
    q.cmd(JOBS[job], a); q.settle(0.08)
def look(q, *devs):
    q.settle(0.08)
    for d in devs: d.state()
    q.cmd('query-status'); q.cmd('query-block-jobs')
def on_file(kind, inj=None, **kw): return setup(kind, inj or [], image=FILE, **kw)
SLOW = {'speed': 65536}

# ---- the machine stops, goes on, ends, while a job runs ------------------------------------------------------------
def stop_cont(job, kind):
    def fn(q, qt):
        d = mk(q, qt, kind); add_target(q)
        start(q, job, **(dict(SLOW, buf_size=65536) if job == 'mirror' else SLOW)); q.cmd('stop'); look(q); q.cmd('cont'); look(q)
        q.cmd('block-job-cancel', device='job0', force=True); look(q, d)
    return fn
for job, kind in itertools.product(JOBS, ('blk', 'scsi')):
    scenario('%s-%s-stop-cont-while-copying' % (kind, job), 'stop and cont while a slow %s of the disk runs' % job, on_file(kind), stop_cont(job, kind))
def ready_stop(kind):
    def fn(q, qt):
        d = mk(q, qt, kind); add_target(q); start(q); q.cmd('stop'); look(q); q.cmd('block-job-complete', device='job0'); look(q); q.cmd('cont'); look(q)
        d.submit(('r1', 'write', 2048, 4096)); look(q, d)
    return fn
for kind in ('blk', 'scsi'): scenario('%s-mirror-completes-while-stopped' % kind, 'stop after READY, block-job-complete while stopped, cont, a write', on_file(kind), ready_stop(kind))
def quit_at(job, kind, inj=None, **more):
    def fn(q, qt):
        d = mk(q, qt, kind); add_target(q, inj); start(q, job, **more); look(q); q.cmd('quit'); q.settle(0.08)
    return fn
for kind in ('blk', 'scsi'):
    scenario('%s-mirror-quit-ready' % kind, 'quit while a mirror is READY', on_file(kind), quit_at('mirror', kind))
    scenario('%s-mirror-quit-paused-by-error' % kind, 'quit while a mirror is paused by an error of the target', on_file(kind), quit_at('mirror', kind, rules('write', 5, 2048), on_target_error='stop', granularity=65536, buf_size=65536))
    scenario('%s-backup-quit-paused-by-error' % kind, 'quit while a backup is paused by an error of the target', on_file(kind), quit_at('backup', kind, rules('write', 28, 2048), on_target_error='enospc'))
def reset_while(job):
    def fn(q, qt):
        d = mk(q, qt, 'blk'); add_target(q)
        start(q, job, **(dict(SLOW, buf_size=65536) if job == 'mirror' else SLOW)); q.cmd('system_reset'); look(q); q.cmd('block-job-cancel', device='job0', force=True); look(q)
    return fn
for job in JOBS: scenario('blk-%s-system-reset-while-copying' % job, 'system_reset while a slow %s runs' % job, on_file('blk'), reset_while(job))

# ---- the guest writes while a job runs ------------------------------------------------------------------------------
def write_pivot(kind, copy_mode, inj=None, policy='report'):
    def fn(q, qt):
        d = mk(q, qt, kind); add_target(q, inj); start(q, 'mirror', copy_mode=copy_mode, on_target_error=policy)
        d.submit(('r1', 'write', 2048, 4096)); look(q, d); q.cmd('block-job-resume', device='job0'); look(q)
        q.cmd('block-job-complete', device='job0'); look(q); d.submit(('r2', 'write', 2048, 4096)); look(q, d)
    return fn
for kind, mode in itertools.product(('blk', 'scsi'), ('background', 'write-blocking')):
    scenario('%s-mirror-%s-write-complete-write' % (kind, mode), 'a write under a READY mirror (copy-mode %s), then the pivot, then more' % mode, on_file(kind), write_pivot(kind, mode))
for policy in ('report', 'stop'):
    # The error rule is armed by the flush that precedes READY, so that only the guest's write meets it.
    scenario('blk-mirror-write-blocking-target-%s' % policy, 'copy-mode write-blocking: the target fails for a write of the guest, on-target-error=%s' % policy, on_file('blk'),
             write_pivot('blk', 'write-blocking', rules('write', 5, 2048) and [dict(rules('write', 5, 2048)[0], event='flush_to_disk')], policy))
def cbw(kind, sync='none'):
    def fn(q, qt):
        d = mk(q, qt, kind); add_target(q, fn.inj); start(q, 'backup', sync=sync)
        d.submit(('r1', 'write', 2048, 4096)); look(q, d); q.cmd('block-job-cancel', device='job0', force=True); look(q)
        q.cmd('cont'); look(q, d); d.submit(('r2', 'write', 2048, 4096)); look(q, d)
    return fn
for kind, (err, policy) in itertools.product(('blk', 'scsi'), ((28, 'enospc'), (5, 'stop'), (5, 'ignore'), (5, 'report'))):
    fn = cbw(kind); fn.inj = rules('write', err, None, once=False)
    scenario('%s-backup-write-target-%s-%s' % (kind, ERR[err], policy), 'a write of the guest whose old data the backup target does not take: werror=%s' % policy, on_file(kind, werror=policy), fn)
fn = cbw('blk'); fn.inj = rules('write', 28, None)
scenario('blk-backup-write-target-enospc-once', 'the same, once: the write is sent again by cont', on_file('blk', werror='stop'), fn)
def guest_error(job):
    def fn(q, qt):
        d = mk(q, qt, 'blk'); add_target(q); start(q, job, **(dict(SLOW, buf_size=65536) if job == 'mirror' else SLOW))
        d.submit(('r1', 'write', 2048, 4096)); look(q, d); q.cmd('block-job-cancel', device='job0', force=True); look(q); q.cmd('cont'); look(q, d)
    return fn
for job in JOBS: scenario('blk-%s-while-the-guest-stops' % job, 'a write of the guest fails and stops the machine while a slow %s runs' % job, on_file('blk', rules('write', 5, 2048), werror='stop'), guest_error(job))

# ---- requests held back ---------------------------------------------------------------------------------------------
def held(kind, then):
    def fn(q, qt):
        d = mk(q, qt, kind); add_target(q)
        d.submit(('r1', 'write', 0, 4096)); d.submit(('r2', 'write', 2048, 4096)); d.submit(('r3', 'read', 4096, 4096)); then(q); q.settle(0.08)
        if then is not THEN['quit']: d.state(wait=3)
    return fn
THEN = {'quit': lambda q: q.cmd('quit'), 'stop-cont': lambda q: (q.cmd('stop'), q.cmd('cont')), 'mirror': lambda q: start(q, speed=65536, buf_size=65536), 'backup': lambda q: start(q, 'backup', speed=65536),
        'reset': lambda q: q.cmd('system_reset')}
for kind, name in itertools.product(('blk', 'scsi'), ('quit', 'stop-cont', 'mirror', 'backup')):
    scenario('%s-throttled-%s' % (kind, name), 'requests are held back by a throttle filter when %s comes' % name, TG + setup(kind, [], throttle='tg0'), held(kind, THEN[name]))
def held_error(kind):
    def fn(q, qt):
        d = mk(q, qt, kind); d.submit(('r1', 'write', 0, 4096)); d.submit(('r2', 'write', 2048, 4096)); q.cmd('quit'); q.settle(0.08)
    return fn
for kind in ('blk', 'scsi'): scenario('%s-throttled-error-in-quit' % kind, 'a request that was held back fails in the drain of quit, werror=stop', TG + setup(kind, rules('write', 5, 2048), None, 'stop', throttle='tg0'), held_error(kind))

# ---- iothreads ------------------------------------------------------------------------------------------------------
def iothread(then):
    def fn(q, qt):
        d = mk(q, qt, 'blk'); add_target(q); d.submit(('r1', 'write', 2048, 4096)); q.settle(0.08); d.state(wait=1); then(q, d)
        if q.p.poll() is None and not q.closed: look(q, d)
    return fn
scenario('blk-iothread-stop-cont', 'stop and cont, no error', IO + on_file('blk', extra=',iothread=io0'), iothread(lambda q, d: (q.cmd('stop'), q.settle(.08), q.cmd('cont'), d.submit(('r2', 'write', 4096, 4096)))))
scenario('blk-iothread-report', 'werror=report on an iothread', IO + setup('blk', rules('write', 5, 2048), None, 'report', extra=',iothread=io0'), iothread(lambda q, d: None))
scenario('blk-iothread-quit-while-stopped-by-error', 'quit in io-error on an iothread', IO + setup('blk', rules('write', 5, 2048), None, 'stop', extra=',iothread=io0'), iothread(lambda q, d: (q.cmd('quit'), q.settle(0.3))))
scenario('blk-iothread-reset-while-stopped-by-error', 'system_reset in io-error on an iothread', IO + setup('blk', rules('write', 5, 2048), None, 'stop', extra=',iothread=io0'), iothread(lambda q, d: q.cmd('system_reset')))

# ---- disks that come and go -----------------------------------------------------------------------------------------
def hotplug(q, qt):
    d = mk(q, qt, 'scsi'); q.cmd('blockdev-add', {'driver': 'null-co', 'node-name': 'n1', 'size': SIZE8}); q.cmd('device_add', {'driver': 'scsi-hd', 'bus': 'scsi0.0', 'drive': 'n1', 'id': 'disk9'}); q.settle(0.08)
    q.cmd('query-block'); q.cmd('device_del', id='disk9'); q.settle(0.08); q.cmd('blockdev-del', {'node-name': 'n1'}); q.cmd('device_del', id='disk9'); look(q, d)
scenario('scsi-device-add-del', 'a second SCSI disk comes and goes', on_file('scsi'), hotplug)
def unplug(q, qt):
    mk(q, qt, 'scsi'); add_target(q); start(q, speed=65536, buf_size=65536); q.cmd('device_del', id='disk0'); look(q); q.cmd('block-job-cancel', device='job0', force=True); look(q)
scenario('scsi-device-del-while-mirrored', 'the disk that is being mirrored is unplugged', on_file('scsi', named=False), unplug)
REFUSED = [{'driver': 'bogus'}, {'driver': 'scsi-hd'}, {'driver': 'scsi-hd', 'drive': 'nosuch', 'id': 'd1'}, {'driver': 'scsi-hd', 'drive': 'n1', 'id': 'd1', 'bogus': 1}, {'driver': 'scsi-hd', 'drive': 'n1', 'id': 'd1', 'bus': 'nosuch.0'},
           {'driver': 'scsi-hd', 'drive': 'n1', 'id': 'disk0'}, {'driver': 'virtio-blk-pci', 'drive': 'n1', 'id': 'v0'}, {'driver': 'scsi-hd', 'drive': 'n1', 'id': 'd1', 'werror': 3}, {'driver': 'scsi-hd', 'drive': 'n1', 'id': '0x'}, {}]
def refused(q, qt):
    mk(q, qt, 'scsi'); q.cmd('blockdev-add', {'driver': 'null-co', 'node-name': 'n1', 'size': SIZE8})
    for a in REFUSED: q.cmd('device_add', a)
    q.cmd('device_del', id='nosuch')
scenario('scsi-device-add-refused', 'device_add with what does not fit', on_file('scsi'), refused)

# ---- jobs alone -----------------------------------------------------------------------------------------------------
BASE_JOBS = [BASE[0], '-machine', 'none', '-nodefaults', '-display', 'none']
def jobs_only(name, notes, fn):
    def none(q): q.cmd('blockdev-add', {'driver': 'raw', 'node-name': 'src', 'file': {'driver': 'file', 'filename': W + '/src.raw'}}); fn(q)
    if SEL and not any(s in name for s in SEL.split(',')): return
    open(W + '/src.raw', 'wb').write(bytes(range(1, 255)) * (2 << 20 // 254)); open(W + '/src.raw', 'ab').truncate(2 << 20)
    open(W + '/src.raw', 'r+b').write(bytes((i * 7 + 1) & 255 or 1 for i in range(65536)) * 32)
    rec = Recorder(os.path.join(OUT, name + '.jsonl'), SUBST, TIMING); rec.put({'dir': 'meta', 'scenario': name, 'argv': ['qemu-system-x86_64'] + BASE_JOBS[1:], 'notes': notes})
    t0 = time.time(); ok = 'ok'; q = None
    try: q = Qemu(BASE_JOBS, rec, W); none(q)
    except Exception as e: ok = 'FAILED %s: %s' % (type(e).__name__, str(e)[:300]); rec.put({'dir': 'note', 'text': ok})
    finally:
        if q: q.quit()
        rec.close()
    results.append((name, ok)); print('%-46s %5.1fs %s' % (name, time.time() - t0, ok), flush=True)
def jstart(q, job, **more): add_target(q, size=2 << 20, inj=more.pop('inj', None)); start(q, job, device='src', **more)
for job in JOBS:
    slow = dict(SLOW, buf_size=65536) if job == 'mirror' else SLOW
    jobs_only('%s-paused-by-user-quit' % job, 'quit while the user has paused a slow %s' % job, lambda q: (jstart(q, job, **slow), q.cmd('job-pause', id='job0'), look(q), q.cmd('quit'), q.settle(.08)))
    jobs_only('%s-faster-while-asleep' % job, 'a slow %s gets another speed while it sleeps' % job, lambda q: (jstart(q, job, **slow), q.cmd('block-job-set-speed', device='job0', speed=0), look(q), q.cmd('query-block-jobs')))
    jobs_only('%s-pending-quit' % job, 'quit while the job waits for job-finalize', lambda q: (jstart(q, job, auto_finalize=False), q.cmd('job-complete', id='job0'), look(q), q.cmd('quit'), q.settle(.08)))
    jobs_only('%s-concluded-quit' % job, 'quit while a concluded job waits for job-dismiss', lambda q: (jstart(q, job, auto_dismiss=False), q.cmd('job-complete', id='job0'), look(q), q.cmd('query-jobs'), q.cmd('quit'), q.settle(.08)))
    jobs_only('%s-pause-resume-twice' % job, 'a slow %s is paused and resumed twice' % job, lambda q: (jstart(q, job, **slow), [(q.cmd('job-pause', id='job0'), look(q), q.cmd('job-resume', id='job0'), look(q)) for _ in range(2)], q.cmd('job-cancel', id='job0'), look(q)))
    jobs_only('%s-target-stop-cancel-soft' % job, 'a soft cancel of a %s that an error has paused' % job, lambda q: (jstart(q, job, inj=rules('write', 5, 2048), on_target_error='stop'), look(q), q.cmd('block-job-cancel', device='job0'), q.cmd('block-job-cancel', device='job0', force=True), look(q)))
jobs_only('mirror-standby-quit', 'quit while the user has paused a READY mirror', lambda q: (jstart(q, 'mirror'), q.cmd('job-pause', id='job0'), look(q), q.cmd('quit'), q.settle(.08)))
jobs_only('mirror-standby-complete-resume', 'a READY mirror is paused, completed, resumed', lambda q: (jstart(q, 'mirror'), q.cmd('job-pause', id='job0'), q.cmd('job-complete', id='job0'), look(q), q.cmd('job-resume', id='job0'), look(q)))
jobs_only('mirror-ready-force-cancel', 'a READY mirror is cancelled by force', lambda q: (jstart(q, 'mirror'), q.cmd('block-job-cancel', device='job0', force=True), look(q)))
jobs_only('mirror-sync-none-quit', 'quit while a mirror of nothing but new writes runs', lambda q: (jstart(q, 'mirror', sync='none'), look(q), q.cmd('quit'), q.settle(.08)))
jobs_only('backup-sync-none-pause-resume-quit', 'a backup of nothing but overwritten data', lambda q: (jstart(q, 'backup', sync='none'), q.cmd('job-pause', id='job0'), look(q), q.cmd('job-resume', id='job0'), look(q), q.cmd('quit'), q.settle(.08)))
jobs_only('mirror-into-itself-and-worse', 'refusals of mirror and backup', lambda q: (add_target(q, size=2 << 20), [q.cmd(c, a) for c, a in (
    ('blockdev-mirror', {'job-id': 'j', 'device': 'src', 'target': 'src', 'sync': 'full'}), ('blockdev-mirror', {'job-id': 'j', 'device': 'src', 'target': 'dst', 'sync': 'full', 'granularity': 700}),
    ('blockdev-mirror', {'job-id': 'j', 'device': 'nosuch', 'target': 'dst', 'sync': 'full'}), ('blockdev-mirror', {'job-id': 'j', 'device': 'src', 'target': 'nosuch', 'sync': 'full'}),
    ('blockdev-mirror', {'job-id': 'j', 'device': 'src', 'target': 'dst', 'sync': 'full', 'replaces': 'dst'}), ('blockdev-mirror', {'job-id': 'j', 'device': 'src', 'target': 'dst', 'sync': 'full', 'filter-node-name': '1x'}),
    ('blockdev-mirror', {'job-id': 'j', 'device': 'src', 'target': 'dst', 'sync': 'full', 'speed': -1}), ('blockdev-backup', {'job-id': 'j', 'device': 'src', 'target': 'dst', 'sync': 'full', 'speed': -1}),
    ('blockdev-backup', {'job-id': 'j', 'device': 'src', 'target': 'dst', 'sync': 'full', 'filter-node-name': 'dst'}), ('blockdev-backup', {'job-id': 'j', 'device': 'src', 'target': 'dst', 'sync': 'full', 'bitmap-mode': 'always'}),
    ('blockdev-backup', {'job-id': '1j', 'device': 'src', 'target': 'dst', 'sync': 'full'}), ('transaction', {'actions': [{'type': 'bogus', 'data': {}}]}), ('transaction', {'actions': [{'type': 'abort'}]}),
    ('transaction', {'actions': [{'type': 'blockdev-backup', 'data': {'device': 'src', 'sync': 'full'}}]}), ('transaction', {'actions': [{'type': 'blockdev-backup', 'data': {'device': 'src', 'target': 'dst', 'sync': 'fully'}}]}),
    ('transaction', {'actions': [3]}), ('transaction', {'actions': [], 'properties': {'completion-mode': 'x'}}), ('transaction', {'actions': []}), ('blockdev-del', {'node-name': 'dst'}), ('blockdev-del', {'node-name': 'dst'}))]))
print('failed:', [r for r in results if r[1] != 'ok'])
