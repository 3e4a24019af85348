# With errtrace, a child that is forked for one command leaves the ERR trap to its parent.
set -E
trap 'echo T' ERR
false & wait $!; echo --
{ false; } & wait $!; echo --
( false ) & wait $!; echo --
true | false; echo --
false | true; echo --
{ false; } | true; echo --
( false ) | cat; echo --
( cat /nosuch 2>&1 ); echo --
( true; cat /nosuch 2>&1 ); echo --
( false ); echo --
( cat /nosuch ) 2>&1 | cat; echo --
x=$(false); echo --
x=$(cat /nosuch 2>&1); echo --
f() { false; true; }; f & wait $!; echo --
f | cat; echo --
! false & wait $!; echo $?
