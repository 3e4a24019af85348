# What -o help lists: with and without a file, beside other options, of what can be changed later, and where it is refused.
exec 2>&1; set -f
qemu-img create -q -f raw r 1M; qemu-img create -q -f qcow2 q 1M
for words in 'create -f qcow2 -o help' 'create -f raw -o help' 'create -o help x 1M' 'create -f qcow2 -o ? x 1M' 'create -f qcow2 -o size=x,help' \
  'create -f bogus -o help' 'create -f qcow2 -o helper x 1M' 'convert -O qcow2 -o help' 'convert -O raw -o help r x' 'convert -o help r' \
  'convert -n -o help r x' 'convert -O bogus -o help r x' 'convert -O qcow2 -c -o help' 'convert -B x -O qcow2 -o help' 'amend -f qcow2 -o help' \
  'amend -f raw -o help' 'amend -f qcow2 -o help nosuch' 'amend -f bogus -o help' 'amend -o help' 'amend -o help q' 'amend -o help r' \
  'amend -o help nosuch' 'create -f qcow2 q r 1M' 'create -f qcow2 q 1M 2M' 'measure -O qcow2 -o help'; do
  echo "\$ qemu-img $words"; qemu-img $words; echo "rc=$?"
done
ls x || true
