# findmnt -J: one mount, by target, source and type, the columns, mounts within mounts, and what is not mounted.
mkdir -p /mnt/x /mnt/y; mount -t tmpfs -o size=64k none /mnt/x; mkdir /mnt/x/in; mount -t tmpfs -o size=32k two /mnt/x/in; mkdir /mnt/y/z; mount -t tmpfs three /mnt/y
findmnt -J /mnt/x; findmnt -J -o TARGET,FSTYPE /mnt/x/in; findmnt --json -t tmpfs -o target,source; findmnt -J -o SOURCE,TARGET -T /mnt/x/in; findmnt -J /mnt/z; echo "rc=$?"; findmnt -J -n -l -o TARGET /mnt/x
findmnt -J -l -t tmpfs -o target; findmnt -J -S two; findmnt -J -r -o TARGET,OPTIONS /mnt/y; findmnt -J -t nosuch; echo "rc=$?"
umount /mnt/x/in; findmnt -J -t tmpfs -o target; umount /mnt/x /mnt/y
