# A device takes the lowest free minor or the one asked for; any clash is reported as no such device.
c() { dmsetup create "$@"; echo "rc=$?"; }
Z="0 8 zero"
c m0 --table "$Z"; c m1 --table "$Z"
c m5 -j 254 -m 5 --table "$Z"; c n5 -j 254 -m 5 --table "$Z"; c j -j 1 -m 7 --table "$Z"; c big -j 254 -m 1048576 --table "$Z"; c half -m 6 --table "$Z"
dmsetup remove m0; c m2 --table "$Z"; c m3 --table "$Z"
dmsetup ls; dmsetup info -c -o name,major,minor --noheadings -j 254 -m 5
dmsetup info -j 254 -m 9; echo "rc=$?"
dmsetup remove -j 254 -m 5; echo "rc=$?"
awk '/dm-/ { print $2, $3, $4 }' /proc/partitions
ls /dev/mapper
