# A load that fails leaves an earlier inactive table in its slot, and failing to create removes the device.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 8 zero"
dmsetup load d --table "0 16 error"
dmsetup load d --table "0 16 linear 9:9 0"; echo "rc=$?"
dmsetup table --inactive d
dmsetup resume d; dmsetup table d
dmsetup create e --table "0 16 linear 9:9 0"; echo "rc=$?"; dmsetup ls; ls /sys/block | grep -c dm-
dmsetup create d --table "0 16 zero"; echo "rc=$?"; dmsetup table d
