# Features in any order, case and repetition, and how the table line shows them.
modprobe scsi_debug add_host=1 dev_size_mb=8 delay=0
t() { dmsetup create m --table "0 8192 multipath $1 0 1 1 round-robin 0 1 1 8:0 1"; echo "rc=$?"; dmsetup table m 2>/dev/null; dmsetup remove m 2>/dev/null; }
t "3 pg_init_delay_msecs 0 queue_if_no_path"
t "5 pg_init_retries 50 queue_if_no_path pg_init_delay_msecs 60000"
t "2 QUEUE_IF_NO_PATH Queue_If_No_Path"
t "2 queue_mode rq"
t "2 queue_mode MQ"
t "4 queue_mode rq queue_mode bio"
t "8 pg_init_retries 1 pg_init_retries 2 pg_init_delay_msecs 3 queue_mode mq"
t "1 retain_attached_hw_handler"
t "00"
t "2 pg_init_retries 051"
