#!/usr/bin/env python3
"""Jobs over chains of images, several at once, with blkdebug's states; no guest (see jobs.py).  usage: chains.py OUTDIR [substring]"""
import sys, os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
WANTED = sys.argv[2] if len(sys.argv) > 2 else ''
sys.argv[2:] = ['none of its own']      # jobs.py records what it is asked for when it is imported
import jobs
from jobs import *
jobs.SEL = WANTED
QSD = ['qemu-storage-daemon']
def f(name): return {'driver': 'file', 'filename': W + '/' + name}
def base(q, inj=None, **kw): q.cmd('blockdev-add', raw_dbg('base', 'base.raw', inj or [], **kw))
def image(q, node, name, backing, inj=None, **kw):
    file = f(name)
    if inj: file = {'driver': 'blkdebug', 'image': file, 'inject-error': inj}
    q.cmd('blockdev-add', dict({'driver': 'qcow2', 'node-name': node, 'file': file, 'backing': backing}, **kw))
def chain(q, top=True):
    base(q); image(q, 'mid', 'mid.qcow2', 'base')
    if top: image(q, 'top', 'top.qcow2', 'mid')
def look(q): q.settle(0.1); q.cmd('query-block-jobs'); q.cmd('query-jobs')
def nodes(q): q.cmd('query-named-block-nodes', flat=True)
def job(q, cmd, **a): q.cmd(cmd, {k.replace('_', '-'): v for k, v in dict({'job_id': 'job0'}, **a).items()}); look(q)
def verbs(q, *names, id='job0'):
    for n in names: q.cmd(n, {('device' if n.startswith('block-job') and not n.endswith(('finalize', 'dismiss')) else 'id'): id}); q.settle(0.08)
    q.cmd('query-jobs')
