# A deferred removal is carried out when the table above that held the device goes.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create a --table "0 1024 linear 1:0 0"
dmsetup create b --table "0 1024 linear /dev/mapper/a 0"
dmsetup remove --deferred a; dmsetup remove b; sleep 0.2; dmsetup ls
