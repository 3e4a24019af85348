# $SHLVL counts one less where a program replaces a shell that bash had meant to go on.
export SHLVL=4
echo 'echo $SHLVL' > level
e="bash level"
$e; true && $e; ! $e; { $e; }; if true; then $e; fi
echo "-- in parentheses"
( $e )
( $e; true )
( true; $e )
( true && $e )
( true; true && $e )
( ! $e )
( ( $e ) )
( { $e; } )
( if true; then $e; fi )
( $e >&2 )
( true; $e >&2 )
( true & $e )
( X=1 $e )
( command $e )
( eval "$e" )
( trap 'echo T' EXIT; $e )
( trap 'echo T' USR1; $e )
( trap '' HUP; $e )
( set -e; false || $e )
( unset SHLVL; $e )
( SHLVL=x; $e )
echo "-- in a pipeline"
$e | cat; true | $e; { true; $e; } | cat; ( true; $e ) | cat; ( $e ) 2>&1 | cat
echo "-- in the background"
$e & wait
$e >&2 & wait
! $e & wait
true && $e & wait
{ $e; } & wait
( true; $e ) & wait
( ( $e ) > out ) & wait; cat out
echo "-- in a substitution"
f() { $e; }
g() { true; f; }
h() { if true; then $e; fi; }
echo $($e) $(true; $e) $(true && $e) $(X=1 $e) $($e </dev/null) $( ( $e ) ) $( { $e; } ) $($e | cat) $(! $e)
echo $(f) $(g) $(h) $(f; true) $( ( f ) ) $(f & wait) `$e`
( f )
echo "-- of -c"
bash -c "$e"; bash -c "$e; true"; bash -c "true; $e"; bash -c "true && $e"; bash -c "{ $e; }"; bash -c "$e >&2"
bash -c "true
$e"
bash -c "trap 'echo T' EXIT; $e"; bash -c "f() { $e; }; f"; bash -c "true & $e"; bash -c "x=1 $e"; bash -c "command $e"
echo "-- of exec"
( exec $e ); ( { exec $e; } & wait ); echo $(exec $e); exec $e | cat; bash -c "exec $e"; bash -c "(exec $e)"
echo "-- taken over from outside"
for n in 998 999 1000 -3 abc '' ' 7' 0x7; do SHLVL=$n bash level; done
exec $e