def sc(name, notes, fn, **kw): scenario(name, notes, fn, **kw)
SLOW = {'speed': 65536}
# ---- chains ---------------------------------------------------------------------------------------------------------
sc('chain-stream-all', 'stream of the whole chain into its top', lambda q: (chain(q), job(q, 'block-stream', device='top'), nodes(q)))
sc('chain-stream-base', 'stream with a base: what is above it moves up', lambda q: (chain(q), job(q, 'block-stream', device='top', base_node='base'), nodes(q)))
sc('chain-stream-bottom', 'stream with a bottom', lambda q: (chain(q), job(q, 'block-stream', device='top', bottom='mid'), nodes(q)))
sc('chain-stream-backing-file', 'stream with a backing-file text', lambda q: (chain(q), job(q, 'block-stream', device='top', base_node='base', backing_file='elsewhere.raw'), nodes(q)))
sc('chain-stream-slow-pause-quit', 'a slow stream is paused, resumed, and there at quit', lambda q: (chain(q), job(q, 'block-stream', device='top', **SLOW), verbs(q, 'job-pause'), look(q), verbs(q, 'job-resume'), look(q), q.cmd('quit'), q.settle(0.1)))
sc('chain-stream-slow-faster', 'a slow stream gets no limit', lambda q: (chain(q), job(q, 'block-stream', device='top', **SLOW), q.cmd('block-job-set-speed', device='job0', speed=0), look(q)))
sc('chain-stream-cancel', 'a slow stream is cancelled', lambda q: (chain(q), job(q, 'block-stream', device='top', **SLOW), verbs(q, 'block-job-cancel'), look(q), nodes(q)))
sc('chain-stream-manual', 'a stream that waits for finalize and dismiss', lambda q: (chain(q), job(q, 'block-stream', device='top', auto_finalize=False, auto_dismiss=False), verbs(q, 'job-dismiss', 'job-finalize'), look(q), verbs(q, 'job-dismiss'), look(q)))
sc('chain-stream-middle-error', 'an error of the base stops a stream that takes data from the middle, too', lambda q: (base(q, rules('read', 5, 3500)), image(q, 'mid', 'mid.qcow2', 'base'), image(q, 'top', 'top.qcow2', 'mid'), job(q, 'block-stream', device='top', on_error='stop'), verbs(q, 'block-job-resume'), look(q), nodes(q)))
sc('chain-commit-all', 'commit of the middle into the base', lambda q: (chain(q), job(q, 'block-commit', device='top', top_node='mid', base_node='base'), nodes(q)))
sc('chain-commit-active', 'active commit of the top, completed', lambda q: (chain(q), job(q, 'block-commit', device='top', base_node='base'), verbs(q, 'block-job-complete'), look(q), nodes(q)))
sc('chain-commit-active-to-middle', 'active commit of the top into the middle, cancelled when ready', lambda q: (chain(q), job(q, 'block-commit', device='top', base_node='mid'), verbs(q, 'block-job-cancel'), look(q), nodes(q)))
sc('chain-commit-slow-pause-quit', 'a slow commit is paused, and there at quit', lambda q: (chain(q), job(q, 'block-commit', device='top', top_node='mid', base_node='base', **SLOW), verbs(q, 'block-job-pause', 'block-job-pause', 'block-job-resume', 'block-job-resume'), look(q), q.cmd('quit'), q.settle(0.1)))
sc('chain-commit-cancel-error', 'a commit that an error has paused is cancelled', lambda q: (base(q, rules('write', 28, 512)), image(q, 'mid', 'mid.qcow2', 'base'), image(q, 'top', 'top.qcow2', 'mid'), job(q, 'block-commit', device='top', top_node='mid', base_node='base', on_error='enospc'), verbs(q, 'job-cancel'), look(q), nodes(q)))
REFUSED = [('block-stream', {'device': 'top', 'base-node': 'nosuch'}), ('block-stream', {'device': 'top', 'base': 'nosuch'}), ('block-stream', {'device': 'top', 'base-node': 'top'}), ('block-stream', {'device': 'mid', 'base-node': 'top'}), ('block-stream', {'device': 'top', 'bottom': 'base', 'base-node': 'base'}), ('block-stream', {'device': 'top', 'bottom': 'nosuch'}), ('block-stream', {'device': 'top', 'speed': -1}), ('block-stream', {'device': 'top', 'backing-file': 'x'}), ('block-stream', {'device': 'base'}),
           ('block-commit', {'device': 'top', 'top-node': 'base', 'base-node': 'mid'}), ('block-commit', {'device': 'top', 'top-node': 'nosuch'}), ('block-commit', {'device': 'top', 'base-node': 'nosuch'}), ('block-commit', {'device': 'top', 'base-node': 'top'}), ('block-commit', {'device': 'base'}), ('block-commit', {'device': 'top', 'top-node': 'mid', 'base-node': 'mid'}), ('block-commit', {'device': 'top', 'backing-file': 'x'}), ('block-commit', {'device': 'top', 'speed': -1}), ('block-commit', {'device': 'top', 'top': 'a', 'top-node': 'mid'}),
           ('blockdev-mirror', {'device': 'top', 'target': 'mid', 'sync': 'full'}), ('blockdev-mirror', {'device': 'top', 'target': 'base', 'sync': 'top'}), ('blockdev-backup', {'device': 'top', 'target': 'base', 'sync': 'full'}), ('blockdev-mirror', {'device': 'mid', 'target': 'nosuch', 'sync': 'full'}), ('blockdev-mirror', {'device': 'top', 'target': 'base', 'sync': 'full', 'buf-size': -1}), ('blockdev-mirror', {'device': 'top', 'target': 'base', 'sync': 'incremental'}), ('blockdev-mirror', {'device': 'top', 'target': 'base', 'sync': 'full', 'granularity': 128 << 20})]
