# A second machine on the images of the first one.
cd "$(mktemp -d)" || exit
vm() { qemu-system-x86_64 -S -daemonize -display none -nodefaults -pidfile pid "$@"; echo "vm rc=$?"; }
down() { kill "$(cat pid)"; sleep 0.5; }
t() { echo "\$ $*"; "$@" 2>&1 | grep -v -E 'bytes, .* ops; |disk size|^read |^wrote '; echo "rc=${PIPESTATUS[0]}"; }
fresh() {
  rm -f ./*.raw ./*.qcow2 ./out* ./o2
  truncate -s 1M a.raw b.raw
  qemu-img create -q -f qcow2 a.qcow2 1M
  qemu-img create -q -f qcow2 -b a.qcow2 -F qcow2 top.qcow2
}
fresh
vm2() { qemu-system-x86_64 -S -daemonize -display none -nodefaults -pidfile pid2 "$@" 2>&1; rc=$?; [ $rc = 0 ] && { kill "$(cat pid2)"; sleep 0.3; }; echo "vm2 rc=$rc"; }
all() {
 vm2 -blockdev driver=file,node-name=f,filename=$2 -blockdev driver=$1,node-name=r,file=f
 vm2 -blockdev driver=file,node-name=f,filename=$2 -blockdev driver=$1,node-name=r,file=f -device virtio-blk-pci,drive=r
 vm2 -blockdev driver=file,node-name=f,filename=$2 -blockdev driver=$1,node-name=r,file=f -device virtio-scsi-pci -device scsi-hd,drive=r,share-rw=on
 vm2 -blockdev driver=file,node-name=f,filename=$2,read-only=on -blockdev driver=$1,node-name=r,file=f,read-only=on
 vm2 -blockdev driver=file,node-name=f,filename=$2,read-only=on -blockdev driver=$1,node-name=r,file=f,read-only=on -device virtio-scsi-pci -device scsi-hd,drive=r
 vm2 -blockdev driver=file,node-name=f,filename=$2,read-only=on,force-share=on -blockdev driver=$1,node-name=r,file=f,read-only=on,force-share=on -device virtio-scsi-pci -device scsi-hd,drive=r
 vm2 -blockdev driver=file,node-name=f,filename=$2,locking=off -blockdev driver=$1,node-name=r,file=f -device virtio-blk-pci,drive=r
 vm2 -drive file=$2,format=$1,if=virtio
 vm2 -drive file=$2,format=$1,if=none,id=d0
 vm2 -drive file=$2,format=$1,if=none,id=d0 -device virtio-blk-pci,drive=d0
 vm2 -drive file=$2,format=$1,if=ide
 vm2 -drive file=$2,format=$1,if=none,id=d0,readonly=on -device virtio-scsi-pci -device scsi-cd,drive=d0
 vm2 -drive file=$2,format=$1,if=none,id=d0,file.locking=off -device virtio-blk-pci,drive=d0
 vm2 -drive file=$2,format=$1,if=none,id=d0,force-share=on,readonly=on
 qemu-storage-daemon --blockdev driver=$1,node-name=r,file.driver=file,file.filename=$2 --daemonize --pidfile pid2; rc=$?; [ $rc = 0 ] && { kill "$(cat pid2)"; sleep 0.3; }; echo "qsd rc=$rc"
}
vm -drive file=a.raw,format=raw,if=virtio
all raw a.raw
down
vm -drive file=a.qcow2,format=qcow2,if=virtio
all qcow2 a.qcow2
vm2 -drive file=top.qcow2,format=qcow2,if=virtio
vm2 -drive file=top.qcow2,format=qcow2,if=virtio,backing.file.locking=off
down
vm -drive file=top.qcow2,format=qcow2,if=virtio
all qcow2 a.qcow2
qemu-img create -q -f qcow2 -b a.qcow2 -F qcow2 top2.qcow2
vm2 -drive file=top2.qcow2,format=qcow2,if=virtio
down
