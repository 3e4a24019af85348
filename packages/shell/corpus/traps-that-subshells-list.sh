trap 'echo H' HUP; trap '' USR2
(trap)
(:; trap)
(trap 'echo x' USR1; trap)
(trap - USR1; trap)
x=$(trap); echo "$x"
trap | cat
(trap -p HUP)
((trap))
( (trap) )
f() { trap; }
(f)
trap 'echo bye' EXIT
(trap; trap 'echo own' EXIT; trap)
