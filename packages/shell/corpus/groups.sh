{ echo a; echo b; } | cat
{ x=5; }; echo $x
{ echo in; false; }; echo $?
{ { echo nested; }; }
{ echo a; } && { echo b; }
echo } {
{ echo r > f; cat f; }
