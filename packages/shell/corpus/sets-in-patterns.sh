# Sets of characters in a pattern: names of classes, collating symbols, ranges.
t() { case "$1" in $2) echo "yes $1 $2";; *) echo "no $1 $2";; esac; }
t a '[[:al:]]'; t ':' '[[:al:]]'; t 'a]' '[[:al:]]'; t '[' '[[:al:]'; t a '[:al:]'; t a '[[:alpha:]\]'; t ']' '[[:alpha:]\]]'
t a '[[=a=]b]'; t b '[[=a=]b]'; t a '[[.a.]-c]'; t b '[[.a.]-c]'; t x '[[.x.]'; t '-' '[[.-.]]'; t b '[a-[.c.]]'; t 7 '[[:al:][:digit:]]'
t b '[c-a]'; t a '[a-]'; t - '[a-]'; t - '[-a]'; t ']' '[]a]'; t a '[]a]'; t a '[!]a]'; t b '[!]a]'; t '^' '[a^]'; t b '[^a]'; t a '[^a]'
t '\' '[\\]'; t 'a' '[\a]'; t a/b 'a[/]b'; t a/b 'a[!x]b'; t a/b 'a?b'; t 'a[b' 'a[b'; t 'a]' 'a]'; t '[a' '[[]a'; t ab '[[:alpha:][:digit:]]?'
t a '[[:alpha:]'; t '[a' '[[:alpha:]'; t 7 '[[:xdigit:]]'; t _ '[[:word:]]'; t - '[a-z-9]'; t b '[a-c-e]'; t d '[a-c-e]'
s='a:l]b'; echo "${s#*[[:al:]]}" "${s/[[:alpha:]]/x}"; [[ ab == [[:nosuch:]]b ]]; echo $?
