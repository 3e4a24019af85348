# dmsetup ls, info, deps, table and status in the forms that notes show, on a small stack.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0; modprobe brd rd_nr=2 rd_size=4096
dmsetup create base -u "MPATH-x" --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
printf '0 4096 linear /dev/mapper/base 0\n4096 4096 striped 2 16 1:0 0 1:1 0\n8192 8 zero\n' | dmsetup create top
dmsetup create -r ro --uuid LVM-abc --table "0 8 linear /dev/mapper/top 8"
dmsetup create hold --notable
for o in "" "--tree" "--tree -o uuid" "--tree -o blkdevname,notrunc" "--tree -o inverted" "--tree -o compact" "--tree -o ascii,device" "--tree -o open,active,rw" "-o devno" "-o blkdevname" "-o devname" "--target linear" "--target nosuch"; do
  echo "== ls $o"; eval dmsetup ls $o; echo "rc=$?"
done
for o in "" "-o devno" "-o devname" "-o blkdevname" "-o nosuch" "--inactive"; do echo "== deps $o"; dmsetup deps $o; echo "rc=$?"; done
echo "== table"; dmsetup table; dmsetup table --target linear; dmsetup table --concise; dmsetup table --concise top ro; dmsetup table --showkeys base; dmsetup table hold; dmsetup table top base
echo "== status"; dmsetup status; dmsetup status --noflush base; dmsetup status --target striped top; dmsetup status hold ro
echo "== info"; dmsetup info top; dmsetup info -c top; dmsetup info -C -o all ro 2>&1 | wc -l; dmsetup info --columns --noheadings -o uuid; dmsetup info -c -o devs_used,names_using_dev,subsystem,vg_name,lv_name,lv_layer,lvname 2>&1
dmsetup info -c -o name,major,minor,open,segments,events,devnos_used,devnos_using_dev,blkdevs_used,blkdevnames_using_dev 2>&1
dmsetup info --nosuch 2>&1 | head -1; dmsetup info 254:1 2>&1; dmsetup info /dev/dm-1 | head -1; dmsetup info -j 254 -m 1 | head -1; dmsetup info -u LVM-abc | head -1; dmsetup info -u nope; echo "rc=$?"; dmsetup info top ro nosuch | grep -E 'Name|exist'; echo "rc=$?"
dmsetup mknodes; echo $?; dmsetup version | wc -l; dmsetup help 2>&1 | head -3; dmsetup splitname vg-lv-cow; dmsetup remove_all; dmsetup ls
