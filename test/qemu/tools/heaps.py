#!/usr/bin/env python3
"""Sessions put together by chance, from a seed, of more words than lots.py has: states and events of blkdebug, filters, throttle groups, exports, transactions of jobs, reopens, images that jobs make, wrong arguments, the human monitor; no guest.  usage: heaps.py OUTDIR [substring] [FROM TO]"""
import sys, os, random
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
HEAPS_, FROM, TO = (sys.argv[2] if len(sys.argv) > 2 else ''), int(sys.argv[3]) if len(sys.argv) > 3 else 0, int(sys.argv[4]) if len(sys.argv) > 4 else 40
sys.argv[2:] = ['none of its own']      # storms.py records what it is asked for when it is imported
import jobs
from storms import *
jobs.SEL = HEAPS_; jobs.results.clear()
EVENTS = ('read_aio', 'write_aio', 'flush_to_disk', 'flush_to_os', 'pwritev', 'pwritev_zero', 'pwritev_done', 'cor_write', 'l2_load', 'l2_update', 'l2_alloc_write', 'refblock_load', 'refblock_alloc', 'cluster_alloc', 'cluster_free', 'cow_read', 'cow_write', 'empty_image_prepare')
ERRNOS = (5, 5, 5, 28, 28, 1, 2, 11, 12, 13, 16, 19, 22, 27, 30, 61, 95, 110, 122)
POLICIES = ('report', 'ignore', 'stop', 'enospc', 'stop')
def heap(seed):
    def fn(q):
        r = random.Random(seed); pick = r.choice; some = lambda p: r.random() < p
        def inj(n=3):
            out = []
            for _ in range(r.randrange(n + 1)):
                kind = r.randrange(4); e = {'errno': pick(ERRNOS), 'once': some(.85)}
                if kind < 3:
                    t = pick(('read', 'read', 'write', 'write', 'write', 'flush', 'write-zeroes', 'discard')); e.update({'event': 'none', 'iotype': t})
                    if t != 'flush' and some(.85): e['sector'] = 128 * r.randrange(32)
                else: e.update({'event': pick(EVENTS)}); e['once'] = True
                if some(.2): e['immediately'] = some(.5)
                if some(.15): e['state'] = pick((1, 2, 3))
                out.append(e)
            return out
        def states(): return [{'event': pick(EVENTS[:7]), 'state': pick((1, 1, 2, 3)), 'new_state': pick((1, 2, 3))} for _ in range(r.randrange(3))]
        def node(name, file, n=3):
            o = raw_dbg(name, file, inj(n))
            s = states() if some(.4) else []
            if s: o['file']['set-state'] = s
            if some(.3): o['discard'] = 'unmap'
            if some(.15): o['detect-zeroes'] = pick(('on', 'unmap' if 'discard' in o else 'on'))
            return B(o)
        every(q, node('src', 'src.raw'), node('dst', 'dst.raw')); base(q, inj(2)); image(q, 'mid', 'mid.qcow2', 'base'); image(q, 'top', 'top.qcow2', 'mid', inj(1) if some(.3) else None)
        every(q, ('blockdev-add', NULL('d2', 2 << 20)), B(D(driver='qcow2', node_name='img', file=f('ovl.qcow2'), backing=None)), SRV)
        heads = ['src', 'top', 'src', 'mid', 'base']; targets = ['dst', 'd2', 'img', 'dst']; ids = []; n = [0]; filters = []; groups = []; exports = []; marks = []
        POL_ = lambda: pick(POLICIES)
        new = lambda p: (n.__setitem__(0, n[0] + 1), '%s%d' % (p, n[0]))[1]
        any_ = lambda: pick(heads + targets + filters)
        ends = lambda: dict(**({'auto_finalize': False} if some(.2) else {}), **({'auto_dismiss': False} if some(.3) else {}), **({'speed': 1} if some(.3) else {}))
        def job_(kinds='BBMMMSSCC'):
            id = new('j'); ids.append(id); k = pick(kinds); fl = {}
            if some(.35): fl = {'filter_node_name': 'f' + id}; filters.append('f' + id)
            if k == 'B': return BK(job_id=id, device=pick(heads + filters), target=pick(targets), sync=pick(('full', 'full', 'top', 'none')), on_source_error=POL_(), on_target_error=POL_(), x_perf={'max-workers': pick((1, 1, 2)), **({'use-copy-range': True} if some(.2) else {}), **({'max-chunk': pick((0, 65536, 131072))} if some(.2) else {})}, **ends(), **fl)
            if k == 'M': return MI(job_id=id, device=pick(heads + filters), target=pick(targets), sync=pick(('full', 'full', 'top', 'none')), on_source_error=POL_(), on_target_error=POL_(), **ends(), **fl, **({'granularity': pick((65536, 65536, 4096, 1 << 20)), 'buf_size': pick((65536, 65536, 1 << 20))} if some(.7) else {}), **({'copy_mode': 'write-blocking'} if some(.3) else {}), **({'unmap': False} if some(.2) else {}), **({'replaces': any_()} if some(.1) else {}))
            if k == 'S': return SM(job_id=id, device=pick(('top', 'mid', 'top')), on_error=POL_(), **({'base_node': pick(('base', 'mid'))} if some(.3) else {'bottom': 'mid'} if some(.2) else {}), **({'backing_file': pick(('x.raw', W + '/base.raw'))} if some(.1) else {}), **ends(), **fl)
            return CO(job_id=id, on_error=POL_(), **({'top_node': pick(('mid', 'top', 'base'))} if some(.5) else {}), **({'base_node': pick(('base', 'base', 'mid'))} if some(.3) else {}), **ends(), **fl)
        def job(): return job_()
        def verb():
            v = pick(('job-pause', 'job-resume', 'job-resume', 'job-complete', 'job-complete', 'job-cancel', 'job-finalize', 'job-dismiss', 'block-job-cancel', 'block-job-resume', 'block-job-pause', 'block-job-complete', 'block-job-finalize', 'block-job-dismiss', 'speed'))
            id = pick((ids or ['none'])[-3:])
            if v == 'speed': return SPEED(pick((0, 0, 1, 1 << 20, -1 if some(.2) else 0)), id)
            return (v, {'id' if v.startswith('job') or v in ('block-job-finalize', 'block-job-dismiss') else 'device': id, **({'force': some(.5)} if v == 'block-job-cancel' and some(.5) else {})})
        def hand():
            off = pick((65536 * r.randrange(31), 65536 * r.randrange(31), 512 * r.randrange(4000))); ln = pick((4096, 65536, 131072, 512, 1024))
            op = pick(('write -q -P %d' % r.randrange(1, 200), 'write -q -P %d' % r.randrange(1, 200), 'read -q', 'read -q', 'write -q -z', 'write -q -z -u', 'discard -q', 'write -q -f -P 7', 'alloc', 'aio_write -q -P 9', 'aio_read -q', 'aio_write -q -z'))
            if op == 'alloc': line = 'alloc %d %d' % (off, ln)
            else: line = pick(('flush', 'aio_flush', 'map', 'length')) if some(.12) else '%s %d %d' % (op, off, min(ln, (2 << 20) - off))
            return ('human-monitor-command', {'command-line': 'qemu-io %s "%s"' % (any_(), line)})
        def bitmap():
            v = pick(('add', 'add', 'add', 'clear', 'disable', 'enable', 'remove', 'merge')); nd = any_(); nm = pick(('b0', 'b1', 'b2'))
            if v == 'merge': return ('block-dirty-bitmap-merge', D(node=nd, target=nm, bitmaps=[pick(('b0', 'b1', {'node': any_(), 'name': 'b0'})) for _ in range(r.randrange(3))]))
            return bm(v, nm, nd, **({'granularity': pick((512, 65536, 1 << 20, 1000))} if v == 'add' and some(.3) else {}), **({'disabled': True} if v == 'add' and some(.2) else {}), **({'persistent': True} if v == 'add' and some(.2) else {}))
        def snap():
            k = r.randrange(5); nd = pick(heads)
            if k < 2: s = new('s'); heads.append(s); return SNAP(nd, s + '.qcow2', s)
            if k == 2: return ('blockdev-snapshot', D(node=nd, overlay=pick(targets + heads)))
            if k == 3: return ('change-backing-file', D(device=pick(('top', 'mid')), image_node_name=pick(('top', 'mid', 'base')), backing_file=pick((W + '/base.raw', 'x'))))
            return pick((('blockdev-snapshot-internal-sync', D(device=pick(('top', 'img', 'src', 'mid')), name=pick(('i0', 'i1')))), ('blockdev-snapshot-delete-internal-sync', D(device=pick(('top', 'img')), name=pick(('i0', 'i1'))))))
        def reopen():
            k = r.randrange(9); ro = {'read-only': True} if some(.2) else {}
            if k < 2: return RE({'driver': 'raw', 'node-name': 'src', 'file': pick(('src-dbg', 'src-dbg', 'src-file', 'dst')), **({'detect-zeroes': 'on'} if some(.3) else {}), **ro})
            if k == 2: return RE({'driver': 'raw', 'node-name': 'dst', 'file': pick(('dst-dbg', 'dst-file', 'd2')), **({'offset': 65536} if some(.1) else {}), **ro})
            if k == 3: return RE(Q('img', pick(('nosuch', '#block')), pick((None, 'base', 'src'))))
            if k == 4: return RE({'driver': 'qcow2', 'node-name': pick(('top', 'mid')), 'file': 'top-file', 'backing': pick((None, 'mid', 'base', 'src'))})
            if k == 5: return RE({'driver': 'null-co', 'node-name': 'd2', 'size': pick((2 << 20, 3 << 20)), 'read-zeroes': True, **({'latency-ns': 1000} if some(.3) else {}), **ro})
            if k == 6: return RE({'driver': 'raw', 'node-name': 'src', 'file': 'src-dbg', **ro}, {'driver': 'raw', 'node-name': pick(('dst', 'nosuch', 'src')), 'file': 'dst-dbg'})
            if k == 7 and filters: return RE({'driver': 'throttle', 'node-name': pick(filters), 'throttle-group': pick(groups or ['g']), 'file': pick(heads)})
            return RE({'driver': 'blkdebug', 'node-name': pick(('src-dbg', 'dst-dbg')), 'image': 'src-file', 'inject-error': inj() or [{'event': 'read_aio'}]})
        def filt():
            k = r.randrange(8); nm = new('x')
            filters.append(nm)
            if k == 0: return CBW(node=nm, file=pick(heads), target=pick(targets), **({'on_cbw_error': pick(('break-guest-write', 'break-snapshot'))} if some(.5) else {}))
            if k == 1: return ACC(node=nm, file=pick(filters))
            if k == 2: return COR(nm, any_(), **({'bottom': pick(('base', 'mid'))} if some(.3) else {}))
            if k == 3: return B(R(nm, any_()))
            if k in (4, 5):
                if not groups or some(.4): groups.append(new('g')); filters.pop(); return ('object-add', {'qom-type': 'throttle-group', 'id': groups[-1], 'limits': pick(({'iops-total': 1000000}, {'bps-total': 1 << 40}, {}, {'iops-total': 10, 'bps-read': 5, 'bps-total': 3}))})
                return THR(nm, pick(groups), any_())
            if k == 6: return B(R(nm, any_(), **({'offset': 65536} if some(.4) else {}), **({'size': 1 << 20} if some(.4) else {}), **({'read-only': True} if some(.2) else {})))
            return B(D(driver='blkdebug', node_name=nm, image=any_(), **({'inject_error': inj(2) or [{'event': 'write_aio', 'once': True}]})))
        def export():
            k = r.randrange(5)
            if k < 2: e = new('e'); exports.append(e); return EX(e, any_(), **({'writable': True} if some(.5) else {}), **({'name': pick(('n', e))} if some(.3) else {}), **({'bitmaps': [pick(('b0', 'b1'))]} if some(.2) else {}))
            if k == 2: return ('block-export-del', {'id': pick(exports or ['e']), **({'mode': pick(('safe', 'hard'))} if some(.4) else {})})
            if k == 3: return ('query-block-exports',)
            return pick((('nbd-server-stop',), SRV, ('nbd-server-add', D(device=any_(), writable=some(.5))), ('nbd-server-remove', D(name=pick(('src', 'top', 'n'))))))
        def txn():
            acts = []
            for _ in range(r.choice((1, 2, 2, 3))):
                k = r.randrange(8)
                if k < 3: acts.append(job_('BB'))
                elif k < 6: b = bitmap(); acts.append(b)
                elif k == 6: acts.append(snap() if some(.7) else ('abort', {}))
                else: acts.append(('abort', {}))
            acts = [a for a in acts if a[0] in ('blockdev-backup', 'block-dirty-bitmap-add', 'block-dirty-bitmap-clear', 'block-dirty-bitmap-enable', 'block-dirty-bitmap-disable', 'block-dirty-bitmap-remove', 'block-dirty-bitmap-merge', 'blockdev-snapshot', 'blockdev-snapshot-sync', 'blockdev-snapshot-internal-sync', 'abort')]
            return BTX(*acts, **({'completion_mode': 'grouped'} if some(.6) else {}))
        def drive():
            nm = new('m'); k = r.randrange(4); nn = {'node_name': nm} if some(.6) else {}; sync = pick(('full', 'top', 'none')); mode = {'mode': pick(('existing', 'absolute-paths'))} if some(.5) else {}
            if nn: heads.append(nm)
            ids.append('j' + nm); common = dict(job_id='j' + nm, device=pick(heads), sync=sync, format=pick(('qcow2', 'raw')), target=W + '/%s.qcow2' % nm, **mode)
            if k < 2: return DM(**common, **nn, **ends(), on_target_error=POL_(), **({'replaces': any_()} if some(.1) else {}))
            if nn: heads.pop()
            if k == 2: return DB(**common, **ends(), on_target_error=POL_())
            ids[-1] = 'c' + nm; return C('c' + nm, **pick((dict(driver='qcow2', file='dst', size=1 << 20), dict(driver='qcow2', file=pick(targets), size=pick((1 << 20, 1000, 65537)), cluster_size=pick((65536, 512, 100))), dict(driver='file', filename=W + '/n.raw', size=pick((4096, 1000, 1 << 20))), dict(driver='raw'), dict(driver='qcow2', file='nosuch', size=1 << 20))))
        def human():
            return ('human-monitor-command', {'command-line': pick(('info block-jobs', 'info block', 'info block %s' % any_(), 'info block -n', 'info blockstats', 'info snapshots', 'block_job_cancel %s' % pick(ids or ['x']), 'block_job_pause %s' % pick(ids or ['x']), 'block_job_resume %s' % pick(ids or ['x']), 'block_job_complete %s' % pick(ids or ['x']), 'block_job_set_speed %s %d' % (pick(ids or ['x']), pick((0, 65536))), 'commit %s' % pick(heads), 'commit all', 'block_resize %s %dM' % (any_(), pick((1, 2, 3))), 'qemu-io %s "%s"' % (pick(('src-dbg', 'src', 'dst-dbg', 'dst')), pick(('break read_aio A', 'break write_aio A', 'resume A', 'remove_break A', 'break flush_to_disk B', 'resume B', 'wait_break A' if False else 'info', 'sigraise' if False else 'help resume', 'reopen', 'reopen -r', 'truncate 1M', 'truncate 2M', 'writev -q -P 3 0 512 512', 'readv -q 0 4k 512', 'read -q 100 512', 'read -q 0 100', 'write -q -P 300 0 512', 'bogus', 'write', 'read -c -q 0 512', 'write -c -q 0 64k', 'write -z -P 3 0 4k', 'read -P 255 0 4k', 'discard 3M 64k', 'aio_write -z -u -q 0 64k'))), 'nbd_server_add %s' % any_(), 'drive_backup src %s/h.raw raw' % W, 'snapshot_blkdev src %s/h.qcow2 qcow2' % W, 'delvm x', 'savevm x', 'block_stream top', 'drive_mirror src %s/h2.raw raw' % W))})
        def wrong():
            return pick((('blockdev-backup', D(job_id='w', device='src', target='dst')), ('blockdev-backup', D(job_id='w', device='src', target='dst', sync='bogus')), ('blockdev-backup', D(job_id='w', device='src', target='dst', sync='full', on_source_error='auto')), ('blockdev-mirror', D(job_id='w', device='src', target='dst', sync='incremental')), MI(job_id='w', granularity=1000), MI(job_id='w', granularity=256), MI(job_id='w', buf_size=-1), MI(job_id='w', device='src', target='src'), MI(job_id='1w'), MI(job_id=''), BK(job_id='w', sync='bitmap', bitmap='b0'), BK(job_id='w', sync='incremental'), BK(job_id='w', sync='full', bitmap='b0', bitmap_mode='never'), BK(job_id='w', sync='full', bitmap='b0'), BK(job_id='w', sync='none', bitmap='b0', bitmap_mode='always'), BK(job_id='w', bitmap_mode='always'), BK(job_id='w', x_perf={'max-workers': 0}), BK(job_id='w', x_perf={'max-chunk': -1}), BK(job_id='w', x_perf={'max-chunk': 4096}), BK(job_id='w', speed=-1), SM(job_id='w', speed='x'), SM(job_id='w', on_error='x'), SM(job_id='w', base='nosuch.raw'), SM(job_id='w', device='src', base_node='src'), SM(job_id='w', base_node='base', bottom='mid'), CO(job_id='w', base='nosuch'), CO(job_id='w', top=W + '/mid.qcow2', base=W + '/base.raw', backing_file='x'), CO(job_id='w', device='base'), CO(job_id='w', backing_file='x'), ('block-job-set-speed', D(device='nosuch', speed=1)), ('block-job-cancel', D(device='nosuch')), ('job-cancel', {}), ('job-cancel', {'id': 1}), ('job-pause', {'id': 'x', 'y': 1}), ('query-block', {'x': 1}), ('block_resize', D(size=1)), ('block_resize', D(node_name='src', size=-1)), ('block_resize', D(node_name='src', device='src', size=1 << 20)), ('block_resize', D(node_name='nosuch', size=1)), ('block-set-write-threshold', D(node_name=any_(), write_threshold=pick((0, 4096, 1 << 20)))), ('blockdev-del', {}), ('x-blockdev-set-iothread', D(node_name='src', iothread='nosuch')), ('x-blockdev-set-iothread', D(node_name='src', iothread=None)), ('x-blockdev-change', D(parent='src', child='file')), ('x-blockdev-change', D(parent=any_(), node=any_())), ('x-debug-query-block-graph',) if False else ('query-block-jobs', {'a': None}), ('block-latency-histogram-set', D(id='src')), ('block_set_io_throttle', D(id='src', bps=0, bps_rd=0, bps_wr=0, iops=0, iops_rd=0, iops_wr=0)), ('qom-list', {'path': '/objects'}), ('qom-get', {'path': '/objects/%s' % pick(groups or ['g']), 'property': 'limits'}), ('qom-set', {'path': '/objects/%s' % pick(groups or ['g']), 'property': 'limits', 'value': pick(({'iops-total': 100}, {'bps-total': -1}, {'bogus': 1}, {'iops-total-max': 5}))}), ('object-del', {'id': pick(groups or ['g'])}), ('query-blockstats', {'query-nodes': True}), ('query-blockstats',), ('query-named-block-nodes',), ('block_set_io_throttle', {})))
        def other():
            k = r.randrange(12)
            if k == 0: return DEL(any_())
            if k == 1: return ('block_resize', D(node_name=any_(), size=pick((1, 2, 3)) << 20))
            if k == 2: return BK(job_id=new('j'), device=pick(heads), target=pick(targets), sync=pick(('incremental', 'bitmap')), bitmap=pick(('b0', 'b1')), on_target_error=POL_(), **({'bitmap_mode': pick(('on-success', 'never', 'always'))} if some(.6) else {}))
            if k == 3: return MI(job_id=new('j'), device=pick(heads), target=pick(targets), sync='none', copy_mode=pick(('background', 'write-blocking')))
            return pick((snap, bitmap, reopen, filt, export, txn, drive, human, wrong))()
        for i in range(30):
            c = pick((job, verb, verb, verb, hand, hand, other, other, other))()
            if i < 2: c = job()
            q.cmd(*c); q.settle(.06)
            if i % 5 == 4: ask(q)
        [vs(q, 'job-dismiss', id=i) for i in ids if some(.8)]; look(q); q.cmd(*ST_); q.cmd('query-block-exports'); nodes(q)
    return fn
for s in range(FROM, TO): sc('heap-%05d' % s, 'a session put together by chance, of the seed %d' % s, heap(s))
bad = [r for r in jobs.results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(jobs.results), len(bad), bad))
