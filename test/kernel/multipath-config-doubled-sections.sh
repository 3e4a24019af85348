#udev
# A file whose sections stand twice, whose entries are doubled or empty, and whose lines begin with quotation marks; owners and modes as sscanf reads them.
mkdir -p /etc/multipath/conf.d
show() { sed -n '/^\t[ug]id /p;/^\tmode /p;/^blacklist {/,/SGI/p;/^blacklist_ex/,/^}/p;/MacroSAN/,$p' | grep -v SGI; }
t() {
  printf "$1" > /etc/multipath.conf; multipath -t > /tmp/o 2>&1; local r=$?
  echo "== $1"; sed 's/^[0-9.]* | //;/^defaults/,$d' /tmp/o; show < /tmp/o; echo "rc=$r"
}
for l in '"' '""' '"a"' '"a" b' '"" b' '"a' '"a"b"c"' 'x"a"'; do t "$l\n"; done
t 'defaults {\n "verbosity" 3\n "verbosity"\n""verbosity 3\n verbosity""3\n verbosity "3" 4 5\n verbosity 3"4"\n}\nblacklist {\n wwid"a"\n "wwid" "b"\n wwid "c""d"\n}\n'
t 'blacklist {\n devnode "^x"\n devnode "^y"\n devnode "^x"\n wwid a\n wwid a\n device {\n vendor V\n product "P""Q"\n }\n device {\n vendor V\n }\n device {\n vendor V\n product "P""Q"\n }\n device {\n vendor V\n }\n device {\n }\n protocol scsi:x\n protocol scsi:x\n property A\n property A\n device {\n product P\n }\n device {\n product P\n }\n}\nblacklist_exceptions {\n property "(SCSI_IDENT_|ID_WWN)"\n devnode a\n devnode a\n device {\n }\n}\nblacklist {\n devnode "!^(sd[a-z]|dasd[a-z]|nvme[0-9])"\n}\n'
t 'devices {\n device {\n vendor V\n product P\n no_path_retry 1\n failback 1\n prio_args ""\n alias_prefix a\n }\n device {\n vendor V\n product P\n no_path_retry 2\n prio_args x\n }\n device {\n product R\n }\n device {\n vendor V\n product P\n }\n}\nmultipaths {\n multipath {\n wwid b\n alias x\n prio_args ""\n }\n multipath {\n wwid b\n no_path_retry 3\n }\n multipath {\n alias y\n }\n multipath {\n wwid a\n alias ""\n }\n multipath {\n wwid b\n alias ""\n }\n multipath {\n wwid a\n }\n}\n'
t 'devices {\n device {\n vendor V\n product P\n product_blacklist "["\n }\n}\n'
t 'devices {\n device {\n vendor "["\n product P\n no_path_retry 3\n }\n}\n'
for m in -1 +644 0777 1000 0x1ff 6x 40000000644 ' 644' 9; do t "defaults {\n mode \"$m\"\n}\n"; done
for u in -1 +3 99999999999 99999999999999999999999 0x5 5x 'root x' root ' 5' -; do t "defaults {\n uid \"$u\"\n gid \"$u\"\n}\n"; done
printf 'devices {\n device {\n vendor V\n product P\n failback 7\n }\n}\n' > /etc/multipath.conf
printf 'devices {\n device {\n vendor V\n product P\n no_path_retry 4\n product_blacklist LUNZ\n }\n device {\n vendor V\n product P\n no_path_retry 5\n }\n}\nblacklist {\n device {\n vendor V\n product LUNZ\n }\n}\n' > /etc/multipath/conf.d/b.conf
multipath -t 2>&1 | show
