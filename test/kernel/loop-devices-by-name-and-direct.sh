# loop devices from files: options and errors
cd /tmp; truncate -s 8M img; truncate -s 1000 odd; : > empty
losetup -f; losetup /dev/loop0 img; losetup -a | sed 's/[0-9]*:[0-9]*//'; losetup -l; losetup -j img -O NAME,SIZELIMIT,OFFSET,RO,BACK-FILE
losetup -d /dev/loop0; losetup -d /dev/loop0; echo $?
d=$(losetup --show -f -o 1M --sizelimit 2M img); echo $d; blockdev --getsz $d; cat /sys/block/${d#/dev/}/loop/{offset,sizelimit,backing_file,autoclear,partscan,dio}
losetup -l $d; losetup -c $d; echo $?; losetup -d $d
d=$(losetup -r --show -f img); blockdev --getro $d; echo x | dd of=$d bs=512 count=1 conv=sync status=none; echo $?; losetup -d $d
losetup -f --show odd; blockdev --getsz /dev/loop0; losetup -d /dev/loop0; losetup -f --show empty; echo $?; blockdev --getsz /dev/loop0; losetup -D; losetup -a; losetup -f --show nope; echo $?
losetup -b 4096 --show -f img; blockdev --getss /dev/loop0; truncate -s 16M img; blockdev --getsz /dev/loop0; losetup -c /dev/loop0; blockdev --getsz /dev/loop0; losetup --direct-io=on /dev/loop0; echo $?; cat /sys/block/loop0/loop/dio
dmsetup create l --table "0 100 linear /dev/loop0 0"; losetup -d /dev/loop0; echo $?; losetup -a | wc -l; dmsetup remove l; losetup -a | wc -l; losetup /dev/loop0; echo $?; losetup -P -f --show img; lsblk -o NAME,SIZE,TYPE,RO /dev/loop0; ls -l /dev/loop-control | cut -c1-10; losetup /dev/loop9 img; echo $?; losetup -d /dev/loop9; losetup --list --noheadings -O NAME; losetup --json -l | jq -r '.loopdevices[].name'
losetup -x 2>&1 | head -2; losetup; echo $?
dmesg | grep "loop[0-9]*:" | sed "s/^[^]]*] //"
