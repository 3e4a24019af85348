#!/usr/bin/env python3
"""A guest's disk under what chance puts together, from a seed, of words that heaps.py does not reach: disks on an iothread, throttle groups, policies that change with the device, stops of the machine during jobs, limits, snapshots, resizes, resets, unplugs (see gales.py).  usage: drifts.py OUTDIR [substring] [FROM TO]"""
import sys, os, random
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
DRIFTS_, FROM, TO = (sys.argv[2] if len(sys.argv) > 2 else ''), int(sys.argv[3]) if len(sys.argv) > 3 else 0, int(sys.argv[4]) if len(sys.argv) > 4 else 40
sys.argv[2:] = ['none of its own']      # gales.py records what it is asked for when it is imported
import qtlib
from gales import *
qtlib.SEL = DRIFTS_; qtlib.results.clear()
PLACES = (0, 8, 64, 128, 2048, 4096, 8192)
def drift(seed):
    r = random.Random(seed); pick = r.choice; some = lambda p: r.random() < p
    kind = pick(('blk', 'scsi', 'blk')); POL_ = lambda: pick(('report', 'ignore', 'stop', 'enospc', 'stop', 'auto')); n = [0]
    RPOL = lambda: pick(('report', 'ignore', 'stop', 'stop', 'auto'))
    def inj(k=4): return [dict({'event': 'none', 'iotype': t, 'errno': pick((5, 5, 28, 28, 12, 61)), 'once': some(.93)}, **({} if t == 'flush' else {'sector': pick(PLACES)})) for t in [pick(('read', 'write', 'write', 'write', 'flush')) for _ in range(r.randrange(k + 1))]]
    pol = dict(rerror=RPOL() if some(.8) else None, werror=POL_() if some(.9) else None)
    argv = setup(kind, inj(), pol['rerror'], pol['werror'])
    if some(.35): argv = ['-object', 'iothread,id=io0'] + [a + ',iothread=io0' if a.startswith(('virtio-blk-pci', 'virtio-scsi-pci')) else a for a in argv]
    groups = ['drive0']
    def requests():
        n[0] += 1; out = []
        for i in range(pick((1, 1, 1, 2))):
            op = pick(('write', 'write', 'read', 'flush')); id = '%s%d%s' % (op[0], n[0], 'abc'[i])
            out.append((id, op, 0, 0) if op == 'flush' else (id, op, pick(PLACES), pick((4096, 4096, 65536))))
        return out
    jobs_ = []
    def job():
        n[0] += 1; id = 'j%d' % n[0]; jobs_.append(id); k = pick('MMBBS'); ends = dict(**({'auto_finalize': False} if some(.2) else {}), **({'auto_dismiss': False} if some(.3) else {}), **({'speed': 65536} if some(.3) else {}))
        pl = lambda: pick(('report', 'ignore', 'stop', 'enospc', 'stop'))
        if k == 'M': return MIR(job_id=id, target=pick(('dst', 'd2')), sync=pick(('full', 'full', 'none', 'top')), on_source_error=pl(), on_target_error=pl(), **ends, **({'copy_mode': 'write-blocking'} if some(.3) else {}))
        if k == 'B': return BKP(job_id=id, target=pick(('dst', 'd2')), sync=pick(('full', 'full', 'none', 'top')), on_source_error=pl(), on_target_error=pl(), **ends)
        return STR(job_id=id, on_error=pl(), **ends)
    def verb():
        id = pick((jobs_ or ['none'])[-2:]); v = pick(('job-pause', 'job-resume', 'job-resume', 'job-complete', 'job-complete', 'job-cancel', 'job-finalize', 'job-dismiss', 'block-job-cancel', 'speed'))
        if v == 'speed': return ('block-job-set-speed', {'device': id, 'speed': pick((0, 65536))})
        return (v, {'device' if v.startswith('block') else 'id': id})
    def throttled():
        g = pick(('g0', 'g1', 'drive0')); k = r.randrange(6)
        if k == 0: return ('block_set_io_throttle', D(device='drive0', group=g, bps=0, bps_rd=0, bps_wr=0, iops=pick((0, 1, 5)), iops_rd=0, iops_wr=0))
        if k == 1: return ('object-add', {'qom-type': 'throttle-group', 'id': g, 'limits': pick(({'iops-total': 5}, {}, {'bps-write': 4096}))})
        if k == 2: return ('qom-set', {'path': '/objects/' + g, 'property': 'limits', 'value': pick(({'iops-total': 0}, {'iops-total': 50}, {'iops-total': -1}))})
        if k == 3: return ('blockdev-add', D(driver='throttle', node_name='t%d' % n[0], throttle_group=g, file=pick(('d2', 'dst', 'nosuch'))))
        if k == 4: return ('qom-get', {'path': '/objects/' + g, 'property': 'limits'})
        return ('object-del', {'id': g})
    def machine_():
        k = r.randrange(6)
        if k < 3: return 'cont'
        if k < 5: return 'stop'
        return TXN(('blockdev-backup', {'job-id': 'j%d' % n[0], 'device': 'drive0', 'target': 'd2', 'sync': 'none'}), ('abort', {}))
    def other():
        k = r.randrange(12); n[0] += 1
        if k == 0: return IOPS(pick((0, 0, 1, 5)))
        if k == 1: return SNAP('s%d' % n[0])
        if k == 2: return ('block_resize', {'device': 'drive0', 'size': pick((4, 8, 16)) << 20})
        if k == 3: return pick(('system_reset', DROPPED, HM('drive_del drive0'))) if some(.3) else QB
        if k == 4: return HM('qemu-io drive0 "%s"' % pick(('break write_aio A', 'break read_aio B', 'resume A', 'resume B', 'flush', 'write -q -P 5 1M 4k', 'read -q 0 4k', 'remove_break A')))
        if k == 5: return BM(pick(('add', 'clear', 'remove', 'disable')), pick(('b0', 'b1')))
        if k == 6: return HM(pick(('info block', 'info blockstats', 'info status', 'info block-jobs', 'info block -v', 'info iothreads')))
        if k == 7: return pick((STATS, 'query-jobs', QB, ('query-blockstats', {'query-nodes': True}), 'query-iothreads'))
        if k == 8: return ('x-blockdev-set-iothread', {'node-name': pick(('dst', 'd2', 'node-drive0')), 'iothread': pick(('io0', None, 'nosuch'))})
        if k == 9: return ('qom-get', {'path': '/machine/peripheral/disk0', 'property': pick(('drive', 'type'))})
        if k == 10: return ('device_add', D(driver='scsi-hd' if kind == 'scsi' else 'virtio-blk-pci', id='x%d' % n[0], drive=pick(('d2', 'dst', 'nosuch')), werror=pick(('stop', 'bogus', 'ignore'))))
        return ('block-set-write-threshold', {'node-name': 'node-drive0', 'write-threshold': pick((0, 4096, 1 << 20))})
    steps = [ADDED(inj=inj(3)), ADDED(node='d2')]
    for i in range(22):
        c = pick(('req', 'req', 'req', 'job', 'verb', 'verb', 'machine', 'machine', 'throttle', 'other'))
        steps.append({'req': requests, 'job': job, 'verb': verb, 'machine': machine_, 'throttle': throttled, 'other': other}[c]()); steps.append('look')
    return scenario('drift-%05d' % seed, 'a guest\'s disk under what chance put together, of the seed %d' % seed, argv, go(kind, *steps, QB, STATS, 'query-jobs'))
for s in range(FROM, TO): drift(s)
bad = [r for r in qtlib.results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(qtlib.results), len(bad), bad))
