#!/usr/bin/env python3
"""Sessions put together by chance, from a seed: nodes with errors, jobs of each kind, their verbs, requests, bitmaps, snapshots, reopens; no guest (see storms.py).  usage: lots.py OUTDIR [substring] [FROM TO]"""
import sys, os, random
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
LOTS_, FROM, TO = (sys.argv[2] if len(sys.argv) > 2 else ''), int(sys.argv[3]) if len(sys.argv) > 3 else 0, int(sys.argv[4]) if len(sys.argv) > 4 else 40
sys.argv[2:] = ['none of its own']      # storms.py records what it is asked for when it is imported
import jobs
from storms import *
jobs.SEL = LOTS_; jobs.results.clear()
def chance(seed):
    def fn(q):
        r = random.Random(seed); pick = r.choice; some = lambda p: r.random() < p
        def inj(n=3):
            out = []
            for _ in range(r.randrange(n + 1)):
                t = pick(('read', 'read', 'write', 'write', 'write', 'flush', 'write-zeroes', 'discard'))
                out.append({'event': 'none', 'iotype': t, 'errno': pick((5, 28)), 'once': some(.9), **({} if t == 'flush' else {'sector': 128 * r.randrange(32)})})
            return out
        un = lambda: {'discard': 'unmap'} if some(.3) else {}
        every(q, B(dict(raw_dbg('src', 'src.raw', inj()), **un())), B(dict(raw_dbg('dst', 'dst.raw', inj()), **un())))
        base(q, inj(2)); image(q, 'mid', 'mid.qcow2', 'base'); image(q, 'top', 'top.qcow2', 'mid')
        every(q, ('blockdev-add', NULL('d2', 2 << 20)), B(D(driver='qcow2', node_name='img', file=f('ovl.qcow2'), backing=None, **un())))
        heads = ['src', 'top', 'src', 'mid', 'base']; targets = ['dst', 'd2', 'img', 'dst']; ids = []; n = [0]
        POL_ = lambda *more: pick(('report', 'ignore', 'stop', 'enospc', 'stop') + more)
        ends = lambda: dict(**({'auto_finalize': False} if some(.2) else {}), **({'auto_dismiss': False} if some(.3) else {}), **({'speed': 1} if some(.3) else {}))
        def job():
            n[0] += 1; id = 'j%d' % n[0]; ids.append(id); k = pick('BBMMMSSCC')
            fl = {'filter_node_name': 'f%d' % n[0]} if some(.4) else {}
            if fl: heads.append('f%d' % n[0])
            if k == 'B': return BK(job_id=id, device=pick(heads), target=pick(targets), sync=pick(('full', 'full', 'top', 'none')), on_source_error=POL_(), on_target_error=POL_(), x_perf={'max-workers': pick((1, 1, 2))}, **ends(), **fl)
            if k == 'M': return MI(job_id=id, device=pick(heads), target=pick(targets), sync=pick(('full', 'full', 'top', 'none')), on_source_error=POL_(), on_target_error=POL_(), **ends(), **fl, **({'granularity': 65536, 'buf_size': 65536} if some(.7) else {}), **({'copy_mode': 'write-blocking'} if some(.3) else {}), **({'unmap': False} if some(.2) else {}))
            if k == 'S': return SM(job_id=id, device=pick(('top', 'mid', 'top')), on_error=POL_(), **({'base_node': pick(('base', 'mid'))} if some(.4) else {}), **ends(), **fl)
            return CO(job_id=id, on_error=POL_(), **({'top_node': pick(('mid', 'top'))} if some(.5) else {}), **({'base_node': 'base'} if some(.3) else {}), **ends(), **fl)
        def verb():
            v = pick(('job-pause', 'job-resume', 'job-resume', 'job-complete', 'job-complete', 'job-cancel', 'job-finalize', 'job-dismiss', 'block-job-cancel', 'block-job-resume', 'speed'))
            if not ids: return ('query-jobs',)
            id = pick(ids[-3:])
            if v == 'speed': return SPEED(pick((0, 0, 1)), id)
            return (v, {'device' if v.startswith('block-job') else 'id': id})
        def hand():
            node = pick(heads + targets); off = 65536 * r.randrange(31); ln = pick((4096, 65536, 131072))
            op = pick(('write -q -P %d' % r.randrange(1, 200), 'write -q -P %d' % r.randrange(1, 200), 'read -q', 'write -q -z', 'write -q -z -u', 'discard -q'))
            return ('human-monitor-command', {'command-line': 'qemu-io %s "%s"' % (node, 'flush' if some(.15) else '%s %d %d' % (op, off, min(ln, (2 << 20) - off)))})
        def other():
            k = r.randrange(9); node = pick(heads)
            if k < 3: return bm(pick(('add', 'add', 'clear', 'disable', 'enable', 'remove')), pick(('b0', 'b1')), node)
            if k == 3: n[0] += 1; heads.append('s%d' % n[0]); return SNAP(node, 's%d.qcow2' % n[0], 's%d' % n[0])
            if k == 4: return TX(bm('add', pick(('b0', 'b2')), node), bm('clear', pick(('b0', 'b1')), node))
            if k == 5: return RE({'driver': 'raw', 'node-name': 'src', 'file': 'src-dbg', **({'detect-zeroes': 'on'} if some(.5) else {}), **({'read-only': True} if some(.2) else {})})
            if k == 6: return DEL(pick(heads + targets))
            if k == 7: return BK(job_id='jb%d' % n[0], device=node, target=pick(targets), sync='incremental', bitmap='b0', on_target_error=POL_())
            return ('block_resize', D(node_name=pick(heads + targets), size=pick((1, 2, 3)) << 20))
        for i in range(26):
            c = pick((job, verb, verb, verb, hand, hand, other))()
            if i < 2: c = job()
            q.cmd(*c); q.settle(.06)
            if i % 4 == 3: ask(q)
        look(q); nodes(q); q.cmd(*ST_)
    return fn
for s in range(FROM, TO): sc('lot-%03d' % s, 'a session put together by chance, of the seed %d' % s, chance(s))
bad = [r for r in jobs.results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(jobs.results), len(bad), bad))