sc('chain-refused', 'jobs over a chain that are refused', lambda q: (chain(q), [q.cmd(c, dict({'job-id': 'job0'}, **a)) for c, a in REFUSED], q.cmd('blockdev-del', {'node-name': 'mid'}), q.cmd('blockdev-del', {'node-name': 'top'}), q.cmd('blockdev-del', {'node-name': 'mid'}), nodes(q)))
# ---- mirror and backup over images -----------------------------------------------------------------------------------
def dst(q, inj=None): q.cmd('blockdev-add', raw_dbg('dst', 'dst.raw', inj or []))
sc('chain-mirror-top', 'mirror of the top alone', lambda q: (chain(q), dst(q), job(q, 'blockdev-mirror', device='top', target='dst', sync='top'), verbs(q, 'job-complete'), look(q), nodes(q)))
sc('chain-mirror-full', 'mirror of a whole chain to a raw file', lambda q: (chain(q), dst(q), job(q, 'blockdev-mirror', device='top', target='dst', sync='full'), verbs(q, 'job-complete'), look(q), nodes(q)))
sc('chain-mirror-of-the-middle', 'mirror of the middle, which then takes its place below the top', lambda q: (chain(q), dst(q), job(q, 'blockdev-mirror', device='mid', target='dst', sync='full', replaces='mid'), verbs(q, 'job-complete'), look(q), nodes(q)))
sc('chain-backup-top', 'backup of the top alone', lambda q: (chain(q), dst(q), job(q, 'blockdev-backup', device='top', target='dst', sync='top'), nodes(q)))
sc('chain-backup-full', 'backup of a whole chain', lambda q: (chain(q), dst(q), job(q, 'blockdev-backup', device='top', target='dst', sync='full', auto_dismiss=False), verbs(q, 'job-dismiss'), nodes(q)))
sc('chain-mirror-middle-error', 'the base fails under a mirror of the top', lambda q: (base(q, rules('read', 5, 3500, 2)), image(q, 'mid', 'mid.qcow2', 'base'), dst(q), job(q, 'blockdev-mirror', device='mid', target='dst', sync='full', on_source_error='stop', granularity=65536, buf_size=65536), verbs(q, 'block-job-resume'), look(q), verbs(q, 'block-job-resume'), look(q), verbs(q, 'block-job-complete'), look(q)))
# ---- several jobs; verbs out of place ---------------------------------------------------------------------------------
def src(q, inj=None): q.cmd('blockdev-add', raw_dbg('src', 'src.raw', inj or []))
sc('jobs-two-at-once', 'a slow mirror and a slow stream of other nodes at once; one is cancelled', lambda q: (src(q), dst(q), chain(q), job(q, 'blockdev-mirror', device='src', target='dst', sync='full', **SLOW), job(q, 'block-stream', job_id='job1', device='top', **SLOW), q.cmd('job-cancel', id='job1'), look(q), q.cmd('block-job-set-speed', device='job0', speed=0), look(q), verbs(q, 'job-complete'), look(q)))
sc('jobs-same-id', 'a second job with the name of the first, and with the name of a node', lambda q: (src(q), dst(q), chain(q), job(q, 'blockdev-mirror', device='src', target='dst', sync='full', **SLOW), job(q, 'block-stream', device='top'), job(q, 'block-stream', job_id='top', device='top'), q.cmd('block-job-cancel', device='job0', force=True), look(q)))
ALL_VERBS = ['job-pause', 'job-resume', 'job-complete', 'job-finalize', 'job-dismiss', 'block-job-pause', 'block-job-resume', 'block-job-complete', 'block-job-finalize', 'block-job-dismiss']
for state, kw, first in (('running', SLOW, []), ('paused', SLOW, ['job-pause']), ('ready', {}, []), ('standby', {}, ['job-pause'])):
    sc('verbs-of-mirror-%s' % state, 'each verb, of a mirror that is %s' % state, lambda q: (src(q), dst(q), job(q, 'blockdev-mirror', device='src', target='dst', sync='full', **kw), [verbs(q, v) for v in first], [(verbs(q, 'job-pause'), verbs(q, v)) if state in ('paused', 'standby') and v.endswith('resume') else verbs(q, v) for v in ALL_VERBS if not (v.endswith('complete') and state in ('ready', 'standby'))], q.cmd('job-cancel', id='job0'), look(q)))
