#!/usr/bin/env python3
"""What QEMU says of commands' arguments and of events, a line each, types written out three levels deep.  usage: schema.py OUTFILE"""
import json, os, sys, tempfile
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from qmprec import *
class Nothing:
    def put(self, o): pass
q = Qemu(['qemu-system-x86_64', '-machine', 'none', '-nodefaults', '-display', 'none'], Nothing(), tempfile.mkdtemp())
S = {e['name']: e for e in q.cmd('query-qmp-schema')['return']}; q.quit()
def ty(n, d):
    e = S[n]; m = e['meta-type']
    if m == 'builtin': return n
    if m == 'enum': return e['values']
    if d == 0: return m
    if m == 'array': return {'array': ty(e['element-type'], d - 1)}
    if m == 'alternate': return m
    return members(e, d - 1)
def members(e, d): return {x['name'] + ('?' if 'default' in x else ''): ty(x['type'], d) for x in e['members']}
with open(sys.argv[1], 'w') as f:
    for e in sorted(S.values(), key=lambda e: e['name']):
        if e['meta-type'] in ('command', 'event') and e.get('arg-type'): f.write(json.dumps({e['meta-type']: e['name'], 'args': members(S[e['arg-type']], 3)}) + '\n')
