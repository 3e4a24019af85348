# dmsetup create -j: the kernel has one major number for maps, and says so in its own way.
dmsetup create a -j 254 -m 100 --table "0 8 zero"; echo $?
dmsetup create b -j 254 -m 100 --table "0 8 zero"; echo $?
dmsetup create c -j 8 -m 100 --table "0 8 zero"; echo $?
dmsetup create d -j 8 -m 101 --table "0 8 zero"; echo $?
dmsetup create e -m 100 --table "0 8 zero"; echo $?
dmsetup create f -j 8 --table "0 8 zero"; echo $?
dmsetup info -c --noheadings -o name,major,minor --sort name
bash -c 'set -eu; echo $nothing; echo no'; echo "with -e $?"; bash -c 'set -u; echo $nothing; echo no'; echo "without $?"; bash -c 'set -eu; (echo $nothing); echo no'; echo "$?"
