# dmsetup -S: fields, operators, groups, quotes, what is wrong with a selection, and commands that go by one.
for n in a b c; do dmsetup create T-$n -u TEST-$n --table "0 8 zero"; done; dmsetup create other --table "0 8 error"; dmsetup create empty -n; dmsetup create big --table "0 8 zero"
dmsetup create top --table "0 8 linear /dev/mapper/big 0"; dmsetup suspend other; dmsetup load T-b --table "0 8 error"; dmsetup create ro -r --table "0 8 zero"; dmsetup create 'o d' --table "0 8 zero"
modprobe brd rd_nr=1 rd_size=4096; dmsetup create ra --table "0 8 linear 1:0 0"
echo "-- 1"; dmsetup info -c --noheadings -o name -S "uuid=~TEST-" --sort name; echo $?
echo "-- 2"; dmsetup info -c -o name,uuid -S "name=T-a"; echo $?
echo "-- 3"; dmsetup info -c -o name -S "name!=T-a"; echo $?
echo "-- 4"; dmsetup info -c -o name -S 'name=~^T-[ab]$'; echo $?
echo "-- 5"; dmsetup info -c -o name -S 'name!~T'; echo $?
echo "-- 6"; dmsetup info -c -o name,minor -S 'minor>2'; echo $?
echo "-- 7"; dmsetup info -c -o name,minor -S 'minor=0 || minor=1'; echo $?
echo "-- 8"; dmsetup info -c -o name,minor -S 'minor=0#minor=1,name=T-a'; echo $?
echo "-- 9"; dmsetup info -c -o name,minor -S '(minor=0#minor=1),name=T-a'; echo $?
echo "-- 10"; dmsetup info -c -o name -S '!(name=T-a)'; echo $?
echo "-- 11"; dmsetup info -c -o name -S '!name=T-a'; echo $?
echo "-- 12"; dmsetup info -c -o name -S 'open=1'; echo $?
echo "-- 13"; dmsetup info -c -o name,selected -S 'open=1'; echo $?
echo "-- 14"; dmsetup info -c -o name,selected; echo $?
echo "-- 15"; dmsetup info -c -o name -S 'selected=1'; echo $?
echo "-- 16"; dmsetup info -c -o name -S 'selected=0'; echo $?
echo "-- 17"; dmsetup info -c -o name -S 'uuid=""'; echo $?
echo "-- 18"; dmsetup info -c -o name -S "uuid=''"; echo $?
echo "-- 19"; dmsetup info -c -o name -S 'uuid='; echo $?
echo "-- 20"; dmsetup info -c -o name -S ''; echo $?
echo "-- 21"; dmsetup info -c -o name -S 'name='; echo $?
echo "-- 22"; dmsetup info -c -o name -S 'name=T-a &&'; echo $?
echo "-- 23"; dmsetup info -c -o name -S 'name=T-a name=T-b'; echo $?
echo "-- 24"; dmsetup info -c -o name -S '(name=T-a'; echo $?
echo "-- 25"; dmsetup info -c -o name -S 'name=T-a)'; echo $?
echo "-- 26"; dmsetup info -c -o name -S 'minor=abc'; echo $?
echo "-- 27"; dmsetup info -c -o name -S 'minor=1x'; echo $?
echo "-- 28"; dmsetup info -c -o name -S 'minor=-1'; echo $?
echo "-- 29"; dmsetup info -c -o name -S 'minor=~1'; echo $?
echo "-- 30"; dmsetup info -c -o name -S 'minor=1.5'; echo $?
echo "-- 31"; dmsetup info -c -o name -S 'minor="1"'; echo $?
echo "-- 32"; dmsetup info -c -o name -S 'name="o d"'; echo $?
echo "-- 33"; dmsetup info -c -o name -S 'name=o d'; echo $?
echo "-- 34"; dmsetup info -c -o name -S 'name="T-a'; echo $?
echo "-- 35"; dmsetup info -c -o name -S 'name = T-a'; echo $?
echo "-- 36"; dmsetup info -c -o name -S ' name=T-a '; echo $?
echo "-- 37"; dmsetup info -c -o name -S 'minor = 1 && name = T-b'; echo $?
echo "-- 38"; dmsetup info -c -o name -S 'suspended=Suspended'; echo $?
echo "-- 39"; dmsetup info -c -o name -S 'suspended=1'; echo $?
echo "-- 40"; dmsetup info -c -o name -S 'readonly=Read-only'; echo $?
echo "-- 41"; dmsetup info -c -o name -S 'tables_loaded=Both'; echo $?
echo "-- 42"; dmsetup info -c -o name -S 'attr=L--w'; echo $?
echo "-- 43"; dmsetup info -c -o name -S 'segments=0'; echo $?
echo "-- 44"; dmsetup info -c -o name -S 'names_using_dev=top'; echo $?
echo "-- 45"; dmsetup info -c -o name -S 'devs_used=big'; echo $?
echo "-- 46"; dmsetup info -c -o name -S 'devnos_used=1:0'; echo $?
echo "-- 47"; dmsetup info -c -o name -S 'device_count>0'; echo $?
echo "-- 48"; dmsetup info -c -o name -S 'blkdevname=dm-1'; echo $?
echo "-- 49"; dmsetup info -c -o name -S 'NAME=T-a'; echo $?
echo "-- 50"; dmsetup info -c -o name -S 'readahead=256'; echo $?
echo "-- 51"; dmsetup info -c -o name -S 'read_ahead=256'; echo $?
echo "-- 52"; dmsetup info -c -o name -S 'major=254' | wc -l
echo "-- 53"; dmsetup info -c -o name -S 'name==T-a'; echo $?
echo "-- 54"; dmsetup info -c -o name -S 'name=T-a & name=T-b'; echo $?
echo "-- 55"; dmsetup info -c -o name -S 'name=~('; echo $?
echo "-- 56"; dmsetup info -c -o name -S 'name=~T-a|T-b'; echo $?
echo "-- 57"; dmsetup info -c -o name -S 'name=~"T-a|T-b"'; echo $?
echo "-- 58"; dmsetup info -c -o name -S 'name=~T.a'; echo $?
echo "-- 59"; dmsetup info -c -o name -S 'name=~^t'; echo $?
echo "-- 60"; dmsetup info -c -o name -S 'name={T-a}'; echo $?
echo "-- 61"; dmsetup info -c -o name -S 'name=[T-a]'; echo $?
echo "-- 62"; dmsetup ls -S 'name=T-a'; echo $?
echo "-- 63"; dmsetup status -S 'name=T-a'; echo $?
echo "-- 64"; dmsetup table -S 'name=~T-'; echo $?
echo "-- 65"; dmsetup deps -S 'name=~T-'; echo $?
echo "-- 66"; dmsetup table -S 'name=none'; echo $?
echo "-- 67"; dmsetup info -c -o name -S 'name=none'; echo $?
echo "-- 68"; dmsetup info -c -o name T-a -S 'name=T-b'; echo $?
echo "-- 69"; dmsetup info -c T-a T-b -o name -S 'name=T-b'; echo $?
echo "-- 70"; dmsetup splitname vg-lv -S 'vg_name=vg'; echo $?
echo "-- 71"; dmsetup splitname vg-lv -S 'vg_name=x'; echo $?
echo "-- 72"; dmsetup info -c -o name --rows -S 'name=~T-'; echo $?
echo "-- 73"; dmsetup info -c -o selected,name -S 'name=~T-' --sort selected; echo $?
echo "-- 74"; dmsetup info -c -o name -S 'name=~T-' -O-name; echo $?
echo "-- 75"; dmsetup targets -S 'name=x'; echo $?
echo "-- 76"; dmsetup version -S 'name=x'; echo $?
echo "-- 77"; dmsetup ls --tree -S 'name=T-a'; echo $?
echo "-- 78"; dmsetup info -c -o name -S 'minor<>1'; echo $?
echo "-- 79"; dmsetup info -c -o name -S 'events>=0' | head -1; echo $?
echo "-- 80"; dmsetup info -c -o name -S 'minor=99999999999999999999'; echo $?
echo "-- 81"; dmsetup info -c -o name -S 'minor=1k'; echo $?
echo "-- 82"; dmsetup info -c -o name -S 'minor=[1,2]'; echo $?
