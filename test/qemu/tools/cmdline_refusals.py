#!/usr/bin/env python3
"""What a command line of nodes, drives, devices and objects is refused with.  usage: cmdline_refusals.py OUTFILE (in an empty folder)"""
import subprocess, json, sys
B = ['qemu-system-x86_64', '-machine', 'q35', '-accel', 'tcg', '-nodefaults', '-display', 'none', '-S', '-monitor', 'stdio']
N = ['-blockdev', 'driver=file,filename=x.raw,node-name=n', '-object', 'iothread,id=io0']
open('x.raw', 'wb').truncate(1 << 20)
C = []
for d in ('virtio-blk-pci,drive=none', 'virtio-blk-pci', 'virtio-blk-pci,drive=n,bogus=1', 'virtio-blk-pci,drive=n,iothread=nosuch', 'ide-hd,drive=n,retry_interval=5',
          'virtio-blk-pci,drive=n,werror=bogus', 'virtio-blk-pci,drive=n,num-queues=x', 'virtio-blk-pci,drive=n,share-rw=maybe', 'virtio-blk-pci,drive=n,id=0x', 'scsi-hd,drive=n',
          'bogusdev,drive=n', 'ide-hd,drive=n,iothread=io0', 'virtio-blk-pci,drive=n,retry_interval=5', 'usb-storage,drive=n', 'virtio-blk-pci,drive=n,werror=retry',
          'virtio-blk-pci,drive=n,bootindex=-3', 'virtio-blk-pci,drive=n,serial=abc,addr=0x7', 'ide-hd,drive=n,unit=0', 'scsi-cd,drive=n', 'virtio-blk-pci,drive=n,share-rw=on'):
    C.append(N + ['-device', d])
for a, b in (('virtio-scsi-pci,id=s', 'scsi-hd,drive=n,bus=nosuch.0'), ('virtio-blk-pci,drive=n,id=a', 'virtio-blk-pci,drive=n,id=b'), ('virtio-blk-pci,drive=n,id=a', 'virtio-scsi-pci,id=a'),
             ('virtio-scsi-pci,id=s', 'scsi-hd,drive=n,bus=s.0'), ('virtio-blk-pci,drive=n,id=a,share-rw=on', 'virtio-blk-pci,drive=n,id=b,share-rw=on')):
    C.append(N + ['-device', a, '-device', b])
for o in ('iothread,id=io0', 'throttle-group,id=t,x-iops-total=abc', 'throttle-group,id=t,x-iops-total=-1', 'throttle-group,x-iops-total=1', 'bogus,id=a', 'throttle-group,id=t,limits.iops-total=5',
          'throttle-group,id=t,bogus=5', 'throttle-group,id=t,x-bps-total=1000000', 'id=a'):
    C.append(N + ['-object', o])
for d in ('if=none,id=d,format=raw,file=x.raw,bogus=1', 'if=none,id=d,format=raw,file=x.raw,retry_interval=abc', 'if=none,id=d,format=raw,file=nosuch', 'if=none,id=d,format=bogus,file=x.raw',
          'if=bogus,file=x.raw', 'if=none,id=1d,file=x.raw', 'if=none,id=d,driver=null-co,size=1M,bogus=2', 'if=none,id=d,driver=null-co,size=1M,iohang-timeout=x'):
    C.append(['-drive', d])
C.append(['-drive', 'if=none,id=d,driver=null-co', '-drive', 'if=none,id=d,driver=null-co'])
for b in ('driver=file,node-name=n2', 'driver=bogus,node-name=n2', 'driver=file,filename=x.raw,node-name=n', 'driver=raw,file=nosuch,node-name=m', 'driver=raw,node-name=m',
          'driver=null-co,node-name=m,size=x', 'driver=null-co,node-name=m,read-zeroes=x', 'driver=null-co,node-name=m,bogus=x', 'driver=raw,node-name=m,file.driver=null-co,file.bogus=3',
          'driver=throttle,node-name=m,throttle-group=nosuch,file.driver=null-co', '{bad', 'driver=blkdebug,node-name=m,image.driver=null-co,inject-error.0.event=bogus',
          'driver=blkdebug,node-name=m,image.driver=null-co,inject-error.0.event=none,inject-error.0.errno=abc', 'driver=null-co', 'driver=null-co,node-name=1m', 'driver=null-co,node-name=m,size=1048576',
          '{"driver": "null-co", "node-name": "m", "size": "x"}', '{"driver": "raw", "node-name": "m", "file": {"driver": "file"}}', '{"driver": "null-co", "node-name": "m", "werror": "stop"}'):
    C.append(N + ['-blockdev', b])
C += [['-bogus'], ['-device']]
with open(sys.argv[1], 'w') as f:
    for a in C:
        p = subprocess.run(B + a, input=b'quit\n', stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        err = p.stderr.decode().strip()
        f.write(json.dumps({'case': ' '.join(a), 'args': a, 'accepted': p.returncode == 0, 'stderr': err}) + '\n')
