# Images that are named by options, and names that are wrong.
exec 2>&1
io() { qemu-io "$@" | grep -v ' ops; '; }
i() { qemu-img info "$@" | grep -v 'disk size'; }
qemu-img create -q -f qcow2 a.qcow2 1M; qemu-img create -q -f raw b.raw 2M; qemu-img create -q -f qcow2 -b a.qcow2 -F qcow2 t.qcow2
i 'json:{"driver":"qcow2","file":{"driver":"file","filename":"a.qcow2"}}'
i 'json:{"driver":"qcow2","file.filename":"a.qcow2"}'
i 'json:{"file":{"driver":"file","filename":"a.qcow2"}}'
i 'json:{"driver":"raw","offset":65536,"file":{"driver":"file","filename":"b.raw"}}'
i 'json:{"driver":"raw","size":1048576,"file":{"driver":"file","filename":"b.raw"}}'
i 'json:{"driver":"bogus","file":{"driver":"file","filename":"b.raw"}}'; i 'json:{"driver":"raw"}'; i 'json:{'; i 'json:[]'; i 'json:{"driver":"raw","file":"nosuch"}'
i 'json:{"driver":"raw","file":{"driver":"file","filename":"nosuch"}}'; i json:
i 'json:{"driver":"qcow2","backing":null,"file":{"driver":"file","filename":"t.qcow2"}}'
i file:a.qcow2; i file:nosuch; i file:; i -f raw file:b.raw; i nosuch:x; i ''
i --image-opts driver=qcow2,file.filename=a.qcow2
i --image-opts a.qcow2; i --image-opts driver=qcow2; i -f qcow2 --image-opts file.filename=a.qcow2
i --backing-chain t.qcow2; i --backing-chain --output=json t.qcow2 | grep -v actual-size
i -U a.qcow2; i --output=bogus a.qcow2; i --output=json b.raw | grep -v actual-size; i a.qcow2 b.raw; i -f bogus a.qcow2; i -t none a.qcow2
qemu-img create -f qcow2 -b 'json:{"driver":"raw","file":{"driver":"file","filename":"b.raw"}}' -F raw j.qcow2; i j.qcow2
qemu-img create -f qcow2 -b file:b.raw -F raw fj.qcow2; i fj.qcow2; i --backing-chain fj.qcow2
io -c 'write -P 5 1M 64k' j.qcow2; io -c 'read -P 5 1M 64k' fj.qcow2; io -r -c 'read -P 0 1M 64k' -c 'write 0 4k' fj.qcow2
io -c 'write -P 7 0 64k' 'json:{"driver":"raw","offset":65536,"file":{"driver":"file","filename":"b.raw"}}'; io -f raw -c 'read -P 7 64k 64k' b.raw
io --image-opts -c 'read -P 7 0 64k' driver=raw,offset=65536,size=65536,file.filename=b.raw; io --image-opts -c length driver=raw,offset=65536,size=65537,file.filename=b.raw; io --image-opts -c length driver=raw,offset=3,size=512,file.filename=b.raw; io --image-opts -c length driver=raw,offset=4M,file.filename=b.raw
qemu-img map --image-opts driver=qcow2,file.filename=j.qcow2; qemu-img map --output=json 'json:{"driver":"qcow2","file":{"driver":"file","filename":"j.qcow2"}}'
qemu-img compare --image-opts driver=raw,file.filename=b.raw driver=qcow2,file.filename=j.qcow2; echo $?
