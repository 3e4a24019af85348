# Directories in memory list what is new first; only sorted listings look the same.
mkdir /tmp/d; cd /tmp/d; touch c a; mkdir b; touch d; find .; ls -U; ls -f; ls; rm a; touch a; find . -type f; mv c e; find .; ln -s a l; ls -U; for x in *; do echo -n "$x "; done; echo
mkdir -p x/y x/z; touch x/y/1 x/y/2 x/0; find x; find x -depth; rm -rv x 2>&1; ls -aU; find /dev -maxdepth 1 -type b; modprobe brd rd_nr=2 rd_size=64; find /dev -maxdepth 1 -name 'ram*'; ls -U /dev | head -n 3
dmsetup create m1 --table '0 8 zero'; dmsetup create m2 --table '0 8 zero'; find /dev/mapper; ls -U /dev/mapper
mkdir /tmp/g; touch /tmp/g/c /tmp/g/a; mkdir /tmp/g/b; cp -r /tmp/g /tmp/e; find /tmp/e; grep -rc . /tmp/g
