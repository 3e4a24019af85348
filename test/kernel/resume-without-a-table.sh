# A suspended device without a table cannot be resumed and stays suspended; a running one can.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --notable
dmsetup resume d; echo "rc=$?"
dmsetup suspend d; echo "rc=$?"
dmsetup resume d; echo "rc=$?"
dmsetup info d | grep -E 'State|Tables'
dmsetup load d --table "0 1000 linear 1:0 0"
dmsetup resume d; echo "rc=$?"
dmsetup info d | grep -E 'State|Tables'
