# Wrong commands, options and argument counts: the exit code and the first line of what dmsetup says.
u() { dmsetup "$@" > /tmp/o 2>&1; echo "$* rc=$? $(head -1 /tmp/o)"; }
u nosuch; u; u create; u create a b c
u suspend; u resume; u remove; u clear; u wipe_table; u rename a; u rename a b c; u message a; u message; u wait
u load a b c; u load; u info --nosuch; u suspend nope --flush
u wait z x; u create x --table "0 8 zero" --minor x; u create x --table "0 8 zero" --minor 3
u table nope; u status nope; u deps nope; u info nope; u mknodes nope; u ls --target
dmsetup version | sed 's/ *(.*//'; dmsetup ls
