#!/usr/bin/env python3
"""What images discard in their files, and what may become an overlay; no guest (see storms.py).  usage: rooms.py OUTDIR [substring]"""
import sys, os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
ROOMS_ = sys.argv[2] if len(sys.argv) > 2 else ''
sys.argv[2:] = ['none of its own']      # storms.py records what it is asked for when it is imported
import jobs
from storms import *
jobs.SEL = ROOMS_; jobs.results.clear()
IMG = lambda **kw: B(D(driver='qcow2', node_name='img', file=f('ovl.qcow2'), backing=None, **kw))
STATS_ = lambda q: every(q, ('query-blockstats', {'query-nodes': True}))
IS = lambda n: ('blockdev-snapshot-internal-sync', D(device='img', name=n)); ISD = lambda n: ('blockdev-snapshot-delete-internal-sync', D(device='img', name=n))
SIZE = lambda n: ('block_resize', D(node_name='img', size=n))
OVER = lambda n, o: ('blockdev-snapshot', D(node=n, overlay=o))
def asked(q, *cmds): [(every(q, c), STATS_(q)) for c in cmds]
def does(q, *lines): [(io(q, 'img', l), STATS_(q)) for l in lines]
sc('snapshots-within-that-go', 'snapshots within an image are taken and deleted, the image is made smaller: what the file is told to discard', lambda q: (every(q, IMG()), io(q, 'img', 'write -q -P 1 0 256k', 'write -q -P 2 1M 128k', 'write -q -P 3 1536k 64k', 'write -q -P 4 1472k 64k'), asked(q, IS('i0')), does(q, 'write -q -P 5 0 64k', 'write -q -P 6 1M 64k'), asked(q, IS('i1'), ISD('i0'), ISD('i1'), SIZE(1 << 20), SIZE(100 << 10), SIZE(1 << 20), IS('i1'), SIZE(64 << 10))))
sc('zeroes-that-unmap', 'zeroes and discards of an image with discard=unmap, then reopened without', lambda q: (every(q, IMG(discard='unmap')), does(q, 'write -q -P 1 0 256k', 'write -q -P 2 1M 256k', 'write -q -z -u 0 128k', 'write -q -z 128k 64k', 'discard -q 1M 128k', 'write -q -z -u 128k 128k'), every(q, RE({'driver': 'qcow2', 'node-name': 'img', 'file': {'driver': 'file', 'filename': W + '/ovl.qcow2'}, 'backing': None})), does(q, 'write -q -P 1 0 256k', 'write -q -z -u 0 128k'), every(q, ('blockdev-add', NULL('z', 2 << 20)), MI(job_id='m', device='z', target='img', sync='full')), look(q), vs(q, 'job-cancel', id='m'), look(q), STATS_(q)))
for o in ('pass-discard-request', 'pass-discard-snapshot'):
    for v in (True, False): sc('%s-%s' % (o, 'on' if v else 'off'), 'discards, zeroes and snapshots with that option', lambda q, o=o, v=v: (every(q, IMG(**{o.replace('-', '_'): v})), does(q, 'write -q -P 1 0 256k'), asked(q, IS('i0')), does(q, 'write -q -P 2 0 256k', 'write -q -z -u 0 128k', 'discard -q 128k 64k'), asked(q, ISD('i0'), SIZE(64 << 10))))
sc('overlays', 'what blockdev-snapshot takes as an overlay', lambda q: (SRC(q), dst(q), chain(q), every(q, IMG(), ('blockdev-add', NULL('d2', 2 << 20)), OVER('src', 'src'), OVER('src', 'dst'), OVER('src', 'top'), OVER('src', 'base'), OVER('src', 'dst-dbg'), OVER('src', 'd2'), OVER('src', 'nosuch'), ('object-add', {'qom-type': 'throttle-group', 'id': 'g'}), THR('thr', 'g', 'd2'), OVER('src', 'thr'), COR('cor', 'd2'), OVER('src', 'cor'), OVER('src', 'dst-file'), OVER('nosuch', 'nosuch2'), SRV, EX('e', 'img'), OVER('src', 'img'), ('block-export-del', {'id': 'e'}), EX('e', 'src', writable=True), OVER('src', 'src'), MI(job_id='m', device='src', target='img', sync='top', speed=1), OVER('dst', 'img')), nodes(q), vs(q, 'job-cancel', id='m'), look(q), nodes(q)))
sc('tables-whose-flush-fails', 'writes that need a new table while the flush of the file fails once, then for good', lambda q: (base(q), [(image(q, 'top', 'top.qcow2', 'base', rules('flush', 5, None, once=once)), io(q, 'top', 'write -q -P 1 0 64k', 'write -q -P 1 0 64k', 'flush', 'write -q -P 1 1M 64k'), STATS_(q), every(q, DEL('top'))) for once in (True, False)]))
bad = [r for r in jobs.results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(jobs.results), len(bad), bad))
