# The messages of dm-stats: regions, areas, features, aux data, counts of reads and writes, and what is refused.
modprobe brd rd_nr=1 rd_size=4096; dmsetup create a --table "0 8192 linear 1:0 0"; dmsetup create z --table "0 8 zero"
m() { dmsetup message a 0 "$@"; echo "rc=$?"; }; lg() { dmesg | tail -$1 | sed 's/^[^]]*\] //'; }
echo "-- 1"; m @stats_create - /2; m @stats_list; m @stats_delete 0; m @stats_list
echo "-- 2"; m @stats_create; lg 1
echo "-- 3"; m @stats_create -; lg 1
echo "-- 4"; m @stats_create - /0; lg 1
echo "-- 5"; m @stats_create - 0; lg 1
echo "-- 6"; m @stats_create - 1; m @stats_list; m @stats_delete 0
echo "-- 7"; m @stats_create - 8192; m @stats_list; m @stats_delete 0
echo "-- 8"; m @stats_create - 10000; m @stats_list; m @stats_delete 0
echo "-- 9"; m @stats_create - /8192; m @stats_list; m @stats_delete 0
echo "-- 10"; m @stats_create - /10000; m @stats_list; m @stats_delete 0
echo "-- 11"; m @stats_create 0+16 8; m @stats_list; m @stats_delete 0
echo "-- 12"; m @stats_create 0+16 /3; m @stats_list; m @stats_print 0; m @stats_delete 0
echo "-- 13"; m @stats_create 100+10000 /3; m @stats_list; m @stats_print 0; m @stats_delete 0
echo "-- 14"; m @stats_create 9000+10 /3; m @stats_list; m @stats_print 0; m @stats_delete 0
echo "-- 15"; m @stats_create 10 /3
echo "-- 16"; m @stats_create 10+ /3
echo "-- 17"; m @stats_create +10 /3
echo "-- 18"; m @stats_create 10+0 /3; m @stats_list; m @stats_delete 0
echo "-- 19"; m @stats_create 0+18446744073709551615 /3; m @stats_list; m @stats_delete 0
echo "-- 20"; m @stats_create 1+18446744073709551615 /3; m @stats_list; m @stats_delete 0
echo "-- 21"; m @stats_create - x; m @stats_create - /x; m @stats_create - -1
echo "-- 22"; m @stats_create x /1
echo "-- 23"; m @stats_create - /1 prog; m @stats_list; m @stats_list prog; m @stats_list other; m @stats_list -; m @stats_delete 0
echo "-- 24"; m @stats_create - /1 prog aux; m @stats_list; m @stats_delete 0
echo "-- 25"; m @stats_create - /1 prog aux more; m @stats_list; m @stats_delete 0
echo "-- 26"; m @stats_create - /1 - -; m @stats_list; m @stats_delete 0
echo "-- 27"; m @stats_create - /1 ' '; m @stats_list; m @stats_delete 0
echo "-- 28"; m @stats_create - /1 0 prog; m @stats_list; m @stats_delete 0
echo "-- 29"; m @stats_create - /1 1 precise_timestamps; m @stats_list; m @stats_delete 0
echo "-- 30"; m @stats_create - /1 1 precise_timestamps prog aux; m @stats_list; m @stats_delete 0
echo "-- 31"; m @stats_create - /1 2 precise_timestamps histogram:10,20 prog aux; m @stats_list; m @stats_print 0; m @stats_delete 0
echo "-- 32"; m @stats_create - /1 1 histogram:10 prog aux; m @stats_list; m @stats_print 0; m @stats_delete 0
echo "-- 33"; m @stats_create - /1 1 histogram:; m @stats_create - /1 1 histogram:x;  m @stats_create - /1 1 histogram:20,10;  m @stats_create - /1 1 histogram:10,10; m @stats_create - /1 1 histogram:0
echo "-- 34"; m @stats_create - /1 1 foo
echo "-- 35"; m @stats_create - /1 2 precise_timestamps
echo "-- 36"; m @stats_create - /1 99999 x
echo "-- 37"; m @stats_list a b; lg 1
echo "-- 38"; m @stats_list; m @stats_print; lg 1; m @stats_print 0; lg 1; m @stats_print x; m @stats_delete; lg 1; m @stats_delete 7; m @stats_delete x; m @stats_clear; m @stats_clear 3; m @stats_clear x
echo "-- 39"; m @stats_create - /1; m @stats_create - /1; m @stats_create - /1; m @stats_delete 1; m @stats_list; m @stats_create - /2; m @stats_list; for i in 0 1 2; do m @stats_delete $i; done
echo "-- 40"; m @stats_create - /4; m @stats_print 0 1 2; m @stats_print 0 0 1; m @stats_print 0 3 5; m @stats_print 0 9 1; m @stats_print 0 1 0; m @stats_print 0 1; m @stats_print 0 x 1; m @stats_print 0 -1 1; m @stats_delete 0
echo "-- 41"; m @stats_create - /1 p u; m @stats_set_aux 0 new; m @stats_list; m @stats_set_aux 0; lg 1; m @stats_set_aux 3 x; m @stats_set_aux 0 -; m @stats_list; m @stats_set_aux 0 'a b'; m @stats_delete 0
echo "-- 42"; m @stats_foo; lg 1; m @stats_; lg 1
echo "-- 43"; m @stats_create - /2; dd if=/dev/zero of=/dev/mapper/a bs=4096 count=3 oflag=direct status=none; m @stats_print 0 | cut -d' ' -f1-4,6-8; m @stats_clear 0; m @stats_print 0; m @stats_delete 0
echo "-- 44"; m @stats_create - /2; dd if=/dev/mapper/a of=/dev/null bs=4096 count=3 iflag=direct status=none; m @stats_print_clear 0 | cut -d' ' -f1-4,6-8; m @stats_print 0; m @stats_delete 0
echo "-- 45"; m @stats_create - 4096; dd if=/dev/mapper/a of=/dev/null bs=8192 count=1 skip=255 iflag=direct status=none; dd if=/dev/mapper/a of=/dev/null bs=512 count=16 skip=4088 iflag=direct status=none;  dd if=/dev/mapper/a of=/dev/null bs=8192 iflag=direct,skip_bytes skip=2093056 count=1 status=none; m @stats_print 0 | cut -d' ' -f1-4,6-8; m @stats_delete 0
echo "-- 46"; m @stats_create 4+12 4; dd if=/dev/zero of=/dev/mapper/a bs=8192 count=1 oflag=direct status=none; m @stats_print 0 | cut -d' ' -f1-4,6-8; m @stats_delete 0
echo "-- 47"; m @stats_create - /2; dd if=/dev/zero of=/dev/mapper/a bs=64k count=64 status=none; sync /dev/mapper/a; m @stats_print 0 | cut -d' ' -f1,3-4,7-8; m @stats_delete 0
echo "-- 48"; m @stats_create - /2; dd if=/dev/zero of=/dev/mapper/a bs=4k count=1 oflag=direct conv=fsync status=none; m @stats_print 0 | cut -d' ' -f1-4,6-8; m @stats_delete 0
echo "-- 49"; m @stats_create - /2; dmsetup load a --table '0 8192 error'; dmsetup resume a; dd if=/dev/mapper/a of=/dev/null bs=4k count=1 iflag=direct status=none; m @stats_print 0 | cut -d' ' -f1-4,6-8; dmsetup load a --table "0 8192 linear 1:0 0"; dmsetup resume a; m @stats_list; m @stats_delete 0
echo "-- 50"; m @stats_create - /2; dmsetup load a --table '0 4096 linear 1:0 0'; dmsetup resume a; m @stats_list;  dmsetup load a --table "0 8192 linear 1:0 0"; dmsetup resume a;  m @stats_delete 0
echo "-- 51"; dmsetup message z 0 @stats_create - /1; dmsetup message z 0 @stats_list; dd if=/dev/mapper/z of=/dev/null bs=512 count=2 iflag=direct status=none; dmsetup message z 0 @stats_print 0 | cut -d' ' -f1-4,6-8; dmsetup message z 0 @stats_delete 0
echo "-- 52"; dmsetup create e -n; dmsetup message e 0 @stats_create - /1; dmsetup message e 0 @stats_list; dmsetup remove e
echo "-- 53"; dmsetup suspend a; m @stats_create - /2; m @stats_list; m @stats_delete 0; dmsetup resume a
echo "-- 54"; dmsetup message a 99999 @stats_create - /2;  m @stats_list; m @stats_delete 0
echo "-- 55"; m @stats_create 0+8 /1 'x:y'; m @stats_list; m @stats_delete 0
echo "-- 56"; m @stats_create - /1 'p q'; m @stats_list; m @stats_delete 0