sc('verbs-of-backup-pending', 'each verb, of a backup that waits for job-finalize', lambda q: (src(q), dst(q), job(q, 'blockdev-backup', device='src', target='dst', sync='full', auto_finalize=False, auto_dismiss=False), [verbs(q, v) for v in ALL_VERBS if not v.endswith('finalize')], verbs(q, 'job-finalize'), look(q), [verbs(q, v) for v in ALL_VERBS if not v.endswith('dismiss')], verbs(q, 'job-cancel'), verbs(q, 'job-dismiss'), look(q)))
sc('mirror-paused-by-error-and-user', 'a mirror that an error has paused is paused by the user, too', lambda q: (src(q), dst(q, rules('write', 28, 2048, 2)), job(q, 'blockdev-mirror', device='src', target='dst', sync='full', on_target_error='enospc', granularity=65536, buf_size=65536), verbs(q, 'job-pause', 'block-job-pause', 'job-resume', 'job-resume'), look(q), verbs(q, 'block-job-resume'), look(q), q.cmd('block-job-cancel', device='job0', force=True), look(q)))
sc('backup-both-sides-fail', 'the source fails, then the target', lambda q: (src(q, rules('read', 5, 1024)), dst(q, rules('write', 28, 2048)), job(q, 'blockdev-backup', device='src', target='dst', sync='full', on_source_error='stop', on_target_error='stop'), verbs(q, 'block-job-resume'), look(q), verbs(q, 'block-job-resume'), look(q)))
sc('mirror-of-a-throttled-node', 'a mirror of a node below a throttle filter', lambda q: (q.cmd('blockdev-add', {'driver': 'throttle', 'node-name': 'thr', 'throttle-group': 'tg0', 'file': raw_dbg('src', 'src.raw', [])}), dst(q), job(q, 'blockdev-mirror', device='src', target='dst', sync='full'), nodes(q), verbs(q, 'job-complete'), look(q), nodes(q)), argv=QEMU + ['-object', 'throttle-group,id=tg0,x-iops-total=100'])
# ---- blkdebug ---------------------------------------------------------------------------------------------------------
def states(q, set_state, inject, **kw): q.cmd('blockdev-add', {'driver': 'raw', 'node-name': 'src', 'file': {'driver': 'blkdebug', 'image': f('src.raw'), 'set-state': set_state, 'inject-error': inject}}); dst(q)
sc('blkdebug-states', 'the third read fails: states count the first two', lambda q: (states(q, [{'event': 'read_aio', 'state': 1, 'new_state': 2}, {'event': 'read_aio', 'state': 2, 'new_state': 3}], [{'event': 'read_aio', 'state': 3, 'errno': 5, 'once': True}]), job(q, 'blockdev-mirror', device='src', target='dst', sync='full', on_source_error='stop', granularity=65536, buf_size=65536), verbs(q, 'block-job-resume'), look(q)))
sc('blkdebug-immediately', 'an error that comes at once', lambda q: (states(q, [], [{'event': 'none', 'iotype': 'read', 'errno': 28, 'once': True, 'immediately': True}]) if 0 else q.cmd('blockdev-add', {'driver': 'raw', 'node-name': 'src', 'file': {'driver': 'blkdebug', 'image': f('src.raw'), 'inject-error': [{'event': 'none', 'iotype': 'read', 'errno': 28, 'once': True, 'immediately': True}]}}), dst(q), job(q, 'blockdev-backup', device='src', target='dst', sync='full', on_source_error='enospc'), verbs(q, 'block-job-resume'), look(q)))
sc('blkdebug-refused', 'rules of blkdebug that are refused', lambda q: [q.cmd('blockdev-add', {'driver': 'blkdebug', 'node-name': 'n', 'image': f('src.raw'), 'inject-error': [r]}) for r in ({'event': 'none', 'iotype': 'bogus'}, {'event': 'none', 'errno': -1}, {'event': 'none', 'sector': -2}, {'event': 'none', 'once': 1}, {'event': 'none', 'state': 'x'}, {}, {'event': 'none', 'bogus': 1}, {'event': 'flush_to_os', 'errno': 99, 'iotype': 'write-zeroes'})])
# ---- qemu-storage-daemon ------------------------------------------------------------------------------------------------
sc('qsd-chain-stream-commit', 'the daemon: stream, then what it lacks', lambda q: (chain(q), job(q, 'block-stream', device='top', base_node='base'), nodes(q), [q.cmd(c) for c in ('query-status', 'query-name', 'stop', 'query-block', 'query-blockstats', 'query-version', 'query-jobs', 'nosuch')], q.cmd('device_add', {'driver': 'scsi-hd'}), q.cmd('human-monitor-command', {'command-line': 'info block'})), argv=QSD)
sc('qsd-backup-quit', 'the daemon: quit while a slow backup runs', lambda q: (src(q), dst(q), job(q, 'blockdev-backup', device='src', target='dst', sync='full', **SLOW), q.cmd('quit'), q.settle(0.1)), argv=QSD)
sc('qsd-mirror-target-stop', 'the daemon: the target of a mirror fails twice, the second time for good', lambda q: (src(q), dst(q, rules('write', 5, 1024, 2)), job(q, 'blockdev-mirror', device='src', target='dst', sync='full', on_target_error='stop', granularity=65536, buf_size=65536), verbs(q, 'job-resume'), verbs(q, 'block-job-resume'), look(q), q.cmd('block-job-cancel', device='job0'), q.cmd('block-job-cancel', device='job0', force=True), look(q)), argv=QSD)
bad = [r for r in jobs.results if r[1] != 'ok']
print('%d scenarios, %d failed: %s' % (len(jobs.results), len(bad), bad))
