trap 'echo failed $LINENO' ERR
! false
! { false; }
! (false)
! { false | false; }
! [[ a == b ]]
! ((0))
inner() { false; echo inside; }
! inner
set -E; ! inner; set +E
careful() { set -e; false; echo not here; }
(trap - ERR; ! careful; echo not here either); echo $?
set -e; ! { false; }; ! inner; ! careful; echo end
