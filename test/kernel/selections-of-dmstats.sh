# dmstats -S chooses among regions, groups of one region, and what dmstats says of regions that it does not see.
modprobe brd rd_nr=2 rd_size=8192
dmsetup create st --table "0 16384 striped 2 128 /dev/ram0 0 /dev/ram1 0"
dmstats create st
dmstats create --segments st
dmstats create --areas 4 --programid lesson --userdata whole st
dmstats create --areasize 1m --start 2048s --length 4096s --programid lesson st
dmstats create --start 99999999 --length 8 st; echo "rc=$?"
dmstats list --allprograms st
for s in 'area_count>1' 'program_id=lesson' 'region_id>=1 && region_id<3' 'group_id=1' 'obj_type=group' 'program_id=~^d' 'user_data=whole' '!(program_id=dmstats)'; do
  echo "-- $s"; dmstats list --allprograms --noheadings -o name,region_id,obj_type,program_id -S "$s" st; echo "rc=$?"
done
dd if=/dev/zero of=/dev/mapper/st bs=64k count=8 oflag=direct status=none
dmstats report --allprograms --noheadings -o region_id,area_id,write_count -S 'write_count>0' st
dmstats clear --regionid 77 st; echo "rc=$?"
dmstats group --regions 2,3 st; echo "rc=$?"
dmstats group --regions 0,9 st; echo "rc=$?"
dmstats group --allprograms --regions 3 --alias one st; echo "rc=$?"
dmstats list --group --allprograms st
dmstats ungroup --groupid 1 st; echo "rc=$?"
dmsetup message st 0 @stats_list
