#!/usr/bin/env python3
"""Lists every recording with its note and its events (repeats folded, SHUTDOWN left out).  usage: index.py > INDEX.jsonl (in test/qemu)"""
import json, os
def name(m): d = m.get('data', {}); x = d.get('status') or d.get('action') or {True: 'true', False: 'false'}.get(d.get('set')); return m['event'] + (':' + x if x else '')
for folder in sorted(f for f in os.listdir('.') if os.path.isdir(f) and f != 'tools'):
    for f in sorted(n for n in os.listdir(folder) if n.endswith('.jsonl')):
        lines = [json.loads(l) for l in open(folder + '/' + f)]; out = []
        for o in lines:
            if o['dir'] != 's2c' or 'event' not in o['msg'] or o['msg']['event'] == 'SHUTDOWN': continue
            n = name(o['msg'])
            if out and out[-1][0] == n: out[-1][1] += 1
            else: out.append([n, 1])
        print(json.dumps({'file': folder + '/' + f, 'notes': lines[0].get('notes', ''), 'events': [n if k == 1 else '%s x%d' % (n, k) for n, k in out]}))
