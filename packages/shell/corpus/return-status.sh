f() { return; }; true; f; echo $?; g() { false; }; g; echo $?; h() { :; }; false; h; echo $?
i() { return abc; }; i; echo $?; j() { return 1 2; echo cont; }; j; echo $?
k() { for x in 1 2; do return 4; done; }; k; echo $?
l() { (return 5); echo "sub $?"; }; l
m() { true | return 6; echo "pipe $?"; }; m
