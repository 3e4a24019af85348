# Images that one program opens twice.
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
t qemu-img convert -f raw -O raw a.raw a.raw
t qemu-img convert -n -f raw -O raw a.raw a.raw
t qemu-img convert -f qcow2 -O qcow2 a.qcow2 a.qcow2
t qemu-img convert -n -f qcow2 -O qcow2 a.qcow2 a.qcow2
t qemu-img dd -f raw -O raw if=a.raw of=a.raw
t qemu-img dd -f qcow2 -O qcow2 if=a.qcow2 of=a.qcow2
t qemu-img compare a.raw a.raw
t qemu-img compare a.qcow2 a.qcow2
t qemu-img compare top.qcow2 a.qcow2
t qemu-img convert -n -f qcow2 -O qcow2 top.qcow2 a.qcow2
t qemu-img convert -f qcow2 -O qcow2 top.qcow2 a.qcow2
t qemu-img convert -f raw -O raw a.raw a.raw out.raw
t qemu-img rebase -b top.qcow2 -F qcow2 top.qcow2
t qemu-img create -q -f qcow2 -b top.qcow2 -F qcow2 top.qcow2 1M
t qemu-io -c 'read -q 0 512' -c 'open a.qcow2' -c 'close' -c 'open top.qcow2' -c 'open -r a.qcow2' -c 'close' -c 'open -r a.qcow2' a.qcow2
