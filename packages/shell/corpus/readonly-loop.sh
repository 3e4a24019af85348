f() { readonly l=1; local l; echo $?; }; f; echo "for"; readonly q=1; for q in a; do :; done; echo "for $?"
(for q in a; do echo no; done; echo s $?)
RANDOM=-5; echo $RANDOM $RANDOM; RANDOM=-1; echo $RANDOM
