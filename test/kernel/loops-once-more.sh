# A loop device has a cache and no FUA; it may get another file, another part of it, or a file that changes behind it.
cd /tmp; truncate -s 4M f; g=$(losetup -f --show f); st() { awk '{print $1,$3,$5,$7,$16}' /sys/block/loop0/stat; }
log() { dmesg -c | sed 's/^\[ *[0-9.]*\] //' | grep 'loop0'; }; log > /dev/null
cat /sys/block/loop0/queue/{write_cache,fua} | paste -sd' '; dmsetup create lo --table "0 100 linear $g 0"; cat /sys/block/dm-0/queue/{write_cache,fua} | paste -sd' '; dmsetup remove lo
dd if=/dev/zero of=$g bs=4k count=1 oflag=direct status=none; st
dd if=/dev/zero of=$g bs=4k count=1 oflag=direct,dsync status=none; st
dd if=/dev/zero of=$g bs=4k count=1 conv=fsync status=none; st
truncate -s 1M f; dd if=$g of=/dev/null bs=64k skip=15 count=4 iflag=direct status=none; echo "rc $?"; log; st
losetup -d $g; losetup -o 1M --sizelimit 64K $g f; truncate -s 4M f; losetup -c $g; blockdev --getsize64 $g; echo hello | dd of=$g conv=fsync status=none; losetup -d $g
g=$(losetup -f --show f); dd if=$g bs=1M count=2 status=none | tr -d '\0'; losetup -d $g; truncate -s 1M f; truncate -s 4M f; g=$(losetup -f --show f); dd if=$g bs=1M skip=1 count=1 status=none | head -c 5 | od -c | head -1; losetup -d $g
printf xyz | dd of=f conv=notrunc status=none; g=$(losetup -f --show f); head -c 3 $g; echo; losetup -d $g
truncate -s 1050000 f; losetup -o 1M --sizelimit 1000 $g f; blockdev --getsize64 $g; losetup -d $g
losetup -l -O NAME,FOO,BAR; lsblk -o FOO,BAR; lsblk -o NAME,foo,SIZE; blockdev --getsz --getss /dev/loop1 /dev/nosuch; grep -c nullb /proc/devices
truncate -s 2M f2; printf ',512K\n,,S\n' | sfdisk -q f2; sfdisk -d f2 | sed 's/0x.*/ID/'; printf 'label: gpt\nsize=100K\nsize=200K,type=S\n' | sfdisk -q f2; sfdisk -d f2 | sed 's/uuid=[^,]*//;s/label-id.*//'
for s in /sys/block/loop0/diskseq; do cat $s; g=$(losetup -f --show f2); cat $s; losetup -d $g; cat $s; done
