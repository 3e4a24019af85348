# Regions of dmstats over a map of two targets: made whole, by segments, by areas; columns of the list; counters after known I/O; a region that leaves its group; a map that shrinks.
modprobe brd rd_nr=2 rd_size=4096
printf '0 1024 linear 1:0 0\n1024 1024 linear 1:1 0\n' | dmsetup create m
dmstats create m; dmstats create --segments m; dmstats create --areas 4 m; dmstats create --areasize 128k --start 512 --length 1024 m; dmstats create --programid me --userdata "a b" --start 0 --length 8 m
dmstats list; dmstats list --allprograms m; dmstats list --noheadings --allprograms -o region_id,region_start,region_len,area_len,area_count,program_id m
for i in 0 100 255; do dd if=/dev/zero of=/dev/mapper/m bs=4k seek=$i count=1 oflag=direct status=none; done
dd if=/dev/mapper/m of=/dev/null bs=64k count=16 iflag=direct status=none
for r in 0 1 2; do echo "region $r"; dmstats print --regionid $r m | cut -d' ' -f1-4,6-8; done
dmsetup message m 0 "@stats_print 3 1 2" | cut -d' ' -f1-4,6-8
dmstats clear --regionid 0 m; dmstats print --regionid 0 m | cut -d' ' -f1-4,6-8
dmsetup message m 0 "@stats_set_aux 0 other"; dmsetup message m 0 @stats_list; dmsetup message m 0 "@stats_list me"
dmsetup message m 0 "@stats_create 0+64 8 2 precise_timestamps histogram:1000,2000 me"; dmsetup message m 0 "@stats_create - /3"; dmsetup message m 0 "@stats_create x /3"; dmsetup message m 0 "@stats_print 99"; dmsetup message m 0 "@stats_delete 99"; dmsetup message m 0 "@stats_nosuch"; dmsetup message m 0 "@stats_print_clear 3" | cut -d' ' -f1-4,6-8 | head -2
dmesg | sed 's/^\[[^]]*\] //' | grep -i 'device-mapper: stats'
dmstats delete --regionid 1 m; dmstats delete --regionid 77 m; echo "rc=$?"; dmstats list --noheadings -o region_id m
dmsetup load m --table "0 1024 linear 1:0 0"; dmsetup suspend m; dmsetup resume m; dmsetup message m 0 @stats_list
dd if=/dev/mapper/m of=/dev/null bs=64k iflag=direct status=none; dmsetup message m 0 "@stats_print 0" | cut -d' ' -f1-4; dmsetup message m 0 "@stats_print 2" | cut -d' ' -f1-4
dmstats delete --allregions m; dmstats list m; echo "rc=$?"; dmstats delete --alldevices --allregions; echo "rc=$?"; dmsetup remove m
