# info as a table: columns, headings, separators, sorting.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create a --table "0 8 linear 1:0 0"; dmsetup create b -u U-b --notable; dmsetup create c --table "0 8 linear 254:0 0"
dmsetup info -c
dmsetup info -c a
dmsetup info -c -o name,open,segments,events,uuid
dmsetup info -c --noheadings --separator , -o name,major,minor,attr
dmsetup info -c --noheadings -o name -O -name
dmsetup info -c --noheadings -o name,devnos_used,devno,blkdevname,suspended,readonly,tables_loaded
dmsetup info -c --noheadings -o name,names_using_dev,device_ref_count,device_count
dmsetup info -C --nameprefixes --noheadings -o name,attr a
dmsetup info -c -o nosuch 2>/dev/null | wc -l
dmsetup info -c nope; echo "rc=$?"
